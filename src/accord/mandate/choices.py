from django.db import models
from django.utils.translation import gettext_lazy as _


class ActivityType(models.TextChoices):
    """The closed list of non-combat activities (S4). It has no room for anything else, in any channel."""

    ADVISE = "advise", _("Advising")
    TRAIN = "train", _("Training")
    CAPACITY_BUILD = "capacity_build", _("Capacity building")
    COORDINATE = "coordinate", _("Coordination")
    SUPPORT = "support", _("Support to institutions")
    ASSISTANCE = "assistance", _("Disaster assistance")


class Mode(models.TextChoices):
    IN_PERSON = "in_person", _("In person")
    REMOTE = "remote", _("Remote")


class PostureKind(models.TextChoices):
    IN_COUNTRY = "in_country", _("In country")
    PARTIAL = "partial", _("Partly relocated")
    SUSPENDED = "suspended", _("Activities suspended")
    REMOTE = "remote", _("Working from outside the country")


class InstrumentKind(models.TextChoices):
    INVITATION = "invitation", _("Invitation")
    DECISION = "decision", _("Decision")
    AREA_ORDER = "area_order", _("Area instrument")
    OTHER = "other", _("Other instrument")


class RequestPurpose(models.TextChoices):
    MANDATE = "mandate", _("A mandate for the mission")
    EXPANSION = "expansion", _("An expansion step")
    ACTIVITY = "activity", _("Advice, training or capacity building")


class RequestState(models.TextChoices):
    DRAFTED = "drafted", _("Drafted")
    SUBMITTED = "submitted", _("Submitted")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    RETURNED = "returned", _("Returned for completion")


class VersionState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    IN_FORCE = "in_force", _("In force")


class AccordState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    AGREED = "agreed", _("Agreed by both sides")
    IN_FORCE = "in_force", _("In force")
    SUSPENDED = "suspended", _("Suspended")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    AMENDED = "amended", _("Replaced by an amendment")
    EXPIRED = "expired", _("Expired")


class ExpansionState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    IN_FORCE = "in_force", _("In force")
    REVIEWED = "reviewed", _("Reviewed")


class ControlStatusKind(models.TextChoices):
    UNDER_CONTROL = "under_control", _("Under direct control of the government")
    NOT_UNDER_CONTROL = "not_under_control", _("Not under direct control of the government")


class Rating(models.TextChoices):
    """Conditions on the ground, best first."""

    GREEN = "green", _("Favourable")
    AMBER = "amber", _("Workable with precautions")
    RED = "red", _("Not workable")


class Matter(models.TextChoices):
    """What a position has authority to sign."""

    REQUEST = "request", _("Requests of the host government")
    ACCORD = "accord", _("Accords")
    CONTROL_STATUS = "control_status", _("Control status")
    CONDITIONS = "conditions", _("Conditions on the ground")
    MANDATE = "mandate", _("Mandate and expansion")
