"""Organisations as a dated tree, found under any spelling."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accord.kernel.actor import Actor
from accord.kernel.errors import NotFound, Refused
from accord.kernel.text import folded, localised
from accord.people.choices import OrganisationKind, Side
from accord.people.models import Organisation, OrganisationAlias, OrganisationTie
from accord.people.permissions import Permission

FOUND_AT_MOST = 50


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
class TieRow:
    """It stood under ``parent`` for a time."""

    parent_id: UUID
    parent: str
    period: Any
    source: dict[str, str]


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    row: OrganisationRow
    kind: str
    side: str
    names: dict[str, str]
    short_names: dict[str, str]
    aliases: tuple[str, ...]
    period: Any
    above: tuple[tuple[UUID, str], ...]
    below: tuple[OrganisationRow, ...]
    ties: tuple[TieRow, ...]


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
    return _rows(rows, parents_on(on), language)


def organisation(organisation_id: UUID, language: str, on: date) -> OrganisationRow | None:
    row = Organisation.objects.filter(pk=organisation_id).select_related("place").first()
    return organisation_row(row, parents_on(on).get(row.pk), language) if row else None


def aliases_of(organisation_id: UUID) -> list[str]:
    return list(
        OrganisationAlias.objects.filter(organisation_id=organisation_id)
        .order_by("text")
        .values_list("text", flat=True)
    )


def organisations_known(actor: Actor) -> QuerySet[Organisation]:
    """The organisations this actor may read about: the host's own for a host official, all for the mission."""
    if not actor.may(Permission.READ_REGISTER):
        raise Refused(_("Your role does not read the register."))
    return Organisation.objects.filter(side=Side.HOST) if actor.is_host else Organisation.objects.all()


def organisation_record(actor: Actor, key: UUID) -> Organisation:
    """The record itself, for a use case."""
    found = organisations_known(actor).filter(pk=key).select_related("place").first()
    if found is None:
        raise NotFound(_("There is no such organisation in the register."))
    return found


def organisations_called(actor: Actor, words: str, language: str, on: date) -> list[OrganisationRow]:
    """Those one of whose spellings contains the words, in whatever script and transliteration."""
    form = folded(words)
    if not form:
        return []
    spelled = OrganisationAlias.objects.filter(folded__contains=form).values("organisation_id")
    rows = organisations_known(actor).filter(Q(pk__in=spelled) | Q(code__iexact=words.strip()), period__contains=on)
    return _rows(rows.select_related("place")[:FOUND_AT_MOST], parents_on(on), language)


def organisation_page(actor: Actor, key: UUID, language: str, on: date) -> OrganisationPage:
    found = organisation_record(actor, key)
    parents = parents_on(on)
    line = line_upward(key, parents)[1:]
    near = {*line, *(child for child, parent in parents.items() if parent == key)}
    rows = {
        row.id: row
        for row in _rows(organisations_known(actor).filter(pk__in=near).select_related("place"), parents, language)
    }
    ties = OrganisationTie.objects.filter(child=found, period__startswith__lte=on).select_related("parent")
    return OrganisationPage(
        row=organisation_row(found, parents.get(key), language),
        kind=str(OrganisationKind(found.kind).label),
        side=str(Side(found.side).label),
        names=dict(found.name),
        short_names=dict(found.short_name),
        aliases=tuple(aliases_of(key)),
        period=found.period,
        above=tuple((pk, rows[pk].name) for pk in reversed(line) if pk in rows),
        below=tuple(row for row in rows.values() if row.parent_id == key),
        ties=tuple(
            TieRow(t.parent_id, localised(t.parent.name, language), t.period, t.source)
            for t in ties.order_by("-period")
        ),
    )


def organisation_row(row: Organisation, parent: UUID | None, language: str) -> OrganisationRow:
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


def _rows(found: QuerySet[Organisation], parents: dict[UUID, UUID], language: str) -> list[OrganisationRow]:
    return sorted((organisation_row(o, parents.get(o.pk), language) for o in found), key=lambda o: o.name)
