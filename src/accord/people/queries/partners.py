"""Relations between organisations: with whom the mission works, and who is a member of what (S19 to S21)."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accord.kernel.actor import Actor
from accord.kernel.errors import Refused
from accord.kernel.period import Period
from accord.kernel.text import localised
from accord.people.choices import RelationKind, Side
from accord.people.models import Organisation, Relation
from accord.people.permissions import Permission


@dataclass(frozen=True, slots=True)
class RelationRow:
    """``state`` on the day: in force, over, or still to come."""

    id: UUID
    kind: str
    label: str
    subject_id: UUID
    subject: str
    target_id: UUID
    target: str
    means: str
    period: Any
    is_over: bool
    source: dict[str, str]


@dataclass(frozen=True, slots=True)
class PartnerRow:
    id: UUID
    name: str
    short_name: str
    period: Any
    is_closed: bool
    relations: tuple[RelationRow, ...]
    source: dict[str, str]


def partners(actor: Actor, language: str, on: date) -> list[PartnerRow]:
    """Partner organisations known by the day with their relations; those closed since stay, shown as closed."""
    if not actor.may(Permission.READ_REGISTER):
        raise Refused(_("Your role does not read the register."))
    rows = [o for o in Organisation.objects.filter(side=Side.PARTNER) if _began(o.period, on)]
    relations = relations_on(actor, language, on)
    found = [
        PartnerRow(
            o.pk,
            localised(o.name, language),
            localised(o.short_name, language),
            o.period,
            on not in Period.of(o.period),
            tuple(r for r in relations if o.pk in {r.subject_id, r.target_id}),
            o.source,
        )
        for o in rows
    ]
    return sorted(found, key=lambda p: (p.is_closed, p.name))


def relations_on(actor: Actor, language: str, on: date, *, of: UUID | None = None) -> list[RelationRow]:
    """Relations that began by the day, those over last."""
    if not actor.may(Permission.READ_REGISTER):
        raise Refused(_("Your role does not read the register."))
    rows = [
        RelationRow(
            r.pk,
            r.kind,
            str(RelationKind(r.kind).label),
            r.subject_id,
            localised(r.subject.name, language),
            r.target_id,
            localised(r.target.name, language),
            localised(r.means, language),
            r.period,
            on not in Period.of(r.period),
            r.source,
        )
        for r in Relation.objects.select_related("subject", "target")
        if _began(r.period, on) and (of is None or of in {r.subject_id, r.target_id})
    ]
    return sorted(rows, key=lambda r: (r.is_over, r.kind, r.subject, r.target))


def partners_to_choose(language: str, on: date) -> list[tuple[UUID, str]]:
    rows = Organisation.objects.filter(side=Side.PARTNER, period__contains=on)
    return sorted(((o.pk, localised(o.name, language)) for o in rows), key=lambda o: o[1])


def _began(period: Any, on: date) -> bool:
    return period.lower is None or period.lower <= on
