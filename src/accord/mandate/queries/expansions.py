"""Growing step by step: what each step adds, and whether the three conditions for it stand (S10)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accord.kernel.clock import day_of, today
from accord.kernel.errors import NotFound
from accord.kernel.period import Period
from accord.kernel.source import Source
from accord.kernel.text import localised
from accord.mandate.choices import ExpansionState, RequestPurpose, RequestState
from accord.mandate.models import ExpansionStep
from accord.mandate.queries.rows import Named, kinds, named, source_of


@dataclass(frozen=True, slots=True)
class ExpansionRow:
    """``asked``, ``bounded`` and ``step_before_reviewed`` are the three conditions for coming into force."""

    id: UUID
    number: int
    title: str
    state: str
    request: Named | None
    types: tuple[str, ...]
    headcount_cap: int | None
    period: Period | None
    institutions: tuple[Named, ...]
    places: tuple[Named, ...]
    review: dict[str, str]
    reviewed_by: str
    reviewed_at: datetime | None
    asked: bool
    bounded: bool
    step_before_reviewed: bool
    source: Source

    @property
    def is_ready(self) -> bool:
        return self.asked and self.bounded and self.step_before_reviewed


def expansions(language: str, day: date) -> list[ExpansionRow]:
    """The steps known on a day, the newest first."""
    steps = list(
        ExpansionStep.objects.select_related("request")
        .prefetch_related("institutions__institution", "places__place")
        .order_by("number")
    )
    before: dict[int, ExpansionStep | None] = {
        s.number: previous for s, previous in zip(steps, [None, *steps], strict=False)
    }
    return [_row(s, before[s.number], language, day) for s in reversed(steps) if _known(s, day)]


def expansion_for(key: UUID) -> ExpansionStep:
    """The record itself, for a use case."""
    row = ExpansionStep.objects.select_related("request").filter(pk=key).first()
    if row is None:
        raise NotFound(_("There is no such expansion step."))
    return row


def _known(step: ExpansionStep, day: date) -> bool:
    if day >= today():
        return True
    days = [day_of(step.created_at)]
    if step.state != ExpansionState.PROPOSED:
        days += [d for d in (step.period.lower, step.request and step.request.decided_on) if d]
    return min(days) <= day


def _state(step: ExpansionStep, day: date) -> str:
    """Words for a badge: proposed, agreed (decided for later), in_force, approved (reviewed), expired."""
    if step.state == ExpansionState.PROPOSED:
        return "proposed"
    if step.reviewed_at and day_of(step.reviewed_at) <= day:
        return "reviewed"
    period = Period.of(step.period)
    if period.start and day < period.start:
        return "agreed"
    return "in_force" if day in period else "expired"


def _row(step: ExpansionStep, before: ExpansionStep | None, language: str, day: date) -> ExpansionRow:
    institutions = tuple(named(i.institution, language) for i in step.institutions.all())
    places = tuple(named(p.place, language) for p in step.places.all())
    state = _state(step, day)
    asked: Any = step.request
    return ExpansionRow(
        step.pk,
        step.number,
        localised(step.title, language),
        state,
        named(asked, language) if asked else None,
        kinds(step.activity_types),
        step.headcount_cap,
        Period.of(step.period) if step.period else None,
        institutions,
        places,
        step.review if state == "reviewed" else {},
        step.reviewed_by if state == "reviewed" else "",
        step.reviewed_at if state == "reviewed" else None,
        bool(asked and asked.state == RequestState.ACCEPTED and asked.purpose == RequestPurpose.EXPANSION),
        bool(step.period and step.headcount_cap is not None and (institutions or places)),
        before is None or before.state == ExpansionState.REVIEWED,
        source_of(step),
    )
