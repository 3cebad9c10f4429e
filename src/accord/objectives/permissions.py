from django.db import models
from django.utils.translation import gettext_lazy as _


class Permission(models.TextChoices):
    """Each with what it lets its holder do, in plain words."""

    READ_OBJECTIVES = "objectives.read", _("Read the objectives and their indicators")
    PROPOSE_OBJECTIVE = "objectives.propose", _("Propose objectives and complete them with indicators and baselines")
    OPEN_OBJECTIVE = "objectives.open", _("Open and close objectives")
