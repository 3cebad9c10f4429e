from django.db import models
from django.utils.translation import gettext_lazy as _


class Permission(models.TextChoices):
    """Each with what it lets its holder do, in plain words."""

    READ_DESK = "publishing.read_desk", _("Read the fact sheet desk")
    PREPARE_EDITION = "publishing.prepare_edition", _("Prepare and clear editions of the fact sheet")
    PUBLISH_EDITION = "publishing.publish_edition", _("Publish and correct editions of the fact sheet")
