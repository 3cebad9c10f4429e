from django.db import models
from django.utils.translation import gettext_lazy as _


class EngagementState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PLANNED = "planned", _("Planned")
    ON_HOLD = "on_hold", _("On hold")
    CONDUCTED = "conducted", _("Conducted")
    CANCELLED = "cancelled", _("Cancelled")


class ReportState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    LEGAL_REVIEW = "legal_review", _("With the legal advisor")
    RETURNED = "returned", _("Returned")
    APPROVED = "approved", _("Approved")


class CancelReason(models.TextChoices):
    HOST = "host", _("Cancelled by the host side")
    MISSION = "mission", _("Cancelled by the mission")
    CONDITIONS = "conditions", _("Conditions on the ground")
    CONSENT = "consent", _("Consent suspended or withdrawn")
    OTHER = "other", _("Other reason")


class Atmosphere(models.TextChoices):
    POSITIVE = "positive", _("Positive")
    NEUTRAL = "neutral", _("Neutral")
    NEGATIVE = "negative", _("Difficult")


class CommitmentState(models.TextChoices):
    OPEN = "open", _("Open")
    KEPT = "kept", _("Kept")
    DROPPED = "dropped", _("Dropped")
