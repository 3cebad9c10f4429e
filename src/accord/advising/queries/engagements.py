"""Engagements as they stood on a day. The host sees all that is planned with its institutions, never a draft."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accord.advising.choices import EngagementState
from accord.advising.models import Engagement, EngagementStep, Participant
from accord.advising.permissions import Permission
from accord.advising.rules import is_party_to
from accord.coordination.queries import Clash, clashes
from accord.kernel.actor import Actor
from accord.kernel.clock import day_of, now, today, zone
from accord.kernel.errors import NotFound, Refused
from accord.kernel.text import localised, titled
from accord.mandate.choices import ActivityType, Mode
from accord.people.queries import PositionRow, holders_on, positions

PAGE = 30


@dataclass(frozen=True, slots=True)
class EngagementRow:
    id: UUID
    topic: str
    type: str
    institution_id: UUID
    institution: str
    place: str
    mode: str
    starts_at: datetime
    ends_at: datetime
    lead: str
    state: str
    report_state: str
    hold: tuple[dict[str, Any], ...]
    focus: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seat:
    """A position at the table and who held it on the day of the meeting."""

    position_id: UUID
    title: str
    side: str
    organisation: str
    name: str


@dataclass(frozen=True, slots=True)
class StepRow:
    name: str
    state: str
    at: datetime
    actor: str
    remark: str
    verdict: dict[str, Any]


@dataclass(frozen=True, slots=True)
class EngagementPage:
    row: EngagementRow
    place_id: UUID
    lead_id: UUID
    interpreter: bool
    objective_id: UUID | None
    objective: str
    end: str
    accord_id: UUID | None
    accord: str
    cancel_reason: str
    seats: tuple[Seat, ...]
    focus_ids: tuple[UUID, ...]
    steps: tuple[StepRow, ...]
    mine: bool


def visible(actor: Actor) -> QuerySet[Engagement]:
    """The engagements this actor may know of."""
    if not actor.may(Permission.READ_ENGAGEMENTS):
        raise Refused(_("Your role does not read engagements."))
    rows = Engagement.objects.exclude(state=EngagementState.DRAFT)
    return rows.filter(institution__side="host") if actor.is_host else rows


def _as_of(rows: QuerySet[Engagement], day: date) -> QuerySet[Any]:
    """Those already known at the end of a day, with ``state_then``: the target of the last step by then."""
    if day >= today():
        return rows.annotate(state_then=Coalesce("state", "state"))
    edge = datetime.combine(day + timedelta(days=1), datetime.min.time(), zone())
    last = EngagementStep.objects.filter(engagement=OuterRef("pk"), at__lt=edge).order_by("-at", "-id")
    return rows.annotate(state_then=Subquery(last.values("target")[:1])).filter(state_then__isnull=False)


def engagements(
    actor: Actor,
    language: str,
    on: date,
    *,
    state: str = "",
    institution_id: UUID | None = None,
    mine: bool = False,
    since: date | None = None,
    until: date | None = None,
    words: str = "",
    page: int = 1,
    page_size: int = PAGE,
    newest_first: bool = True,
) -> tuple[list[EngagementRow], int]:
    """One page of engagements and how many there are in all. ``until`` belongs to the stretch."""
    rows = _as_of(visible(actor), on)
    if state:
        rows = rows.filter(state_then=state)
    if institution_id:
        rows = rows.filter(institution_id=institution_id)
    if mine:
        rows = rows.filter(Q(participants__position__in=actor.position_ids) | Q(created_by=actor.account_id)).distinct()
    if since:
        rows = rows.filter(starts_at__date__gte=since)
    if until:
        rows = rows.filter(starts_at__date__lte=until)
    if words:
        rows = rows.filter(Q(topic__icontains=words) | Q(institution__name__icontains=words))
    total = rows.count()
    order = ("-starts_at", "-id") if newest_first else ("starts_at", "id")
    start = (max(page, 1) - 1) * page_size
    found = rows.select_related("institution", "place", "lead", "report").prefetch_related("focus__focus_area")
    return [_row(e, language, on) for e in found.order_by(*order)[start : start + page_size]], total


def held_and_why(actor: Actor, language: str, on: date) -> list[EngagementRow]:
    return engagements(actor, language, on, state=EngagementState.ON_HOLD, newest_first=False)[0]


def to_report(actor: Actor, language: str) -> list[EngagementRow]:
    """The actor's own engagements whose end has passed and which have no submitted report."""
    rows = visible(actor).filter(
        Q(created_by=actor.account_id) | Q(lead__in=actor.position_ids),
        Q(state=EngagementState.PLANNED, ends_at__lte=now())
        | Q(state=EngagementState.CONDUCTED, report__isnull=True)
        | Q(state=EngagementState.CONDUCTED, report__state__in=["draft", "returned"]),
        is_history=False,  # nobody owes a report on what was before Accord
    )
    found = rows.select_related("institution", "place", "lead", "report").prefetch_related("focus__focus_area")
    return [_row(e, language, today()) for e in found.order_by("starts_at")[:PAGE]]


