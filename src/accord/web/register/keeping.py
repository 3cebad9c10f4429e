"""Keeping the register: organisations, posts, tours, pairings, persons."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from accord.kernel.clock import today
from accord.kernel.text import localised
from accord.people import services
from accord.people.permissions import Permission
from accord.people.queries import (
    nation_record,
    nations_to_choose,
    organisation_record,
    organisations,
    pairing_record,
    person_record,
    persons_to_choose,
    position_page,
    position_record,
    positions,
    tour_record,
)
from accord.places.queries import place_record, places
from accord.web.pages import Visit, page
from accord.web.register import forms
from accord.web.sheets import Sheet, day_after, filled, page_of, posted

Found = dict[str, Any]


def _both(request: Visit, one: dict[str, str], other: dict[str, str]) -> str:
    return f"{localised(one, request.language)} · {localised(other, request.language)}"


def _start() -> dict[str, Any]:
    return {"start": today()}


def _organisations(request: Visit, side: str = "") -> list[tuple[str, str]]:
    return [(str(o.id), o.name) for o in organisations(request.language, request.day, side=side)]


def _nations(request: Visit) -> list[tuple[str, str]]:
    return [(str(pk), name) for pk, name in nations_to_choose(request.language)]


@page(Permission.MANAGE_REGISTER)
def new_organisation(request: Visit) -> HttpResponse:
    actor = request.actor
    form = forms.OrganisationForm(
        posted(request),
        places=[(str(p.id), p.name) for p in places(request.language)],
        parents=_organisations(request),
        initial={**_start(), "parent": request.GET.get("under", ""), "side": request.GET.get("side", "")},
    )

    def add(found: Found) -> Any:
        return services.add_organisation(
            actor=actor, name=form.said("name"), short_name=form.said("short_name"), kind=found["kind"],
            side=found["side"], start=found["start"],
            place=place_record(UUID(found["place"])) if found["place"] else None,
            parent=organisation_record(actor, UUID(found["parent"])) if found["parent"] else None,
        )  # fmt: skip

    sheet = Sheet(
        "new-organisation", _("Add an organisation"), _("Add it"), _("The organisation is in the register."),
        page_of("people"), _("Write its name in every language you know; every spelling finds it."),
    )  # fmt: skip
    return filled(request, sheet, form, add, onward=lambda o: page_of("organisation", o.pk))


@page(Permission.MANAGE_REGISTER)
def rename(request: Visit, key: UUID) -> HttpResponse:
    o = organisation_record(request.actor, key)
    first = {f"name_{code}": text for code, text in o.name.items()}
    first |= {f"short_name_{code}": text for code, text in o.short_name.items()}
    form = forms.NameForm(posted(request), initial=first)
    sheet = Sheet(
        "rename-organisation", _("Change the name"), _("Keep this name"), _("The name is changed."),
        page_of("organisation", key), _("The former name stays as a spelling, so that it is still found."),
        localised(o.name, request.language),
    )  # fmt: skip
    return filled(
        request, sheet, form,
        lambda _found: services.rename_organisation(
            actor=request.actor, organisation=o, name=form.said("name"), short_name=form.said("short_name")
        ),
    )  # fmt: skip


@page(Permission.MANAGE_REGISTER)
def move(request: Visit, key: UUID) -> HttpResponse:
    actor = request.actor
    o = organisation_record(actor, key)
    parents = [choice for choice in _organisations(request, o.side) if choice[0] != str(key)]
    form = forms.PlacementForm(posted(request), parents=parents, initial=_start())

    def place(found: Found) -> bool:
        parent = organisation_record(actor, UUID(found["parent"])) if found["parent"] else None
        services.place_organisation(actor=actor, organisation=o, parent=parent, start=found["start"])
        return True

    sheet = Sheet(
        "move-organisation", _("Place it in the tree"), _("Place it"), _("It has its new place."),
        page_of("organisation", key), _("The place before stays on record for the days before."),
        localised(o.name, request.language),
    )  # fmt: skip
    return filled(request, sheet, form, place)


@page(Permission.MANAGE_REGISTER)
def alias(request: Visit, key: UUID) -> HttpResponse:
    o = organisation_record(request.actor, key)
    form = forms.AliasForm(posted(request))

    def add(found: Found) -> bool:
        services.add_alias(actor=request.actor, organisation=o, text=found["text"])
        return True

    sheet = Sheet(
        "alias", _("Add a spelling"), _("Add it"), _("It is found under this spelling now."),
        page_of("organisation", key), "", localised(o.name, request.language),
    )  # fmt: skip
    return filled(request, sheet, form, add)


@page(Permission.MANAGE_REGISTER)
def new_position(request: Visit, key: UUID) -> HttpResponse:
    o = organisation_record(request.actor, key)
    form = forms.PositionForm(posted(request), nations=_nations(request), initial=_start())

    def add(found: Found) -> Any:
        return services.open_position(
            actor=request.actor, organisation=o, title=form.said("title"), start=found["start"],
            rank_code=found["rank_code"], nation=nation_record(UUID(found["nation"])) if found["nation"] else None,
        )  # fmt: skip

    sheet = Sheet(
        "new-position", _("Open a position"), _("Open it"), _("The position is open. Say who holds it."),
        page_of("organisation", key), "", localised(o.name, request.language),
    )  # fmt: skip
    return filled(request, sheet, form, add, onward=lambda p: page_of("position", p.pk))


@page(Permission.MANAGE_REGISTER)
def begin(request: Visit, key: UUID) -> HttpResponse:
    """Say who holds a position from when."""
    actor = request.actor
    p = position_record(actor, key)
    persons = [(str(one.id), one.name) for one in persons_to_choose(actor, request.language, side=p.organisation.side)]
    form = forms.TourForm(
        posted(request), persons=persons, initial={**_start(), "person": request.GET.get("person", "")}
    )

    def hold(found: Found) -> Any:
        return services.begin_tour(
            actor=actor, position=p, person=person_record(actor, UUID(found["person"])), rank=form.said("rank"),
            start=found["start"], end=day_after(found["end"]),
        )  # fmt: skip

    sheet = Sheet(
        "begin-tour", _("Who holds this position?"), _("Keep it"), _("The position is filled."),
        page_of("position", key), "", localised(p.title, request.language),
    )  # fmt: skip
    return filled(request, sheet, form, hold)


@page(Permission.MANAGE_REGISTER)
def end(request: Visit, key: UUID) -> HttpResponse:
    tour = tour_record(request.actor, key)
    form = forms.EndForm(posted(request), initial={"end": today()})
    sheet = Sheet(
        "end-tour", _("End the tour"), _("End it"), _("The tour ends on that day."),
        page_of("position", tour.position_id), "",
        _both(request, tour.person.shown_name, tour.position.title), kind="danger",
    )  # fmt: skip
    return filled(
        request, sheet, form,
        lambda found: services.end_tour(
            actor=request.actor, tour=tour, end=day_after(found["end"]) or today(), reason=found["reason"]
        ),
    )  # fmt: skip


@page(Permission.PAIR_POSITIONS)
def pair(request: Visit, key: UUID) -> HttpResponse:
    """Pair a post with one of the other side."""
    actor = request.actor
    p = position_record(actor, key)
    own_side = p.organisation.side
    taken = {c.other.id for c in position_page(actor, key, request.language, request.day).counterparts}
    others = [
        (str(o.id), f"{o.title} · {o.organisation}")
        for o in positions(request.language, request.day, side="host" if own_side == "mission" else "mission")
        if o.id not in taken
    ]
    form = forms.PairingForm(posted(request), others=sorted(others, key=lambda o: o[1]), initial=_start())

    def join(found: Found) -> Any:
        other = position_record(actor, UUID(found["other"]))
        advisor, counterpart = (p, other) if own_side == "mission" else (other, p)
        return services.pair_positions(
            actor=actor, advisor=advisor, counterpart=counterpart, start=found["start"], end=day_after(found["end"])
        )

    sheet = Sheet(
        "pair-positions", _("Pair with a counterpart"), _("Pair them"), _("The two posts are paired."),
        page_of("position", key), _("Post to post: the pairing stays when people change."),
        localised(p.title, request.language),
    )  # fmt: skip
    return filled(request, sheet, form, join)


@page(Permission.PAIR_POSITIONS)
def unpair(request: Visit, key: UUID) -> HttpResponse:
    pairing = pairing_record(request.actor, key)
    form = forms.EndForm(posted(request), initial={"end": today()})
    sheet = Sheet(
        "unpair-positions", _("End the pairing"), _("End it"), _("The pairing ends on that day."),
        page_of("position", pairing.advisor_id), "",
        _both(request, pairing.advisor.title, pairing.counterpart.title), kind="danger",
    )  # fmt: skip
    return filled(
        request, sheet, form,
        lambda found: services.unpair_positions(
            actor=request.actor, pairing=pairing, end=day_after(found["end"]) or today(), reason=found["reason"]
        ),
    )  # fmt: skip


@page(Permission.MANAGE_REGISTER)
def new_person(request: Visit) -> HttpResponse:
    """Register somebody; coming from a position, go on to say from when the person holds it."""
    actor = request.actor
    form = forms.PersonForm(posted(request), nations=_nations(request), initial={"side": request.GET.get("side", "")})
    wanted = request.GET.get("position", "")

    def add(found: Found) -> Any:
        return services.register_person(
            actor=actor, shown_name=form.said("shown_name"), side=found["side"],
            nation=nation_record(UUID(found["nation"])) if found["nation"] else None,
            given_names=form.said("given_names"), family_names=form.said("family_names"),
            email=found["email"], telephone=found["telephone"],
        )  # fmt: skip

    def onward(person: Any) -> str:
        try:
            return page_of("begin-tour", UUID(wanted)) + f"?person={person.pk}"
        except ValueError:
            return page_of("person", person.pk)

    sheet = Sheet(
        "new-person", _("Register a person"), _("Register"), _("The person is in the register."), page_of("people"),
        _("Only the name to be shown is seen by others. Full names and contact data are kept apart."),
    )  # fmt: skip
    return filled(request, sheet, form, add, onward=onward)
