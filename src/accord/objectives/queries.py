"""Reading focus areas and objectives: the tree of ends, ways and means as it stood on a day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accord.kernel.actor import Actor
from accord.kernel.clock import zone
from accord.kernel.errors import NotFound, Refused
from accord.kernel.text import localised
from accord.objectives.choices import Level, ObjectiveState, SelfReliance
from accord.objectives.models import FocusArea, Indicator, Objective
from accord.objectives.permissions import Permission
from accord.objectives.rules import Change, Draft, missing_to_open, state_at


@dataclass(frozen=True, slots=True)
class FocusRow:
    id: UUID
    code: str
    name: str
    source: dict[str, str]


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    id: UUID
    name: str
    unit: str
    baseline: str
    baseline_on: date | None
    target: str
    source: dict[str, str]


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    id: UUID
    level: str
    level_label: str
    parent_id: UUID | None
    title: str
    state: str
    owner_id: UUID | None
    owner: str
    owner_organisation: str
    exit_criterion: str
    self_reliance: str
    focus: tuple[str, ...]
    indicators: tuple[IndicatorRow, ...]
    period: Any
    source: dict[str, str]


@dataclass(frozen=True, slots=True)
class Branch:
    """An objective with what hangs on it."""

    row: ObjectiveRow
    children: tuple["Branch", ...]


@dataclass(frozen=True, slots=True)
class ObjectiveStepRow:
    name: str
    state: str
    at: datetime
    actor: str
    remark: str


@dataclass(frozen=True, slots=True)
class ObjectivePage:
    """``line`` leads from the end down to the one above it; ``missing`` is what it still needs before it may open."""

    row: ObjectiveRow
    titles: dict[str, str]
    exit_criteria: dict[str, str]
    self_reliance: str
    focus_ids: tuple[UUID, ...]
    line: tuple[ObjectiveRow, ...]
    children: tuple[ObjectiveRow, ...]
    steps: tuple[ObjectiveStepRow, ...]
    missing: tuple[str, ...]


def focus_areas(language: str, on: date) -> list[FocusRow]:
    rows = FocusArea.objects.filter(period__contains=on)
    return [FocusRow(f.pk, f.code, _title(f.name, language), f.source) for f in rows]


def focus_area_records(keys: Iterable[UUID]) -> list[FocusArea]:
    """The records themselves, for a use case."""
    return list(FocusArea.objects.filter(pk__in=list(keys)))


def objective_tree(actor: Actor, language: str, on: date) -> tuple[Branch, ...]:
    """All objectives known on a day under the ends they serve."""
    rows = _rows_on(_known(actor), language, on)
    below: dict[UUID | None, list[ObjectiveRow]] = defaultdict(list)
    for row in rows:
        below[row.parent_id].append(row)

    def branch(row: ObjectiveRow) -> Branch:
        return Branch(row, tuple(branch(child) for child in below[row.id]))

    return tuple(branch(row) for row in below[None])


def objectives_open(language: str, on: date) -> list[ObjectiveRow]:
    """Ways and means that work can serve on a day."""
    rows = _rows_on(_with_all(Objective.objects.exclude(level=Level.END)), language, on)
    return [row for row in rows if row.state == ObjectiveState.OPEN]


def objective_record(actor: Actor, key: UUID) -> Objective:
    """The record itself, for a use case."""
    found = _known(actor).filter(pk=key).first()
    if found is None:
        raise NotFound(_("There is no such objective."))
    return found


def objective_page(actor: Actor, key: UUID, language: str, on: date) -> ObjectivePage:
    found = objective_record(actor, key)
    rows = {row.id: row for row in _rows_on(_known(actor), language, on)}
    if key not in rows:
        raise NotFound(_("This objective was not known on that day."))
    row = rows[key]
    edge = _edge(on)
    return ObjectivePage(
        row=row,
        titles=dict(found.title),
        exit_criteria=dict(found.exit_criterion),
        self_reliance=found.self_reliance,
        focus_ids=tuple(f.focus_area_id for f in found.focus.all()),
        line=_line_above(row, rows),
        children=tuple(other for other in rows.values() if other.parent_id == key),
        steps=tuple(
            ObjectiveStepRow(s.name, s.target, s.at, s.actor_name, s.remark) for s in found.steps.all() if s.at < edge
        ),
        missing=tuple(str(text) for text in missing_of(found).values()) if row.state == ObjectiveState.PROPOSED else (),
    )


def missing_of(objective: Objective) -> dict[str, Any]:
    """What the objective still needs before it may open."""
    return missing_to_open(
        Draft(
            has_host_owner=objective.host_owner_id is not None,
            has_indicator_with_baseline=any(i.baseline for i in objective.indicators.all()),
            has_exit_criterion=any(text.strip() for text in objective.exit_criterion.values()),
            parent_state=objective.parent.state if objective.parent else ObjectiveState.OPEN,
        )
    )


def _known(actor: Actor) -> QuerySet[Objective]:
    if not actor.may(Permission.READ_OBJECTIVES):
        raise Refused(_("Your role does not read the objectives."))
    return _with_all(Objective.objects.all())


def _with_all(rows: QuerySet[Objective]) -> QuerySet[Objective]:
    return rows.select_related("host_owner__organisation", "parent").prefetch_related(
        "indicators", "steps", "focus__focus_area"
    )


def _rows_on(found: Iterable[Objective], language: str, on: date) -> list[ObjectiveRow]:
    edge = _edge(on)
    rows = []
    for o in found:
        state = state_at(o.state, tuple(Change(s.at, s.origin, s.target) for s in o.steps.all()), edge)
        if state and (o.period.lower is None or o.period.lower <= on):
            rows.append(_row(o, state, language))
    return rows


def _line_above(row: ObjectiveRow, rows: dict[UUID, ObjectiveRow]) -> tuple[ObjectiveRow, ...]:
    line: list[ObjectiveRow] = []
    while row.parent_id in rows:
        row = rows[row.parent_id]
        line.insert(0, row)
    return tuple(line)


def _edge(on: date) -> datetime:
    """The end of a day as the host nation counts it."""
    return datetime.combine(on + timedelta(days=1), datetime.min.time(), zone())


def _row(o: Objective, state: str, language: str) -> ObjectiveRow:
    owner = o.host_owner
    return ObjectiveRow(
        o.pk,
        o.level,
        str(Level(o.level).label),
        o.parent_id,
        localised(o.title, language),
        state,
        owner.pk if owner else None,
        localised(owner.title, language) if owner else "",
        localised(owner.organisation.name, language) if owner else "",
        localised(o.exit_criterion, language),
        str(SelfReliance(o.self_reliance).label) if o.self_reliance else "",
        tuple(_title(f.focus_area.name, language) for f in o.focus.all()),
        tuple(_indicator(i, language) for i in o.indicators.all()),
        o.period,
        o.source,
    )


def _indicator(i: Indicator, language: str) -> IndicatorRow:
    return IndicatorRow(i.pk, localised(i.name, language), i.unit, i.baseline, i.baseline_on, i.target, i.source)


def _title(name: Mapping[str, str], language: str) -> str:
    """Focus areas are named as within a sentence; alone they begin with a capital."""
    text = localised(name, language)
    return text[:1].upper() + text[1:]
