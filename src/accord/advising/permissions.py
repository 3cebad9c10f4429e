from django.db import models
from django.utils.translation import gettext_lazy as _


class Permission(models.TextChoices):
    """Each with what it lets its holder do, in plain words."""

    READ_ENGAGEMENTS = "advising.read_engagements", _("Read the engagements planned and held")
    READ_REPORTS = "advising.read_reports", _("Read the mission’s internal reports")
    PLAN_ENGAGEMENT = "advising.plan_engagement", _("Plan, change and cancel engagements, as far as the gate allows")
    REPORT_ENGAGEMENT = "advising.report_engagement", _("Record that an engagement was held and report on it")
    JUDGE_REPORT = "advising.judge_report", _("Approve the reports of others or return them with a remark")
    CLEAR_WORDING = "advising.clear_wording", _("Read doubtful wording in reports and clear it or send it back")
    READ_COMMITMENTS = "advising.read_commitments", _("Read what both sides have promised")
    SETTLE_COMMITMENT = "advising.settle_commitment", _("Record that a commitment is kept or dropped")
    REVIEW_HOLDS = "advising.review_holds", _("Ask the gate again for everything planned, and hold what it refuses")
