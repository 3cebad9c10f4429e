from django.db import models
from django.utils.translation import gettext_lazy as _


class Permission(models.TextChoices):
    """Each with what it lets its holder do, in plain words."""

    READ_CALENDAR = "coordination.read_calendar", _("Read the common calendar")
    RECORD_PARTNER_PLAN = (
        "coordination.record_partner_plan",
        _("Enter what partner organisations plan with the same counterparts"),
    )
