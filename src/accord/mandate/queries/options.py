"""What can be chosen in the mandate's forms, and the records behind what was chosen."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accord.kernel.errors import NotFound
from accord.mandate.queries.mission import mission_shown
from accord.people.models import Organisation
from accord.people.queries import organisations
from accord.places.models import Place
from accord.places.queries import places

Choices = list[tuple[str, str]]


def text_languages() -> tuple[str, ...]:
    """The two languages in which the mission's own texts are written."""
    mission = mission_shown()
    return tuple(mission.languages[:2]) if mission and mission.languages else ("en",)


def host_institutions(language: str, day: date, *, with_government: bool = False) -> Choices:
    rows = organisations(language, day, side="host")
    return [(str(o.id), o.name) for o in rows if with_government or o.kind != "government"]


def places_of_work(language: str) -> Choices:
    """Governorates, cities and sites by name."""
    rows = sorted(places(language), key=lambda p: p.name)
    return [(str(p.id), p.name) for p in rows if p.kind != "country"]


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
