"""Why somebody may read a record; and, for those who look after need-to-know, who else may."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from accord.access.choices import Role
from accord.access.models import Account, Compartment, Level, Marking
from accord.access.permissions import Permission
from accord.kernel.actor import Actor
from accord.kernel.clock import today
from accord.kernel.errors import NotFound, Refused
from accord.kernel.text import localised
from accord.people.queries.accounts import enters
from accord.people.queries.actors import actor_for
from accord.wall.rule import SIDES
from accord.wall.standing import house, standing
from accord.wall.tables import model_named, seen, why


@dataclass(frozen=True, slots=True)
class MarkingRow:
    """``releasable_to`` and ``compartments`` in the reader's words."""

    code: str
    name: str
    policy: str
    level: str
    releasable_to: tuple[str, ...]
    compartments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reasons:
    """``because`` are the conditions under which this record is read and that hold for the reader."""

    name: str
    marking: MarkingRow | None
    because: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class ReaderRow:
    account_id: UUID
    name: str
    roles: tuple[str, ...]
    compartments: tuple[str, ...]


def reasons(actor: Actor, label: str, key: UUID, language: str) -> Reasons:
    """Why this actor may read the record; NotFound if he may not, as if there were none."""
    model, row = _read(label, key)
    held = tuple(dict.fromkeys(words for words, holds in why(model, actor, row) if holds))
    return Reasons(str(row), _marking(getattr(row, "marking", None), language), held)


def readers(actor: Actor, label: str, key: UUID) -> list[ReaderRow]:
    """Everybody who may read the record today, asked for each person as the wall would; for those who may know it."""
    if not actor.may(Permission.SEE_READERS):
        raise Refused(_("Your role does not see who reads what."))
    model, _row = _read(label, key)
    found = []
    for account in Account.objects.filter(is_active=True).order_by("display_name"):
        reader = _reader(account)
        if reader and _may_read(reader, model, key):
            roles = tuple(str(Role(role).label) for role in reader.roles)
            found.append(ReaderRow(account.pk, account.display_name, roles, tuple(sorted(reader.compartments))))
    return found


def markings(language: str, codes: frozenset[str]) -> list[tuple[str, str]]:
    """The markings of these codes to choose from, in the mission's order."""
    return [(m.code, localised(m.name, language)) for m in Marking.objects.filter(code__in=codes)]


def _read(label: str, key: UUID) -> tuple[type[Model], Model]:
    model = model_named(label)
    row = seen(model).filter(pk=key).first() if model else None
    if model is None or row is None:
        raise NotFound(_("There is no such record, or it is not yours to know."))
    return model, row


def _reader(account: Account) -> Actor | None:
    with house("who may read"):
        return actor_for(account, today()) if enters(account, today()) else None


def _may_read(reader: Actor, model: type[Model], key: UUID) -> bool:
    with standing(reader):
        return seen(model).filter(pk=key).exists()


def _marking(code: str | None, language: str) -> MarkingRow | None:
    found = Marking.objects.filter(code=code or "").first()
    if found is None:
        return None
    level = Level.objects.filter(code=found.level).first()
    names = {c.code: localised(c.name, language) for c in Compartment.objects.filter(code__in=found.compartments)}
    return MarkingRow(
        found.code,
        localised(found.name, language),
        found.policy,
        localised(level.name, language) if level else found.level,
        tuple(_releases(found.releasable_to)),
        tuple(names.get(code, code) for code in found.compartments),
    )


def _releases(tokens: list[str]) -> Iterator[str]:
    for token in tokens:
        yield str(SIDES.get(token, token.partition(":")[2] or token))
