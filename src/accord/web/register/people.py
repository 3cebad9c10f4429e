"""The register of people: organisations as a dated tree, posts and who holds them, persons."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.kernel.actor import Actor
from accord.kernel.clock import today
from accord.mandate.queries.institutions import institutions_within
from accord.people.choices import OrganisationKind
from accord.people.permissions import Permission
from accord.people.queries import (
    OrganisationRow,
    organisation_page,
    organisations,
    organisations_called,
    person_page,
    position_page,
    positions,
    positions_titled,
    relations_on,
)
from accord.vetting.permissions import Permission as Vetting
from accord.vetting.queries import eligible
from accord.web.pages import Visit, page, render


@page(Permission.READ_REGISTER)
def host(request: Visit) -> HttpResponse:
    """The institutions of the host nation; and whatever is searched for, on either side."""
    words = request.GET.get("q", "").strip()
    if words:
        return _found(request, words)
    return _tree(request, "host")


@page(Permission.READ_REGISTER)
def mission(request: Visit) -> HttpResponse:
    return _tree(request, "host" if request.actor.is_host else "mission")


def _tree(request: Visit, side: str) -> HttpResponse:
    rows = organisations(request.language, request.day, side=side)
    within = institutions_within(request.day) if side == "host" else frozenset[UUID]()
    return render(
        request,
        "register/people.html",
        {
            "tabs": tabs(request.actor, side),
            "side": side,
            "nodes": _nodes(rows, within),
            "words": "",
            "count": len(rows),
        },
    )


def _found(request: Visit, words: str) -> HttpResponse:
    actor, language, day = request.actor, request.language, request.day
    return render(
        request,
        "register/people.html",
        {
            "tabs": tabs(actor, ""),
            "side": "",
            "words": words,
            "found": organisations_called(actor, words, language, day),
            "posts": positions_titled(actor, words, language, day),
            "kinds": dict(OrganisationKind.choices),
        },
    )


def tabs(actor: Actor, current: str) -> list[dict[str, Any]]:
    entries = [("host", _("Host institutions"), "people")]
    if not actor.is_host:
        entries += [("mission", _("Mission"), "people-mission"), ("partners", _("Partners"), "partners")]
    entries.append(("nations", _("Nations"), "nations"))
    return [{"label": label, "url": reverse(name), "current": key == current} for key, label, name in entries]


def _nodes(rows: list[OrganisationRow], within: frozenset[UUID]) -> list[dict[str, Any]]:
    """The tree as the template walks it; what stands under something not shown stands at the top."""
    known = {row.id for row in rows}
    below: dict[UUID | None, list[OrganisationRow]] = defaultdict(list)
    for row in rows:
        below[row.parent_id if row.parent_id in known else None].append(row)

    def node(row: OrganisationRow) -> dict[str, Any]:
        return {
            "row": row,
            "kind": str(OrganisationKind(row.kind).label),
            "within": row.id in within,
            "children": [node(child) for child in below[row.id]],
        }

    return [node(row) for row in below[None]]


@page(Permission.READ_REGISTER)
def organisation(request: Visit, key: UUID) -> HttpResponse:
    actor, language, day = request.actor, request.language, request.day
    found = organisation_page(actor, key, language, day)
    return render(
        request,
        "register/organisation.html",
        {
            "o": found,
            **_vetting(request, "vet-unit", found.row.id, found.row.side),
            "row": found.row,
            "posts": positions(language, day, organisation_id=key),
            "relations": [] if actor.is_host else relations_on(actor, language, day, of=key),
            "within": key in institutions_within(day) if found.row.side == "host" else None,
            "kinds": dict(OrganisationKind.choices),
            "breadcrumbs": [
                {"label": _("People"), "url": reverse("people")},
                *({"label": name, "url": reverse("organisation", kwargs={"key": pk})} for pk, name in found.above),
            ],
            "can_keep": request.is_today and actor.may(Permission.MANAGE_REGISTER),
        },
    )


@page(Permission.READ_REGISTER)
def position(request: Visit, key: UUID) -> HttpResponse:
    actor = request.actor
    found = position_page(actor, key, request.language, request.day)
    row = found.row
    return render(
        request,
        "register/position.html",
        {
            "p": found,
            "row": row,
            "breadcrumbs": [
                {"label": _("People"), "url": reverse("people")},
                {"label": row.organisation, "url": reverse("organisation", kwargs={"key": row.organisation_id})},
            ],
            "can_keep": request.is_today and actor.may(Permission.MANAGE_REGISTER),
            "can_pair": request.is_today and actor.may(Permission.PAIR_POSITIONS) and row.side != "partner",
        },
    )


@page(Permission.READ_REGISTER)
def person(request: Visit, key: UUID) -> HttpResponse:
    found = person_page(request.actor, key, request.language, request.day)
    return render(
        request,
        "register/person.html",
        {
            "p": found,
            "row": found.row,
            **_vetting(request, "vet-person", found.row.id, found.row.side),
            "breadcrumbs": [{"label": _("People"), "url": reverse("people")}],
        },
    )


def _vetting(request: Visit, name: str, key: UUID, side: str) -> dict[str, Any]:
    """Yes or not yet, for the mission, about the host's people and units; of today, whatever day is read."""
    if side != "host" or request.actor.side != "mission":
        return {"vetted": None, "vetting_url": ""}
    can_ask = request.is_today and request.actor.may(Vetting.REQUEST_VETTING)
    return {"vetted": eligible(key, today()), "vetting_url": reverse(name, kwargs={"key": key}) if can_ask else ""}
