"""What holds on the ground: conditions, posture, units on operations."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.kernel.clock import today
from accord.mandate.choices import Matter
from accord.mandate.permissions import Permission
from accord.mandate.queries.authorities import has_authority
from accord.mandate.queries.ground import conditions, flag_for, operations_flags, posture_on, postures
from accord.mandate.queries.mission import rule_clauses
from accord.mandate.queries.options import (
    every_place,
    host_institutions,
    institution_chosen,
    place_chosen,
    places_of_work,
)
from accord.mandate.services import assess_conditions, end_operations_flag, flag_operations, set_posture
from accord.web.mandate.forms import BackForm, ConditionsForm, FlagForm, PostureForm
from accord.web.pages import Visit, page, render
from accord.web.sheets import Sheet, day_after, filled, posted


@page(Permission.READ_MANDATE)
def conditions_page(request: Visit) -> HttpResponse:
    current, earlier = conditions(request.actor, request.language, request.day)
    may = request.actor.may(Permission.ASSESS_CONDITIONS) and has_authority(request.actor, Matter.CONDITIONS, today())
    context = {
        "clauses": rule_clauses(),
        "current": current,
        "earlier": earlier,
        "can_rate": request.is_today and may,
    }
    return render(request, "mandate/conditions.html", context)


@page(Permission.ASSESS_CONDITIONS)
def rate(request: Visit) -> HttpResponse:
    form = ConditionsForm(
        posted(request),
        places=places_of_work(request.language),
        initial={"place": request.GET.get("place", ""), "start": today()},
    )
    sheet = Sheet(
        key="conditions",
        title=_("Rate conditions in a place"),
        lead=_("The third key. It holds for everything in the place, from its first to its last day."),
        submit=_("Sign the rating"),
        done=_("Signed. What is planned there is asked at the gate again."),
        back=reverse("conditions"),
    )

    def sign(data: dict[str, Any]) -> Any:
        return assess_conditions(
            actor=request.actor, place=place_chosen(data["place"]), rating=data["rating"], start=data["start"],
            end=day_after(data["end"]) or data["start"], note=form.said("note"),
        )  # fmt: skip

    return filled(request, sheet, form, sign)


@page(Permission.READ_MANDATE)
def posture(request: Visit) -> HttpResponse:
    context = {
        "clauses": rule_clauses(),
        "current": posture_on(request.language, request.day),
        "rows": postures(request.language, request.day, coming=request.is_today),
        "can_change": request.is_today and request.actor.may(Permission.SET_POSTURE),
    }
    return render(request, "mandate/posture.html", context)


@page(Permission.SET_POSTURE)
def change_posture(request: Visit) -> HttpResponse:
    form = PostureForm(posted(request), places=every_place(request.language), initial={"start": today()})
    sheet = Sheet(
        key="posture",
        title=_("Change the posture"),
        lead=_("Where the mission is and whether it may meet in person. What no longer fits goes on hold at once."),
        submit=_("Change the posture"),
        done=_("Changed. Everything planned from that day on is asked at the gate again."),
        back=reverse("posture"),
    )

    def change(data: dict[str, Any]) -> Any:
        return set_posture(
            actor=request.actor, kind=data["kind"], headquarters=place_chosen(data["headquarters"]),
            start=data["start"], reason=form.said("reason"),
        )  # fmt: skip

    return filled(request, sheet, form, change)


@page(Permission.READ_MANDATE)
def operations(request: Visit) -> HttpResponse:
    context = {
        "clauses": rule_clauses(),
        "rows": operations_flags(request.actor, request.language, request.day, coming=request.is_today),
        "can_flag": request.is_today and request.actor.may(Permission.FLAG_OPERATIONS),
    }
    return render(request, "mandate/operations.html", context)


@page(Permission.FLAG_OPERATIONS)
def flag(request: Visit) -> HttpResponse:
    form = FlagForm(posted(request), units=host_institutions(request.language, today()), initial={"start": today()})
    sheet = Sheet(
        key="operations",
        title=_("Flag a unit on operations"),
        lead=_("The mission takes no part in operations: meanwhile nothing is planned with the unit. No more is kept."),
        submit=_("Flag the unit"),
        done=_("Flagged. Everything planned with it goes on hold."),
        back=reverse("operations"),
    )

    def note(data: dict[str, Any]) -> Any:
        unit = institution_chosen(data["unit"])
        return flag_operations(actor=request.actor, unit=unit, start=data["start"], end=day_after(data["end"]))

    return filled(request, sheet, form, note)


@page(Permission.FLAG_OPERATIONS)
def unflag(request: Visit, key: UUID) -> HttpResponse:
    row = flag_for(key)
    form = BackForm(posted(request), initial={"end": today()})
    sheet = Sheet(
        key="unflag",
        title=_("The unit is back"),
        eyebrow=str(row.unit.name.get(request.language) or row.unit),
        submit=_("End the flag"),
        done=_("Ended. What was on hold is asked at the gate again."),
        back=reverse("operations"),
    )
    return filled(
        request, sheet, form, lambda data: end_operations_flag(actor=request.actor, flag=flag_for(key), end=data["end"])
    )
