"""Positions, who holds them, and which are paired with which."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accord.kernel.actor import Actor
from accord.kernel.errors import NotFound, Refused
from accord.kernel.text import localised
from accord.people.choices import Side
from accord.people.models import Pairing, Position, Tour
from accord.people.permissions import Permission


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a position on a day: the name shown, the rank as written, the nation."""

    person_id: UUID
    name: str
    rank: str
    nation: str
    source: dict[str, str]


@dataclass(frozen=True, slots=True)
class PositionRow:
    id: UUID
    code: str
    title: str
    organisation_id: UUID
    organisation: str
    side: str
    rank_code: str
    duty: str
    holder: Holder | None
    source: dict[str, str]


@dataclass(frozen=True, slots=True)
class TourRow:
    holder: Holder
    start: date | None
    end: date | None
    id: UUID


@dataclass(frozen=True, slots=True)
class PairingRow:
    id: UUID
    other: PositionRow
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class PositionPage:
    row: PositionRow
    titles: dict[str, str]
    nation: str
    period: Any
    tours: tuple[TourRow, ...]
    counterparts: tuple[PairingRow, ...]


def positions(
    language: str, on: date, *, side: str = "", organisation_id: UUID | None = None, only: frozenset[UUID] | None = None
) -> list[PositionRow]:
    """Positions that exist on a day, each with its holder."""
    rows = Position.objects.filter(period__contains=on).select_related("organisation")
    if side:
        rows = rows.filter(organisation__side=side)
    if organisation_id:
        rows = rows.filter(organisation_id=organisation_id)
    if only is not None:
        rows = rows.filter(pk__in=only)
    holders = holders_on(on, language)
    return [position_row(row, holders.get(row.pk), language) for row in rows]


def holders_on(on: date, language: str) -> dict[UUID, Holder]:
    tours = Tour.objects.filter(period__contains=on).select_related("person", "person__nation")
    return {tour.position_id: holder(tour, language) for tour in tours}


def tours_of(position_id: UUID, language: str) -> list[TourRow]:
    tours = Tour.objects.filter(position_id=position_id).select_related("person", "person__nation").order_by("-period")
    return [TourRow(holder(t, language), t.period.lower, t.period.upper, t.pk) for t in tours]


def counterparts_of(position_id: UUID, language: str, on: date) -> list[PairingRow]:
    """The posts paired with this one on a day, whichever side it is on."""
    pairs = Pairing.objects.filter(Q(advisor_id=position_id) | Q(counterpart_id=position_id), period__contains=on)
    others = {p.pk: p.counterpart_id if p.advisor_id == position_id else p.advisor_id for p in pairs}
    rows = {row.id: row for row in positions(language, on, only=frozenset(others.values()))}
    return [PairingRow(p.pk, rows[others[p.pk]], p.period.lower, p.period.upper) for p in pairs if others[p.pk] in rows]


def positions_known(actor: Actor) -> QuerySet[Position]:
    """The posts this actor may read about: a host official reads the host's own."""
    if not actor.may(Permission.READ_REGISTER):
        raise Refused(_("Your role does not read the register."))
    rows = Position.objects.select_related("organisation", "nation")
    return rows.filter(organisation__side=Side.HOST) if actor.is_host else rows


def position_record(actor: Actor, key: UUID) -> Position:
    """The record itself, for a use case."""
    found = positions_known(actor).filter(pk=key).first()
    if found is None:
        raise NotFound(_("There is no such position in the register."))
    return found


def tour_record(actor: Actor, key: UUID) -> Tour:
    found = (
        Tour.objects.filter(pk=key, position__in=positions_known(actor)).select_related("position", "person").first()
    )
    if found is None:
        raise NotFound(_("There is no such tour in the register."))
    return found


def pairing_record(actor: Actor, key: UUID) -> Pairing:
    posts = positions_known(actor)
    rows = Pairing.objects.filter(Q(advisor__in=posts) | Q(counterpart__in=posts), pk=key)
    found = rows.select_related("advisor", "counterpart").first()
    if found is None:
        raise NotFound(_("There is no such pairing in the register."))
    return found


def positions_titled(actor: Actor, words: str, language: str, on: date, *, limit: int = 50) -> list[PositionRow]:
    """Posts whose title contains the words, in English or in the reader's language."""
    if not words.strip():
        return []
    title = Q(title__en__icontains=words.strip()) | Q(**{f"title__{language}__icontains": words.strip()})
    rows = positions_known(actor).filter(title, period__contains=on)[:limit]
    holders = holders_on(on, language)
    return [position_row(row, holders.get(row.pk), language) for row in rows]


def position_page(actor: Actor, key: UUID, language: str, on: date) -> PositionPage:
    """Everybody who held it until the day, newest first. The host reads the mission's posts, not who holds them."""
    found = position_record(actor, key)
    tours = tuple(t for t in tours_of(key, language) if t.start is None or t.start <= on)
    held = next((t.holder for t in tours if t.end is None or on < t.end), None)
    counterparts = tuple(counterparts_of(key, language, on))
    if actor.is_host:
        counterparts = tuple(PairingRow(p.id, without_holder(p.other), p.start, p.end) for p in counterparts)
    return PositionPage(
        row=position_row(found, held, language),
        titles=dict(found.title),
        nation=localised(found.nation.name, language) if found.nation else "",
        period=found.period,
        tours=tours,
        counterparts=counterparts,
    )


def without_holder(row: PositionRow) -> PositionRow:
    return PositionRow(
        row.id, row.code, row.title, row.organisation_id, row.organisation, row.side, row.rank_code, row.duty, None,
        row.source,
    )  # fmt: skip


def holder(tour: Tour, language: str) -> Holder:
    person = tour.person
    nation = localised(person.nation.name, language) if person.nation else ""
    return Holder(
        person.pk, localised(person.shown_name, language), localised(tour.rank, language), nation, tour.source
    )


def position_row(row: Position, held_by: Holder | None, language: str) -> PositionRow:
    org = row.organisation
    return PositionRow(
        row.pk,
        row.code,
        localised(row.title, language),
        org.pk,
        localised(org.name, language),
        org.side,
        row.rank_code,
        row.duty,
        held_by,
        row.source,
    )
