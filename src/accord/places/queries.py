"""Finding places and walking up their tree."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accord.kernel.errors import NotFound
from accord.kernel.text import folded, localised
from accord.places.models import Place, PlaceAlias


@dataclass(frozen=True, slots=True)
class PlaceRow:
    id: UUID
    code: str
    kind: str
    name: str
    parent_id: UUID | None
    iso: str
    latitude: float | None
    longitude: float | None
    outline: dict[str, Any] | None


def place_named(text: str) -> Place | None:
    """The place known under this code, name or alias, whatever the spelling; None if unknown or ambiguous."""
    text = text.strip()
    exact = Place.objects.filter(code__iexact=text).first()
    if exact:
        return exact
    found = list(PlaceAlias.objects.filter(folded=folded(text)).select_related("place")[:20])
    places = {alias.place_id: alias.place for alias in found}
    if len(places) <= 1:
        return next(iter(places.values()), None)
    # A city and its governorate often share a name: the narrower one is meant.
    narrow = [p for p in places.values() if not any(o.parent_id == p.pk for o in places.values())]
    return narrow[0] if len(narrow) == 1 else None


def place_record(key: UUID) -> Place:
    """The record itself, for a use case."""
    found = Place.objects.filter(pk=key).first()
    if found is None:
        raise NotFound(_("There is no such place in the register."))
    return found


def line_upward(place: Place) -> list[UUID]:
    """The place and everything that contains it, nearest first."""
    parents = dict(Place.objects.values_list("id", "parent_id"))
    line: list[UUID] = []
    current: UUID | None = place.pk
    while current and current not in line:
        line.append(current)
        current = parents.get(current)
    return line


def places(language: str, *, kind: str = "", with_outline: bool = False) -> list[PlaceRow]:
    rows = Place.objects.filter(kind=kind) if kind else Place.objects.all()
    if not with_outline:
        rows = rows.defer("outline")
    return [
        PlaceRow(
            p.pk, p.code, p.kind, localised(p.name, language), p.parent_id, p.iso, p.latitude, p.longitude,
            p.outline if with_outline else None,
        )
        for p in rows
    ]  # fmt: skip
