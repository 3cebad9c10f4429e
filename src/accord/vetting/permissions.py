from django.db import models
from django.utils.translation import gettext_lazy as _


class Permission(models.TextChoices):
    """Each with what it lets its holder do, in plain words."""

    REQUEST_VETTING = "vetting.request", _("Ask for the vetting of a person or unit and see yes or not yet")
    READ_CASES = "vetting.read", _("Read vetting cases, when let into their compartment")
    DECIDE_VETTING = "vetting.decide", _("Check and decide vetting requests, when let into their compartment")
