"""Reading the register: organisations as a dated tree, positions, incumbents, counterparts."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from accord.access.models import Account
from accord.access.queries import permissions_of, roles_of
from accord.kernel.actor import Actor, Side
from accord.kernel.text import folded, localised
from accord.people.models import Organisation, OrganisationAlias, OrganisationTie, Pairing, Person, Position, Tour


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    id: UUID
    code: str
    name: str
    short_name: str
    kind: str
    side: str
    parent_id: UUID | None
    place: str
    source: dict[str, str]


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


@dataclass(frozen=True, slots=True)
class PairingRow:
    id: UUID
    other: PositionRow
    start: date | None
    end: date | None


def actor_for(account: Account, on: date, *, channel: str = "page") -> Actor:
    """The actor behind an account on a day: roles by grant, posts by tour, side by person."""
    roles = roles_of(account, on)
    person = Person.objects.filter(account=account).first()
    posts = frozenset[UUID]()
    if person:
        posts = frozenset(Tour.objects.filter(person=person, period__contains=on).values_list("position_id", flat=True))
    side: Side = person.side if person else "mission"  # type: ignore[assignment]
    return Actor(
        name=account.display_name,
        side=side,
        permissions=permissions_of(roles),
        roles=roles,
        account_id=account.pk,
        person_id=person.pk if person else None,
        position_ids=posts,
        channel=channel,
    )


def accounts_of_positions(positions: list[UUID], on: date) -> list[UUID]:
    """The accounts of whoever holds these positions on a day."""
    found = Tour.objects.filter(position__in=positions, period__contains=on, person__account__is_active=True)
    return list(found.values_list("person__account_id", flat=True))


def host_accounts(on: date) -> list[UUID]:
    """The accounts of everybody on the host's side who holds a post on a day."""
    found = Tour.objects.filter(person__side="host", period__contains=on, person__account__is_active=True)
    return list(found.values_list("person__account_id", flat=True).distinct())


def organisation_named(text: str, on: date | None = None) -> Organisation | None:
    """The organisation known under this code, name or alias, whatever the spelling; None if unknown or ambiguous."""
    exact = Organisation.objects.filter(code__iexact=text.strip()).first()
    if exact:
        return exact
    aliases = OrganisationAlias.objects.filter(folded=folded(text)).select_related("organisation")
    if on:
        aliases = aliases.filter(organisation__period__contains=on)
    found = {alias.organisation_id: alias.organisation for alias in aliases[:20]}
    return next(iter(found.values())) if len(found) == 1 else None


def parents_on(on: date) -> dict[UUID, UUID]:
    """Child to parent for the whole tree as it stood on a day."""
    return dict(OrganisationTie.objects.filter(period__contains=on).values_list("child_id", "parent_id"))


def line_upward(organisation_id: UUID, parents: dict[UUID, UUID]) -> tuple[UUID, ...]:
    """The organisation and everything above it, nearest first."""
    line: list[UUID] = []
    current: UUID | None = organisation_id
    while current and current not in line:
        line.append(current)
        current = parents.get(current)
    return tuple(line)


def organisations(language: str, on: date, *, side: str = "", kinds: tuple[str, ...] = ()) -> list[OrganisationRow]:
    rows = Organisation.objects.filter(period__contains=on).select_related("place")
    if side:
        rows = rows.filter(side=side)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    parents = parents_on(on)
    found = [_organisation(row, parents.get(row.pk), language) for row in rows]
    return sorted(found, key=lambda o: o.name)


def organisation(organisation_id: UUID, language: str, on: date) -> OrganisationRow | None:
    row = Organisation.objects.filter(pk=organisation_id).select_related("place").first()
    return _organisation(row, parents_on(on).get(row.pk), language) if row else None


def aliases_of(organisation_id: UUID) -> list[str]:
    return list(OrganisationAlias.objects.filter(organisation_id=organisation_id).order_by("text").values_list("text", flat=True))


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
    return [_position(row, holders.get(row.pk), language) for row in rows]


def holders_on(on: date, language: str) -> dict[UUID, Holder]:
    tours = Tour.objects.filter(period__contains=on).select_related("person", "person__nation")
    return {tour.position_id: _holder(tour, language) for tour in tours}


def tours_of(position_id: UUID, language: str) -> list[TourRow]:
    tours = Tour.objects.filter(position_id=position_id).select_related("person", "person__nation").order_by("-period")
    return [TourRow(_holder(t, language), t.period.lower, t.period.upper) for t in tours]


def counterparts_of(position_id: UUID, language: str, on: date) -> list[PairingRow]:
    """The posts paired with this one on a day, whichever side it is on."""
    pairs = Pairing.objects.filter(Q(advisor_id=position_id) | Q(counterpart_id=position_id), period__contains=on)
    others = {p.pk: p.counterpart_id if p.advisor_id == position_id else p.advisor_id for p in pairs}
    rows = {row.id: row for row in positions(language, on, only=frozenset(others.values()))}
    return [
        PairingRow(p.pk, rows[others[p.pk]], p.period.lower, p.period.upper) for p in pairs if others[p.pk] in rows
    ]


def _organisation(row: Organisation, parent: UUID | None, language: str) -> OrganisationRow:
    return OrganisationRow(
        row.pk,
        row.code,
        localised(row.name, language),
        localised(row.short_name, language),
        row.kind,
        row.side,
        parent,
        localised(row.place.name, language) if row.place else "",
        row.source,
    )


def _holder(tour: Tour, language: str) -> Holder:
    person = tour.person
    nation = localised(person.nation.name, language) if person.nation else ""
    return Holder(person.pk, localised(person.shown_name, language), localised(tour.rank, language), nation, tour.source)


def _position(row: Position, holder: Holder | None, language: str) -> PositionRow:
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
        holder,
        row.source,
    )
