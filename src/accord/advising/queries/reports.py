"""Reports: internal to the mission. The host reads what both sides promised, never the report."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accord.advising.choices import Atmosphere, ReportState
from accord.advising.models import Engagement, Report
from accord.advising.permissions import Permission
from accord.advising.queries.commitments import CommitmentRow, rows_of
from accord.advising.queries.engagements import StepRow
from accord.kernel.actor import Actor
from accord.kernel.clock import day_of
from accord.kernel.errors import NotFound
from accord.kernel.text import localised
from accord.people.models import Position


@dataclass(frozen=True, slots=True)
class ReportRow:
    id: UUID
    engagement_id: UUID
    topic: str
    institution: str
    held_at: datetime
    author: str
    state: str
    discussed: str
    outcome: str
    atmosphere: str
    atmosphere_label: str
    is_author: bool
    steps: tuple[StepRow, ...]
    commitments: tuple[CommitmentRow, ...]


def report_for(actor: Actor, engagement_id: UUID, language: str, on: date) -> ReportRow | None:
    """The report as it stood on a day. A draft is its author's alone."""
    if not actor.may(Permission.READ_REPORTS):
        return None
    report = (
        Report.objects.filter(engagement_id=engagement_id)
        .select_related("engagement__institution")
        .prefetch_related("steps")
        .first()
    )
    if report is None or day_of(report.created_at) > on:
        return None
    row = _row(actor, report, language, on)
    return None if row.state == ReportState.DRAFT and not row.is_author else row


def report_record(actor: Actor, key: UUID) -> Report:
    """The record itself, for a use case."""
    report = Report.objects.filter(engagement_id=key).first() if actor.may(Permission.READ_REPORTS) else None
    if report is None:
        raise NotFound(_("There is no such report."))
    return report


def reports_awaiting(actor: Actor, language: str, on: date) -> list[ReportRow]:
    """Reports this actor can move on: to judge, or to read for wording. Nobody waits for himself."""
    states = []
    if actor.may(Permission.JUDGE_REPORT):
        states.append(ReportState.SUBMITTED)
    if actor.may(Permission.CLEAR_WORDING):
        states.append(ReportState.LEGAL_REVIEW)
    if not states:
        return []
    found = Report.objects.filter(state__in=states).exclude(author=actor.account_id)
    found = found.select_related("engagement__institution").prefetch_related("steps").order_by("updated_at")
    return [_row(actor, report, language, on, with_commitments=False) for report in found[:30]]


def _row(actor: Actor, report: Report, language: str, on: date, *, with_commitments: bool = True) -> ReportRow:
    engagement: Engagement = report.engagement
    steps = tuple(
        StepRow(s.name, s.target, s.at, s.actor_name, s.remark, {}) for s in report.steps.all() if day_of(s.at) <= on
    )
    return ReportRow(
        report.pk,
        engagement.pk,
        engagement.topic,
        localised(engagement.institution.name, language),
        engagement.starts_at,
        report.author_name,
        steps[-1].state if steps else ReportState.DRAFT,
        report.discussed,
        report.outcome,
        report.atmosphere,
        str(Atmosphere(report.atmosphere).label) if report.atmosphere else "",
        report.author == actor.account_id,
        steps,
        rows_of(engagement.commitments.select_related("owner", "engagement"), language, on) if with_commitments else (),
    )


def position_records(keys: list[str]) -> dict[str, Position]:
    """The positions behind ids that were posted; unknown and malformed ones are left out."""
    good = [key for key in keys if _is_key(key)]
    return {str(p.pk): p for p in Position.objects.filter(pk__in=good).select_related("organisation")}


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
