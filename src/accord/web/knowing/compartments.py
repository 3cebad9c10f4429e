"""Compartments: which there are, who is in, letting in, agreeing as second person, confirming, ending."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from accord.access import services
from accord.access.permissions import Permission
from accord.access.queries import (
    accounts_to_let_in,
    compartment_grant_record,
    compartment_page,
    compartment_record,
    compartments,
    emergencies,
    emergencies_to_answer,
    grants_to_confirm,
    grants_to_second,
    whom_to_ask,
)
from accord.kernel.clock import now, today
from accord.people.services import let_into_compartment
from accord.web import words
from accord.web.knowing.forms import AnswerForm, LetInForm, ReasonForm
from accord.web.pages import Visit, page, render
from accord.web.sheets import Sheet, filled, page_of, posted


@page(Permission.READ_COMPARTMENTS)
def listing(request: Visit) -> HttpResponse:
    """Everybody reads which compartments there are, whether he is in, and whom to ask."""
    context = {
        "compartments": compartments(request.actor, request.language, now()),
        "emergencies": emergencies(request.actor, request.language, now()),
        "whom": whom_to_ask(Permission.GRANT_COMPARTMENTS),
    }
    return render(request, "knowing/compartments.html", context)


@page(Permission.READ_COMPARTMENTS)
def detail(request: Visit, code: str) -> HttpResponse:
    actor = request.actor
    found = compartment_page(actor, code, request.language, now())
    context = {
        "o": found,
        "whom": whom_to_ask(Permission.GRANT_COMPARTMENTS),
        "seconds": whom_to_ask(Permission.SECOND_GRANTS),
        "can_grant": request.is_today and actor.may(Permission.GRANT_COMPARTMENTS),
        "can_confirm": request.is_today and found.is_steward,
        "can_ask": request.is_today
        and actor.may(Permission.ASK_EMERGENCY)
        and not (found.is_in or found.is_in_emergency),
        "breadcrumbs": [{"label": _("Need-to-know"), "url": page_of("compartments")}],
    }
    return render(request, "knowing/compartment.html", context)


@page(Permission.READ_COMPARTMENTS)
def waiting(request: Visit) -> HttpResponse:
    """What waits for this reader: as second person, as steward."""
    actor, language = request.actor, request.language
    context = {
        "seconds": grants_to_second(actor, language, today()),
        "due": grants_to_confirm(actor, language, today()),
        "emergencies": emergencies_to_answer(actor, language, now()),
        "breadcrumbs": [{"label": _("Need-to-know"), "url": page_of("compartments")}],
    }
    return render(request, "knowing/waiting.html", context)


@page(Permission.GRANT_COMPARTMENTS, proven=True)
def grant(request: Visit, code: str) -> HttpResponse:
    actor = request.actor
    compartment = compartment_record(actor, code)
    accounts = {str(account.pk): account for account in accounts_to_let_in(actor, today())}
    form = LetInForm(posted(request), accounts=[(key, str(account)) for key, account in accounts.items()])
    lead = _("Somebody who is in reads everything of this compartment until the last day.")
    if compartment.needs_two:
        lead = _("It waits until a second person agrees: %(roles)s.") % {"roles": whom_to_ask(Permission.SECOND_GRANTS)}
    sheet = Sheet(
        "grant-compartment", _("Let somebody in"), _("Let this person in"), _("Recorded."),
        page_of("compartment", code=code), lead, compartment_page(actor, code, request.language, now()).name,
    )  # fmt: skip
    return filled(
        request, sheet, form,
        lambda found: let_into_compartment(
            actor=actor, account=accounts[found["account"]], compartment=compartment, purpose=found["purpose"],
            last_day=found["last_day"],
        ),
    )  # fmt: skip


@page(Permission.SECOND_GRANTS, proven=True)
def answer(request: Visit, key: UUID) -> HttpResponse:
    """The second person reads who lets whom in, what for and until when; and agrees or refuses."""
    found = compartment_grant_record(request.actor, key)
    form = AnswerForm(
        posted(request), question=_("Do you agree?"), yes=_("Yes: this person needs to know"), no=_("No: refuse it")
    )
    lead = _("%(granter)s wants to let %(who)s into %(what)s until %(day)s. Purpose: %(purpose)s") % {
        **_told(request, found),
        "granter": found.granted_by_name,
        "purpose": found.purpose,
    }
    sheet = Sheet(
        "answer-grant", _("Agree as second person"), _("Give this answer"), _("Recorded. It counts at once."),
        page_of("access-waiting"), lead,
    )  # fmt: skip
    return filled(
        request, sheet, form,
        lambda _found: services.answer_grant(actor=request.actor, grant=found, agrees=form.is_yes()),
    )  # fmt: skip


@page(Permission.CONFIRM_GRANTS)
def confirm(request: Visit, key: UUID) -> HttpResponse:
    """Once a month the steward says whether somebody still needs it; without an answer it lapses."""
    found = compartment_grant_record(request.actor, key)
    form = AnswerForm(
        posted(request), question=_("Is it still needed?"), yes=_("Yes: confirm it for another month"),
        no=_("No: end it now"),
    )  # fmt: skip
    lead = _("%(who)s is in %(what)s until %(day)s. Purpose: %(purpose)s") % {
        **_told(request, found),
        "purpose": found.purpose,
    }
    sheet = Sheet(
        "confirm-grant", _("Confirm who stays"), _("Give this answer"), _("Recorded. It counts at once."),
        page_of("access-waiting"), lead,
    )  # fmt: skip
    return filled(
        request, sheet, form,
        lambda _found: services.review_grant(actor=request.actor, grant=found, stays=form.is_yes()),
    )  # fmt: skip


@page(Permission.GRANT_COMPARTMENTS)
def end(request: Visit, key: UUID) -> HttpResponse:
    found = compartment_grant_record(request.actor, key)
    lead = _("%(who)s is in %(what)s until %(day)s. Once ended, nothing of it can be read from the next page on.")
    sheet = Sheet(
        "end-compartment-grant", _("Take somebody out"), _("End it now"), _("Ended. It counts at once."),
        page_of("compartment", code=found.compartment), lead % _told(request, found), kind="danger",
    )  # fmt: skip
    return filled(
        request, sheet, ReasonForm(posted(request)),
        lambda given: services.end_compartment_grant(actor=request.actor, grant=found, reason=given["reason"]),
    )  # fmt: skip


def _told(request: Visit, grant: Any) -> dict[str, str]:
    """Who, where and until when, for the sentence above a form."""
    return {
        "who": str(grant.account),
        "what": compartment_page(request.actor, grant.compartment, request.language, now()).name,
        "day": words.day(grant.period.upper - timedelta(days=1)),
    }