def planned_under(accord_id: UUID) -> int:
    """How many coming engagements stand on this accord."""
    return Engagement.objects.filter(
        accord_id=accord_id, state=EngagementState.PLANNED, starts_at__date__gte=today()
    ).count()


def engagement_counts(actor: Actor, on: date) -> dict[tuple[UUID, UUID], int]:
    """How many engagements were held by a day, by institution and focus area."""
    rows = _as_of(visible(actor), on).filter(state_then=EngagementState.CONDUCTED, starts_at__date__lte=on)
    counts: dict[tuple[UUID, UUID], int] = defaultdict(int)
    rows = rows.filter(is_history=False)
    for institution, focus in rows.values_list("institution_id", "focus__focus_area_id"):
        if focus is not None:
            counts[(institution, focus)] += 1
    return dict(counts)


def engagement_for(actor: Actor, key: UUID) -> Engagement:
    """The record itself, for a use case; NotFound if it does not exist or is not this actor's to know."""
    found = visible(actor).select_related("institution", "place", "lead").filter(pk=key).first()
    if found is None:
        raise NotFound(_("There is no such engagement."))
    return found


def engagement_page(actor: Actor, key: UUID, language: str, on: date) -> EngagementPage:
    rows = _as_of(visible(actor), on).filter(pk=key)
    e = (
        rows.select_related("institution", "place", "lead", "report", "objective__parent__parent", "accord")
        .prefetch_related("focus__focus_area", "participants__position__organisation", "steps")
        .first()
    )
    if e is None:
        raise NotFound(_("There is no such engagement, or it was not known on that day."))
    meeting_day = day_of(e.starts_at)
    end = e.objective
    while end and end.parent:
        end = end.parent
    return EngagementPage(
        row=_row(e, language, on),
        place_id=e.place_id,
        lead_id=e.lead_id,
        interpreter=e.interpreter,
        objective_id=e.objective_id,
        objective=localised(e.objective.title, language) if e.objective else "",
        end=localised(end.title, language) if end and end != e.objective else "",
        accord_id=e.accord_id,
        accord=localised(e.accord.title, language) if e.accord else "",
        cancel_reason=str(e.get_cancel_reason_display()) if e.cancel_reason else "",
        seats=_seats(e.participants.all(), meeting_day, language),
        focus_ids=tuple(f.focus_area_id for f in e.focus.all()),
        steps=tuple(
            StepRow(s.name, s.target, s.at, s.actor_name, s.remark, s.verdict)
            for s in e.steps.all()
            if day_of(s.at) <= on
        ),
        mine=is_party_to(
            creator=e.created_by,
            seats=[p.position_id for p in e.participants.all()],
            account=actor.account_id,
            positions=actor.position_ids,
        ),
    )


def counterparts_to_choose(language: str, on: date) -> list[PositionRow]:
    """Posts of the host that somebody can meet."""
    return sorted(positions(language, on, side="host"), key=lambda p: (p.organisation, p.title))


def plan_clashes(
    starts_at: datetime,
    ends_at: datetime,
    people: Iterable[UUID],
    offices: Iterable[UUID],
    language: str,
    *,
    besides: UUID | None = None,
) -> list[Clash]:
    """What else the people and offices of a plan have at that time, the partners' plans included."""
    diaries = [(pk, True) for pk in people] + [(pk, False) for pk in offices]
    return clashes(starts_at, ends_at, diaries, language, besides=besides)


def _seats(participants: Iterable[Participant], day: date, language: str) -> tuple[Seat, ...]:
    holders: Mapping[UUID, Any] = holders_on(day, language)
    seats = [
        Seat(
            p.position_id,
            localised(p.position.title, language),
            p.side,
            localised(p.position.organisation.name, language),
            holders[p.position_id].name if p.position_id in holders else "",
        )
        for p in participants
    ]
    return tuple(sorted(seats, key=lambda s: (s.side != "host", s.title)))


def _row(e: Engagement, language: str, on: date) -> EngagementRow:
    report = getattr(e, "report", None)
    state = getattr(e, "state_then", None) or e.state
    return EngagementRow(
        e.pk,
        e.topic,
        str(ActivityType(e.type).label),
        e.institution_id,
        localised(e.institution.name, language),
        localised(e.place.name, language),
        str(Mode(e.mode).label),
        e.starts_at,
        e.ends_at,
        localised(e.lead.title, language),
        state,
        report.state if report and on >= today() else "",
        tuple(e.hold) if state == EngagementState.ON_HOLD else (),
        tuple(titled(localised(f.focus_area.name, language)) for f in e.focus.all()),
    )
