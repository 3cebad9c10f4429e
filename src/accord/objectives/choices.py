from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    END = "end", _("End")
    WAY = "way", _("Way")
    MEANS = "means", _("Means")


class ObjectiveState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class SelfReliance(models.TextChoices):
    """Who does the work (S5a)."""

    MISSION_LED = "mission_led", _("Led by the mission")
    SHARED = "shared", _("Shared")
    HOST_LED = "host_led", _("Led by the host nation")
    HOST_ONLY = "host_only", _("Host nation alone")
