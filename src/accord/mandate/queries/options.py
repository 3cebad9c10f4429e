"""What can be chosen in the mandate's forms, and the records behind what was chosen."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accord.kernel.errors import NotFound
from accord.mandate.models import Mission
from accord.mandate.queries.mission import mission_shown
from accord.people.models import Organisation
from accord.people.queries import organisations
from accord.places.models import Place
from accord.places.queries import PlaceRow, places

Choices = list[tuple[str, str]]


def text_languages() -> tuple[str, ...]:
    """The two languages in which the mission's own texts are written."""
    mission = mission_shown()
    return tuple(mission.languages[:2]) if mission and mission.languages else ("en",)


def host_institutions(language: str, day: date, *, with_government: bool = False) -> Choices:
    rows = organisations(language, day, side="host")
    return [(str(o.id), o.name) for o in rows if with_government or o.kind != "government"]


def places_of_work(language: str) -> Choices:
    """Governorates, cities and sites of the host nation by name."""
    rows = places(language)
    parents = {p.id: p.parent_id for p in rows}
    home = _country(mission_shown(), parents)
    return _by_name(p for p in rows if home is None or _top(p.id, parents) == home)


def every_place(language: str) -> Choices:
    """The same everywhere: a headquarters may be abroad."""
    return _by_name(places(language))


def _by_name(rows: Iterable[PlaceRow]) -> Choices:
    return [(str(p.id), p.name) for p in sorted(rows, key=lambda p: p.name) if p.kind != "country"]


def _country(mission: Mission | None, parents: dict[UUID, UUID | None]) -> UUID | None:
    """Where the host government has its seat, up to the country."""
    seat = mission.host_government.place_id if mission else None
    return _top(seat, parents) if seat else None


def _top(key: UUID, parents: dict[UUID, UUID | None]) -> UUID:
    seen: set[UUID] = set()
    above = parents.get(key)
    while above and above not in seen:
        seen.add(above)
        key, above = above, parents.get(above)
    return key


def institutions_chosen(keys: Iterable[str | UUID]) -> list[Organisation]:
    return list(Organisation.objects.filter(pk__in=list(keys), side="host").order_by("code"))


def institution_chosen(key: str | UUID) -> Organisation:
    row = Organisation.objects.filter(pk=key, side="host").first()
    if row is None:
        raise NotFound(_("There is no such institution."))
    return row


def places_chosen(keys: Iterable[str | UUID]) -> list[Place]:
    return list(Place.objects.filter(pk__in=list(keys)).order_by("code"))


def place_chosen(key: str | UUID) -> Place:
    row = Place.objects.filter(pk=key).first()
    if row is None:
        raise NotFound(_("There is no such place."))
    return row
