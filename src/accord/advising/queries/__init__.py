"""Reading engagements, reports and commitments: as of a day, and only what the reader may see."""

from accord.advising.queries.commitments import CommitmentRow, commitments
from accord.advising.queries.engagements import (
    EngagementPage,
    EngagementRow,
    counterparts_to_choose,
    engagement_counts,
    engagement_for,
    engagement_page,
    engagements,
    held_and_why,
    plan_clashes,
    planned_under,
    to_report,
)
from accord.advising.queries.reports import ReportRow, report_for, reports_awaiting

__all__ = [
    "CommitmentRow",
    "EngagementPage",
    "EngagementRow",
    "ReportRow",
    "commitments",
    "counterparts_to_choose",
    "engagement_counts",
    "engagement_for",
    "engagement_page",
    "engagements",
    "held_and_why",
    "plan_clashes",
    "planned_under",
    "report_for",
    "reports_awaiting",
    "to_report",
]
