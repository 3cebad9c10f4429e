"""Emergency access: asked by one, allowed by another, four hours, reading only."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from accord.access import services
from accord.access.permissions import Permission
from accord.access.queries import compartment_page, compartment_record, emergency_page, emergency_record, whom_to_ask
from accord.kernel.clock import now
from accord.web.knowing.forms import AnswerForm, EmergencyForm, SureForm
from accord.web.pages import Visit, page, render
from accord.web.sheets import Sheet, filled, page_of, posted


@page(Permission.ASK_EMERGENCY)
def ask(request: Visit, code: str) -> HttpResponse:
    compartment = compartment_record(request.actor, code)
    shown = compartment_page(request.actor, code, request.language, now())
    lead = _(
        "Only when waiting does harm. A second person must allow it (%(roles)s). Then you can read for four hours and "
        "change nothing. The steward is told at once, and all of it stays in the trail."
    ) % {"roles": whom_to_ask(Permission.SECOND_GRANTS)}
    sheet = Sheet(
        "ask-emergency", _("Ask for emergency access"), _("Ask now"),
        _("Asked. The second persons and the steward are told."),
        page_of("compartment", code=code), lead, shown.name, kind="danger",
    )  # fmt: skip
    return filled(
        request, sheet, EmergencyForm(posted(request)),
        lambda found: services.ask_emergency(actor=request.actor, compartment=compartment, reason=found["reason"]),
        onward=lambda emergency: page_of("emergency", emergency.pk),
        possible=not (shown.is_in or shown.is_in_emergency),
    )  # fmt: skip


@page(Permission.ASK_EMERGENCY)
def detail(request: Visit, key: UUID) -> HttpResponse:
    found = emergency_page(request.actor, key, request.language, now())
    second = request.actor.may(Permission.SECOND_GRANTS)
    context = {
        "e": found,
        "seconds": whom_to_ask(Permission.SECOND_GRANTS),
        "can_answer": request.is_today and found.state == "asked" and second and not found.is_own,
        "can_end": request.is_today and found.state != "over",
        "breadcrumbs": [{"label": _("Need-to-know"), "url": page_of("compartments")}],
    }
    return render(request, "knowing/emergency.html", context)


@page(Permission.SECOND_GRANTS, proven=True)
def answer(request: Visit, key: UUID) -> HttpResponse:
    found = emergency_page(request.actor, key, request.language, now())
    form = AnswerForm(
        posted(request), question=_("Do you allow it?"), yes=_("Yes: open it for four hours"), no=_("No: refuse it")
    )
    lead = _("%(who)s asks to read in %(what)s. The reason given: %(reason)s") % {
        "who": found.name, "what": found.compartment, "reason": found.reason,
    }  # fmt: skip
    sheet = Sheet(
        "answer-emergency", _("Answer the emergency"), _("Give this answer"), _("Recorded. It counts at once."),
        page_of("emergency", key), lead, kind="danger",
    )  # fmt: skip
    return filled(
        request, sheet, form,
        lambda _found: services.answer_emergency(
            actor=request.actor, emergency=emergency_record(request.actor, key), allows=form.is_yes()
        ),
        possible=found.state == "asked" and not found.is_own,
    )  # fmt: skip


@page(Permission.ASK_EMERGENCY)
def end(request: Visit, key: UUID) -> HttpResponse:
    found = emergency_page(request.actor, key, request.language, now())
    sheet = Sheet(
        "end-emergency", _("End the emergency access"), _("End it now"), _("Ended. It counts at once."),
        page_of("emergency", key), _("From the next page on nothing of it can be read."), found.compartment,
    )  # fmt: skip
    return filled(
        request, sheet, SureForm(posted(request)),
        lambda _found: services.end_emergency(
            actor=request.actor, emergency=emergency_record(request.actor, key)
        ),
        possible=found.state != "over",
    )  # fmt: skip
