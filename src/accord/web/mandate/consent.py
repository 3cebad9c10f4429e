"""Agreeing to an accord, and taking consent back: at any time, by the host, with a look at what it stops."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from accord.advising.queries import planned_under
from accord.kernel.clock import today
from accord.kernel.errors import Invalid, Refused
from accord.mandate.permissions import Permission
from accord.mandate.queries.accords import accord_for, accord_page
from accord.mandate.services import amend_accord, resume_accord, sign_accord, stop_accord
from accord.web.mandate.forms import AmendForm, ReasonForm, StopForm
from accord.web.pages import Visit, page
from accord.web.sheets import Sheet, day_after, filled, page_of, posted


@page(Permission.READ_MANDATE, proven=True)
def sign(request: Visit, key: UUID) -> HttpResponse:
    """Agree for one's own side; which side that is, and whether one may, is the use case's to say."""
    if request.method == "POST":
        try:
            accord = sign_accord(actor=request.actor, accord=accord_for(key))
        except (Refused, Invalid) as error:
            messages.error(request, str(error))
        else:
            both = accord.host_signed_on and accord.mission_signed_on
            messages.success(
                request,
                _("Signed. Both sides have agreed.") if both else _("Signed. Now the other side has to agree."),
            )
    return HttpResponseRedirect(page_of("accord", key))


@page(Permission.STOP_ACCORD)
def suspend(request: Visit, key: UUID) -> HttpResponse:
    sheet = Sheet(
        key="suspend",
        title=_("Suspend consent"),
        lead=_("Nothing may happen under this accord until you resume it. What was done stays on record."),
        submit=_("Suspend consent"),
        done=_("Consent is suspended. Everybody concerned is told."),
        back=page_of("accord", key),
        kind="danger",
    )
    return _stop(request, key, "suspend", sheet)


@page(Permission.STOP_ACCORD)
def withdraw(request: Visit, key: UUID) -> HttpResponse:
    sheet = Sheet(
        key="withdraw",
        title=_("Withdraw consent"),
        lead=_("This cannot be undone: only a new accord can give consent again. What was done stays on record."),
        submit=_("Withdraw consent"),
        done=_("Consent is withdrawn. Everybody concerned is told."),
        back=page_of("accord", key),
        kind="danger",
    )
    return _stop(request, key, "withdraw", sheet)


def _stop(request: Visit, key: UUID, step: str, sheet: Sheet) -> HttpResponse:
    found = accord_page(request.actor, key, request.language, request.day)
    form = StopForm(posted(request), initial={"effective_on": today()})

    def stop(data: dict[str, Any]) -> Any:
        return stop_accord(
            actor=request.actor, accord=accord_for(key), step=step, reason=data["reason"],
            effective_on=data["effective_on"],
        )  # fmt: skip

    return filled(
        request,
        sheet,
        form,
        stop,
        context={"accord": found, "planned": planned_under(key)},
        possible=step in found.open_steps,
    )


@page(Permission.STOP_ACCORD)
def resume(request: Visit, key: UUID) -> HttpResponse:
    found = accord_page(request.actor, key, request.language, request.day)
    form = ReasonForm(posted(request))
    sheet = Sheet(
        key="resume",
        title=_("Resume consent"),
        lead=_("From today on activities may happen under it again. Those on hold are asked at the gate once more."),
        eyebrow=found.row.title,
        submit=_("Resume consent"),
        done=_("Consent is in force again."),
        back=page_of("accord", key),
    )
    return filled(
        request,
        sheet,
        form,
        lambda data: resume_accord(actor=request.actor, accord=accord_for(key), reason=data["reason"]),
        possible="resume" in found.open_steps,
    )


@page(Permission.PROPOSE_ACCORD)
def amend(request: Visit, key: UUID) -> HttpResponse:
    found = accord_page(request.actor, key, request.language, request.day)
    form = AmendForm(posted(request), initial={"start": today()})
    sheet = Sheet(
        key="amend",
        title=_("Propose the accord for other days"),
        lead=_("The same text and scope. Once both sides have signed, it takes the place of this accord."),
        eyebrow=found.row.title,
        submit=_("Propose it to both sides"),
        done=_("Proposed. Both sides are told that it waits for their agreement."),
        back=page_of("accord", key),
    )

    def propose(data: dict[str, Any]) -> Any:
        return amend_accord(
            actor=request.actor, accord=accord_for(key), start=data["start"],
            end=day_after(data["end"]) or data["start"], reason=data["reason"],
        )  # fmt: skip

    return filled(
        request,
        sheet,
        form,
        propose,
        onward=lambda a: page_of("accord", a.pk),
        possible="amend" in found.open_steps,
    )
