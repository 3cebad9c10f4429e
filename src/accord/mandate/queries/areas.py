"""Where work may be done on a day, by which instrument, and what is decided for later."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from accord.kernel.period import Period
from accord.kernel.source import Source
from accord.kernel.text import localised
from accord.mandate.models import Area
from accord.mandate.queries.rows import Named, named, source_of
from accord.places.queries import PlaceRow, places

Line = tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class AreaRow:
    """``state`` is in_force, planned or ended; ``expansion`` is the step that set it, if one did."""

    id: UUID
    name: str
    state: str
    period: Period
    set_by: str
    expansion: UUID | None
    places: tuple[Named, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Ground:
    """Every place of the register and how it stands that day; ``outlined`` are those that can be drawn."""

    outlined: tuple[PlaceRow, ...]
    sites: tuple[PlaceRow, ...]
    states: dict[UUID, str]


def areas(language: str, day: date) -> list[AreaRow]:
    """Areas known on a day: an area set for later is known once its instrument is issued or its step is decided."""
    rows = Area.objects.select_related("instrument", "expansion__request").prefetch_related("places__place")
    found = [_row(a, language, day) for a in rows.order_by("period") if _known(a, day)]
    order = {"in_force": 0, "planned": 1, "ended": 2}
    return sorted(found, key=lambda a: order[a.state])


def ground(language: str, found: list[AreaRow]) -> Ground:
    """The map behind a list of areas: what lies inside one in force or planned, itself or with all that contains it."""
    rows = places(language, with_outline=True)
    parents = {p.id: p.parent_id for p in rows}
    inside: dict[str, set[UUID]] = {"in_force": set(), "planned": set()}
    for area in found:
        if area.state in inside:
            inside[area.state] |= {p.id for p in area.places}
    states: dict[UUID, str] = {}
    for place in rows:
        line = _line(place.id, parents)
        states[place.id] = next((s for s, named_places in inside.items() if named_places & set(line)), "out")
    outlined = tuple(p for p in rows if p.outline)
    sites = tuple(p for p in rows if p.kind in {"city", "site"} and p.latitude is not None and p.longitude is not None)
    return Ground(outlined, sites, states)


def _line(key: UUID, parents: dict[UUID, UUID | None]) -> Line:
    line: list[UUID] = []
    current: UUID | None = key
    while current and current not in line:
        line.append(current)
        current = parents.get(current)
    return tuple(line)


def _known(area: Area, day: date) -> bool:
    if area.period.lower is None or area.period.lower <= day:
        return True
    if area.instrument:
        return area.instrument.issued_on <= day
    request = area.expansion.request if area.expansion else None
    return bool(request and request.decided_on and request.decided_on <= day)


def _row(a: Area, language: str, day: date) -> AreaRow:
    period = Period.of(a.period)
    state = "in_force" if day in period else "planned" if period.start and period.start > day else "ended"
    setter = a.instrument or a.expansion
    return AreaRow(
        a.pk,
        localised(a.name, language),
        state,
        period,
        localised(setter.title, language) if setter else "",
        a.expansion_id,
        tuple(named(p.place, language) for p in a.places.all()),
        source_of(a),
    )
