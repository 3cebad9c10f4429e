"""Growing step by step: propose, bring into force, review."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.kernel.errors import Invalid
from accord.mandate.choices import ExpansionState, RequestPurpose
from accord.mandate.permissions import Permission
from accord.mandate.queries.expansions import ExpansionRow, expansion_for, expansions
from accord.mandate.queries.mission import rule_clauses
from accord.mandate.queries.options import (
    host_institutions,
    institutions_chosen,
    places_chosen,
    places_of_work,
)
from accord.mandate.queries.requests import accepted_requests, request_for
from accord.mandate.services import activate_expansion, propose_expansion, review_expansion
from accord.web import words
from accord.web.mandate.forms import ExpansionForm, ReviewForm
from accord.web.mandate.versions import chosen
from accord.web.pages import Visit, page, render
from accord.web.sheets import Sheet, day_after, filled, posted


@page(Permission.READ_MANDATE)
def listing(request: Visit) -> HttpResponse:
    steps = [{"e": e, "conditions": _conditions(e)} for e in expansions(request.language, request.day)]
    may = request.is_today and request.actor.may(Permission.EXPAND)
    return render(request, "mandate/expansions.html", {"steps": steps, "may": may, "clauses": rule_clauses()})


def _conditions(e: ExpansionRow) -> list[dict[str, Any]]:
    """The three conditions under which a step comes into force."""
    bounds = [_("at most %(people)s people") % {"people": words.number(e.headcount_cap)}] if e.headcount_cap else []
    bounds += [words.period(e.period)] if e.period else []
    return [
        {
            "label": _("Asked for by the host government"),
            "state": "met" if e.asked else "missing",
            "note": e.request.name if e.request else _("An accepted request for an expansion step"),
            "url": reverse("request", kwargs={"key": e.request.id}) if e.request else "",
        },
        {
            "label": _("Bounded"),
            "state": "met" if e.bounded else "missing",
            "note": " · ".join(bounds) or _("Institutions or places, people at most, first and last day"),
        },
        {
            "label": _("The step before is reviewed"),
            "state": "met" if e.step_before_reviewed else "missing",
            "note": _("Growth comes one step at a time"),
        },
    ]


@page(Permission.EXPAND)
def propose(request: Visit) -> HttpResponse:
    form = ExpansionForm(
        posted(request),
        institutions=host_institutions(request.language, request.day),
        places=places_of_work(request.language),
        requests=chosen(accepted_requests(request.language, RequestPurpose.EXPANSION)),
    )
    sheet = Sheet(
        key="expansion",
        title=_("Propose an expansion step"),
        lead=_("It comes into force only when the host asked for it, it is bounded, and the step before is reviewed."),
        submit=_("Propose the step"),
        done=_("Proposed. The page shows what it still needs."),
        back=reverse("expansions"),
    )

    def new(data: dict[str, Any]) -> Any:
        return propose_expansion(
            actor=request.actor, title=form.said("title"),
            request=request_for(data["request"]) if data["request"] else None,
            institutions=institutions_chosen(data["institutions"]), places=places_chosen(data["places"]),
            activity_types=data["activity_types"], headcount_cap=data["headcount_cap"], start=data["start"],
            end=day_after(data["end"]),
        )  # fmt: skip

    return filled(request, sheet, form, new)


@page(Permission.EXPAND)
def activate(request: Visit, key: UUID) -> HttpResponse:
    step = expansion_for(key)
    if request.method == "POST":
        try:
            activate_expansion(actor=request.actor, step=step)
        except Invalid as error:
            found = [str(error), *(str(m) for faults in error.fields.values() for m in faults)]
            messages.error(request, " ".join(found))
        else:
            messages.success(request, _("The step is in force. The gate counts its places and institutions."))
    return HttpResponseRedirect(reverse("expansions"))


@page(Permission.EXPAND)
def review(request: Visit, key: UUID) -> HttpResponse:
    step = expansion_for(key)
    sheet = Sheet(
        key="review",
        title=_("Review the step"),
        lead=_("What came of it? Only once the review is signed can the next step follow."),
        eyebrow=step.title.get(request.language) or str(step),
        submit=_("Sign the review"),
        done=_("Signed. The next step may follow."),
        back=reverse("expansions"),
    )
    form = ReviewForm(posted(request))
    return filled(
        request,
        sheet,
        form,
        lambda _data: review_expansion(actor=request.actor, step=step, review=form.said("review")),
        possible=step.state == ExpansionState.IN_FORCE,
    )
