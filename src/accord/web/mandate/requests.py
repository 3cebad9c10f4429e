"""The host government asks; the commander answers."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.kernel.clock import today
from accord.mandate.choices import RequestPurpose, RequestState
from accord.mandate.permissions import Permission
from accord.mandate.queries.options import (
    host_institutions,
    institution_chosen,
    place_chosen,
    places_of_work,
)
from accord.mandate.queries.requests import request_for, request_page, requests
from accord.mandate.services import decide_request, resubmit_request, submit_request
from accord.web.mandate.forms import DecisionForm, RequestForm
from accord.web.pages import Visit, page, render
from accord.web.sheets import Sheet, day_after, filled, page_of, posted, side_by_side

STATES = (RequestState.SUBMITTED, RequestState.ACCEPTED, RequestState.RETURNED, RequestState.DECLINED)


@page(Permission.READ_MANDATE)
def listing(request: Visit) -> HttpResponse:
    state = request.GET.get("state", "")
    state = state if state in STATES else ""
    tabs = [{"label": _("All"), "url": "?", "current": not state}]
    tabs += [{"label": s.label, "url": f"?state={s.value}", "current": s == state} for s in STATES]
    context = {
        "rows": requests(request.language, request.day, state=state),
        "tabs": tabs,
        "can_ask": request.is_today and request.actor.may(Permission.SUBMIT_REQUEST),
    }
    return render(request, "mandate/requests.html", context)


@page(Permission.READ_MANDATE)
def detail(request: Visit, key: UUID) -> HttpResponse:
    found = request_page(request.actor, key, request.language, request.day)
    context = {
        "r": found,
        "texts": side_by_side(found.texts),
        "can_decide": request.is_today and "accept" in found.open_steps,
        "can_complete": request.is_today and "submit" in found.open_steps,
        "can_propose": request.is_today
        and found.row.state == RequestState.ACCEPTED
        and found.purpose == RequestPurpose.ACTIVITY
        and request.actor.may(Permission.PROPOSE_ACCORD),
    }
    return render(request, "mandate/request.html", context)


def _form(request: Visit, **kwargs: Any) -> RequestForm:
    return RequestForm(
        posted(request),
        institutions=host_institutions(request.language, today(), with_government=True),
        places=places_of_work(request.language),
        **kwargs,
    )


def _asked(form: RequestForm, data: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": form.said("title"),
        "text": form.said("text"),
        "institution": institution_chosen(data["institution"]),
        "activity_types": data["activity_types"],
        "place": place_chosen(data["place"]) if data["place"] else None,
    }


@page(Permission.SUBMIT_REQUEST)
def new(request: Visit) -> HttpResponse:
    form = _form(request, initial={"purpose": RequestPurpose.ACTIVITY})
    sheet = Sheet(
        key="request",
        title=_("Submit a request of the host government"),
        lead=_("Write in one language or in both. The mission’s commander answers; you are told."),
        submit=_("Submit the request"),
        done=_("Submitted. The commander and the legal advisor are told."),
        back=reverse("requests"),
    )
    return filled(
        request,
        sheet,
        form,
        lambda data: submit_request(actor=request.actor, purpose=data["purpose"], **_asked(form, data)),
        onward=lambda r: page_of("request", r.pk),
    )


@page(Permission.SUBMIT_REQUEST)
def again(request: Visit, key: UUID) -> HttpResponse:
    """A returned request, completed and submitted once more."""
    found = request_page(request.actor, key, request.language, request.day)
    initial: dict[str, Any] = {
        "institution": found.row.institution.id,
        "activity_types": found.type_values,
        "place": found.place.id if found.place else "",
    }
    initial |= {f"title_{lang}": text for lang, text in found.titles.items()}
    initial |= {f"text_{lang}": text for lang, text in found.texts.items()}
    form = _form(request, again=True, initial=initial)
    sheet = Sheet(
        key="request-again",
        title=_("Complete the request"),
        lead=found.steps[-1].remark if found.steps else "",
        eyebrow=found.row.title,
        submit=_("Submit it again"),
        done=_("Submitted again. The commander and the legal advisor are told."),
        back=page_of("request", key),
    )
    return filled(
        request,
        sheet,
        form,
        lambda data: resubmit_request(actor=request.actor, request=request_for(key), **_asked(form, data)),
        possible="submit" in found.open_steps,
    )


@page(Permission.DECIDE_REQUEST)
def decide(request: Visit, key: UUID) -> HttpResponse:
    found = request_page(request.actor, key, request.language, request.day)
    form = DecisionForm(posted(request), initial={"valid_from": today()})
    sheet = Sheet(
        key="decide",
        title=_("Answer the request"),
        lead=_("An accepted request is the requirement, the first of the three keys. It is not yet consent."),
        eyebrow=found.row.title,
        submit=_("Give this answer"),
        done=_("Answered. The host’s official is told."),
        back=page_of("request", key),
    )

    def answer(data: dict[str, Any]) -> Any:
        return decide_request(
            actor=request.actor, request=request_for(key), step=data["step"], valid_from=data["valid_from"],
            valid_until=day_after(data["valid_until"]), remark=data["remark"],
        )  # fmt: skip

    return filled(request, sheet, form, answer, possible="accept" in found.open_steps)
