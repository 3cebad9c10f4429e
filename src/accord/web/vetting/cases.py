"""Inside the compartment for vetting: the desk, a case, taking it into check, deciding it."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from accord.vetting import services
from accord.vetting.choices import CaseState
from accord.vetting.permissions import Permission
from accord.vetting.queries import case_record
from accord.web.pages import Visit, page, render
from accord.web.sheets import Sheet, day_after, filled, page_of, posted
from accord.web.vetting.forms import OutcomeForm


@page(Permission.READ_CASES)
def desk(request: Visit) -> HttpResponse:
    """What is to take, in check, expires soon and is decided. The visit itself stays in the trail."""
    shown = services.open_vetting_desk(actor=request.actor, language=request.language)
    return render(request, "vetting/desk.html", {"desk": shown})


@page(Permission.READ_CASES)
def detail(request: Visit, key: UUID) -> HttpResponse:
    found = services.open_vetting_case(
        actor=request.actor, request=case_record(request.actor, key), language=request.language
    )
    may = request.is_today and request.actor.may(Permission.DECIDE_VETTING) and found.is_free
    context = {
        "p": found,
        "row": found.row,
        "states": dict(CaseState.choices),
        "can_check": may and found.state != CaseState.IN_CHECK,
        "can_decide": may and found.state == CaseState.IN_CHECK,
        "breadcrumbs": [{"label": _("Vetting desk"), "url": page_of("vetting-desk")}],
    }
    return render(request, "vetting/case.html", context)


@page(Permission.DECIDE_VETTING, proven=True)
def check(request: Visit, key: UUID) -> HttpResponse:
    case = case_record(request.actor, key)
    if request.method == "POST":
        services.take_into_check(actor=request.actor, request=case)
    return HttpResponseRedirect(page_of("vetting-case", key))


@page(Permission.DECIDE_VETTING, proven=True)
def decide(request: Visit, key: UUID) -> HttpResponse:
    case = case_record(request.actor, key)
    sheet = Sheet(
        "", _("Decide the vetting"), _("Record the outcome"), _("Recorded. It counts at once."),
        page_of("vetting-case", key),
        _("Outside this compartment everybody reads yes or not yet. Nobody is told of a denial."),
    )  # fmt: skip
    return filled(
        request, sheet, OutcomeForm(posted(request)),
        lambda found: services.decide_vetting(
            actor=request.actor, request=case, step=found["step"], valid_until=day_after(found["last_day"]),
            reference=found["reference"],
        ),
    )  # fmt: skip
