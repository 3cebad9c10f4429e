from django.db import models
from django.utils.translation import gettext_lazy as _


class Side(models.TextChoices):
    MISSION = "mission", _("Mission")
    HOST = "host", _("Host nation")
    PARTNER = "partner", _("Partner organisation")


class OrganisationKind(models.TextChoices):
    GOVERNMENT = "government", _("Government")
    MINISTRY = "ministry", _("Ministry")
    OFFICE = "office", _("Office")
    COMMAND = "command", _("Command")
    SCHOOL = "school", _("School")
    UNIT = "unit", _("Unit")
    MISSION = "mission", _("Mission")
    ALLIANCE = "alliance", _("International organisation")
    COALITION = "coalition", _("Coalition")
    OTHER = "other", _("Other")


class NationStatusKind(models.TextChoices):
    ALLY = "ally", _("Ally")
    PARTNER = "partner", _("Partner nation")
    HOST = "host", _("Host nation")


class RelationKind(models.TextChoices):
    MEMBER = "member", _("is a member of")
    COORDINATES = "coordinates", _("coordinates with")
    SUPPORTS = "supports", _("supports")
    ASSISTS = "assists", _("assists")


class Standing(models.TextChoices):
    """How an account stands on a day: whether its holder enters, and if not, why."""

    OPEN = "open", _("Open")
    INVITED = "invited", _("Invited")
    WAITING = "waiting", _("Waits for verification")
    ENDS_SOON = "ends_soon", _("Tour ends within 30 days")
    TOUR_AHEAD = "tour_ahead", _("Tour has not begun")
    TOUR_OVER = "tour_over", _("Closed by the end of the tour")
    NO_TOUR = "no_tour", _("No tour on record")
    CLOSED = "closed", _("Closed")
