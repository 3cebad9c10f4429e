"""Persons: what is shown of them; and, for those who keep the register, who they are and how to reach them."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accord.kernel.actor import Actor
from accord.kernel.errors import NotFound, Refused
from accord.kernel.text import localised
from accord.people.choices import Side
from accord.people.models import Contact, Identity, Person, Tour
from accord.people.permissions import Permission


@dataclass(frozen=True, slots=True)
class PersonRow:
    id: UUID
    name: str
    side: str
    nation: str


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A position the person holds or held."""

    position_id: UUID
    title: str
    organisation_id: UUID
    organisation: str
    rank: str
    period: Any
    source: dict[str, str]


@dataclass(frozen=True, slots=True)
class PersonalData:
    given_names: dict[str, str]
    family_names: dict[str, str]
    email: str
    telephone: str


@dataclass(frozen=True, slots=True)
class PersonPage:
    row: PersonRow
    names: dict[str, str]
    is_fictional: bool
    source: dict[str, str]
    tours: tuple[HeldRow, ...]
    personal: PersonalData | None


def persons_known(actor: Actor) -> QuerySet[Person]:
    """The persons this actor may read about. There is no list of everybody: they are found through their posts."""
    if not actor.may(Permission.READ_REGISTER):
        raise Refused(_("Your role does not read the register."))
    rows = Person.objects.select_related("nation")
    return rows.filter(side=Side.HOST) if actor.is_host else rows


def person_record(actor: Actor, key: UUID) -> Person:
    """The record itself, for a use case."""
    found = persons_known(actor).filter(pk=key).first()
    if found is None:
        raise NotFound(_("There is no such person in the register."))
    return found


def person_page(actor: Actor, key: UUID, language: str, on: date) -> PersonPage:
    found = person_record(actor, key)
    tours = Tour.objects.filter(person=found, period__startswith__lte=on).select_related("position__organisation")
    return PersonPage(
        row=_row(found, language),
        names=dict(found.shown_name),
        is_fictional=found.is_fictional,
        source=found.source,
        tours=tuple(_held(t, language) for t in tours.order_by("-period")),
        personal=_personal(found) if actor.may(Permission.READ_CONTACTS) and not actor.is_host else None,
    )


def persons_to_choose(actor: Actor, language: str, *, side: str = "", without_account: bool = False) -> list[PersonRow]:
    """Persons for a form of those who keep the register."""
    if not actor.may(Permission.MANAGE_REGISTER):
        raise Refused(_("Your role does not keep the register."))
    rows = Person.objects.select_related("nation")
    if side:
        rows = rows.filter(side=side)
    if without_account:
        rows = rows.filter(account=None)
    return sorted((_row(p, language) for p in rows), key=lambda p: p.name)


def _row(person: Person, language: str) -> PersonRow:
    nation = localised(person.nation.name, language) if person.nation else ""
    return PersonRow(person.pk, localised(person.shown_name, language), person.side, nation)


def _held(tour: Tour, language: str) -> HeldRow:
    position = tour.position
    return HeldRow(
        position.pk,
        localised(position.title, language),
        position.organisation_id,
        localised(position.organisation.name, language),
        localised(tour.rank, language),
        tour.period,
        tour.source,
    )


def _personal(person: Person) -> PersonalData:
    identity = Identity.objects.filter(person=person).first()
    contact = Contact.objects.filter(person=person).first()
    return PersonalData(
        dict(identity.given_names) if identity else {},
        dict(identity.family_names) if identity else {},
        contact.email if contact else "",
        contact.telephone if contact else "",
    )
