from django.db import models
from django.utils.translation import gettext_lazy as _


class ResourceKind(models.TextChoices):
    POSITION = "position", _("Position")
    ORGANISATION = "organisation", _("Organisation")
    INTERPRETER = "interpreter", _("Interpreter")
