"""Engagements are known to the mission and to the host institutions at the table; reports are the mission's own."""

from accord.advising.choices import EngagementState, ReportState
from accord.advising.models import (
    Commitment,
    Engagement,
    EngagementFocus,
    EngagementStep,
    Participant,
    Report,
    ReportStep,
)
from accord.advising.permissions import Permission
from accord.wall.rule import Is, Marked, May, OnSide, Own, Through, WithinAny

MISSION, HOST = OnSide(("mission",)), OnSide(("host",))
STARTED = Is("state", tuple(state for state in EngagementState.values if state != EngagementState.DRAFT))
HANDED_IN = Is("state", tuple(state for state in ReportState.values if state != ReportState.DRAFT))

RULES = {
    Engagement: Marked()
    & May(Permission.READ_ENGAGEMENTS)
    & ((MISSION & (STARTED | Own("created_by"))) | (HOST & STARTED & WithinAny("concerns"))),
    EngagementFocus: Through("engagement"),
    EngagementStep: Through("engagement"),
    Participant: Through("engagement") & Through("position"),
    Report: Marked() & May(Permission.READ_REPORTS) & (HANDED_IN | Own("author")),
    ReportStep: Through("report"),
    Commitment: Marked()
    & May(Permission.READ_COMMITMENTS)
    & (MISSION | Is("is_shared", (True,)))
    & Through("engagement"),
}
