"""Nations: what each is to the mission on a day, and whether it contributes (S17)."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accord.kernel.actor import Actor
from accord.kernel.errors import NotFound, Refused
from accord.kernel.period import Period
from accord.kernel.text import localised
from accord.people.choices import NationStatusKind
from accord.people.models import Nation
from accord.people.permissions import Permission


@dataclass(frozen=True, slots=True)
class StatusRow:
    status: str
    label: str
    period: Any
    source: dict[str, str]


@dataclass(frozen=True, slots=True)
class NationRow:
    """``status`` and ``contribution`` are those of the day; ``history`` ends with it, newest first."""

    id: UUID
    code: str
    name: str
    status: StatusRow | None
    contribution: StatusRow | None
    history: tuple[StatusRow, ...]


def nations(actor: Actor, language: str, on: date) -> list[NationRow]:
    if not actor.may(Permission.READ_REGISTER):
        raise Refused(_("Your role does not read the register."))
    rows = Nation.objects.prefetch_related("statuses", "contributions")
    return sorted((_row(nation, language, on) for nation in rows), key=lambda n: n.name)


def nations_to_choose(language: str) -> list[tuple[UUID, str]]:
    return sorted(((n.pk, localised(n.name, language)) for n in Nation.objects.all()), key=lambda n: n[1])


def nation_record(key: UUID) -> Nation:
    """The record itself, for a use case."""
    found = Nation.objects.filter(pk=key).first()
    if found is None:
        raise NotFound(_("There is no such nation in the register."))
    return found


def _row(nation: Nation, language: str, on: date) -> NationRow:
    history = sorted(
        (
            StatusRow(s.status, str(NationStatusKind(s.status).label), s.period, s.source)
            for s in nation.statuses.all()
            if s.period.lower is None or s.period.lower <= on
        ),
        key=lambda s: s.period.lower or date.min,
        reverse=True,
    )
    contributions = [c for c in nation.contributions.all() if on in Period.of(c.period)]
    return NationRow(
        nation.pk,
        nation.code,
        localised(nation.name, language),
        next((s for s in history if on in Period.of(s.period)), None),
        next((StatusRow("contributes", "", c.period, c.source) for c in contributions), None),
        tuple(history),
    )
