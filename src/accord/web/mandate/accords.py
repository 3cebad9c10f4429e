"""Accords to read and to propose."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.advising.queries import planned_under
from accord.kernel.clock import today
from accord.kernel.errors import NotFound
from accord.mandate.choices import AccordState, RequestPurpose
from accord.mandate.permissions import Permission
from accord.mandate.queries.accords import AccordPage, accord_page, accords
from accord.mandate.queries.options import (
    host_institutions,
    institutions_chosen,
    places_chosen,
    places_of_work,
)
from accord.mandate.queries.requests import accepted_requests, request_for, request_page
from accord.mandate.queries.rows import last_day
from accord.mandate.services import propose_accord
from accord.web import words
from accord.web.mandate.forms import AccordForm
from accord.web.mandate.versions import chosen
from accord.web.pages import Visit, page, render
from accord.web.sheets import Sheet, day_after, filled, page_of, posted, side_by_side

# What the state means for the reader, in one sentence; honest also where it is bad news.
STATE_SENTENCES = {
    AccordState.PROPOSED: lambda: _("Nothing may happen under it yet: both sides must agree first."),
    AccordState.AGREED: lambda: _("Both sides agreed. Nothing may happen under it before its first day."),
    AccordState.IN_FORCE: lambda: _("Activities within its scope have the host government’s consent."),
    AccordState.SUSPENDED: lambda: _("The host government suspended its consent. Nothing may happen under it now."),
    AccordState.WITHDRAWN: lambda: _("The host government withdrew its consent. Nothing may happen under it."),
    AccordState.AMENDED: lambda: _("A newer accord has taken its place. Nothing may happen under this one."),
    AccordState.EXPIRED: lambda: _("Its days are over. Nothing may happen under it."),
}
STATE_TONES = {
    AccordState.PROPOSED: "info",
    AccordState.AGREED: "info",
    AccordState.IN_FORCE: "ok",
    AccordState.SUSPENDED: "warn",
    AccordState.WITHDRAWN: "bad",
}


@page(Permission.READ_MANDATE)
def listing(request: Visit) -> HttpResponse:
    everything = accords(request.language, request.day)
    state = request.GET.get("state", "")
    state = state if state in AccordState.values else ""
    counts = {value: sum(a.state == value for a in everything) for value in AccordState.values}
    tabs = [{"label": _("All"), "url": "?", "current": not state, "count": len(everything)}]
    tabs += [
        {"label": label, "url": f"?state={value}", "current": value == state, "count": counts[value]}
        for value, label in AccordState.choices
        if counts[value] or value == state
    ]
    context = {
        "rows": [a for a in everything if not state or a.state == state],
        "tabs": tabs,
        "can_propose": request.is_today and request.actor.may(Permission.PROPOSE_ACCORD),
    }
    return render(request, "mandate/accords.html", context)


@page(Permission.READ_MANDATE)
def detail(request: Visit, key: UUID) -> HttpResponse:
    found = accord_page(request.actor, key, request.language, request.day)
    state = AccordState(found.row.state)
    open_steps = found.open_steps if request.is_today else frozenset()
    context = {
        "a": found,
        "state_words": STATE_SENTENCES[state](),
        "state_tone": STATE_TONES.get(state, "calm"),
        "texts": _texts(found),
        "chain": _chain(found),
        "planned": planned_under(key) if request.is_today else None,
        "open_steps": open_steps,
        "must_wait": "sign" in open_steps and not found.has_authority,
    }
    return render(request, "mandate/accord.html", context)


def _texts(found: AccordPage) -> list[dict[str, str]]:
    titles, conditions = found.titles, found.conditions
    return [
        {**one, "title": titles.get(one["lang"], ""), "conditions": conditions.get(one["lang"], "")}
        for one in side_by_side(found.texts)
    ]


def _chain(found: AccordPage) -> list[dict[str, str]]:
    """How far consent has come: proposed, agreed by each side, in force, and its end."""
    state, row = found.row.state, found.row
    signed = {s.side: s for s in found.signatures if s.on}
    over = {"suspended": "stopped", "withdrawn": "stopped", "amended": "done", "expired": "done"}
    ended = _("Ends") if state not in over else str(AccordState(state).label)
    steps = [{"label": _("Proposed"), "state": "done", "date": "", "by": words.doer(found.proposed_by)}]
    for side, label in (("host", _("Agreed by the host")), ("mission", _("Agreed by the mission"))):
        one = signed.get(side)
        steps.append(
            {
                "label": label,
                "state": "done" if one else "current" if state == "proposed" else "stopped",
                "date": words.day(one.on) if one else "",
                "by": one.post if one else "",
            }
        )
    reached = "done" if state in over and row.host_signed and row.mission_signed else "todo"
    steps.append(
        {
            "label": _("In force"),
            "state": "current" if state == "in_force" else reached,
            "date": words.day(row.period.start),
            "by": "",
        }
    )
    stop = found.last_step.on if found.last_step and state in over and state != "expired" else last_day(row.period)
    steps.append({"label": ended, "state": over.get(state, "todo"), "date": words.day(stop), "by": ""})
    return steps


@page(Permission.PROPOSE_ACCORD)
def new(request: Visit) -> HttpResponse:
    lang = request.language
    form = AccordForm(
        posted(request),
        institutions=host_institutions(lang, request.day),
        places=places_of_work(lang),
        requests=chosen(accepted_requests(lang, RequestPurpose.ACTIVITY)),
        initial=_from_request(request),
    )
    sheet = Sheet(
        key="accord",
        title=_("Propose an accord"),
        lead=_("Both languages count. It is consent only once both sides have signed, and never before its first day."),
        submit=_("Propose it to both sides"),
        done=_("Proposed. Both sides are told that it waits for their agreement."),
        back=reverse("accords"),
    )

    def propose(data: dict[str, Any]) -> Any:
        return propose_accord(
            actor=request.actor, title=form.said("title"), text=form.said("text"),
            conditions=form.said("conditions"), institutions=institutions_chosen(data["institutions"]),
            activity_types=data["activity_types"], places=places_chosen(data["places"]), start=data["start"],
            end=day_after(data["end"]) or data["start"],
            request=request_for(data["request"]) if data["request"] else None,
        )  # fmt: skip

    return filled(request, sheet, form, propose, onward=lambda a: page_of("accord", a.pk))


def _from_request(request: Visit) -> dict[str, Any]:
    """What the request it answers already says."""
    try:
        asked = request_page(request.actor, UUID(request.GET.get("request", "")), request.language, request.day)
    except (ValueError, NotFound):
        return {}
    first = {f"title_{lang}": text for lang, text in asked.titles.items()}
    period = asked.row.validity
    return {
        **first,
        "institutions": [asked.row.institution.id],
        "activity_types": asked.type_values,
        "places": [asked.place.id] if asked.place else [],
        "start": max(period.start or today(), today()) if period else None,
        "end": last_day(period) if period else None,
        "request": asked.row.id,
    }
