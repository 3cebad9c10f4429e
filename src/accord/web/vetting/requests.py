"""What planners see of vetting: what they asked for, and yes or not yet."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from accord.people.queries import organisation_record, person_record
from accord.vetting.permissions import Permission
from accord.vetting.queries import own_requests
from accord.vetting.services import request_vetting
from accord.web.pages import Visit, page, render
from accord.web.sheets import Sheet, filled, page_of, posted
from accord.web.vetting.forms import VettingForm


@page(Permission.REQUEST_VETTING)
def listing(request: Visit) -> HttpResponse:
    return render(request, "vetting/requests.html", {"rows": own_requests(request.actor, request.language)})


@page(Permission.REQUEST_VETTING)
def of_person(request: Visit, key: UUID) -> HttpResponse:
    return _ask(request, person_record(request.actor, key), page_of("person", key))


@page(Permission.REQUEST_VETTING)
def of_unit(request: Visit, key: UUID) -> HttpResponse:
    return _ask(request, organisation_record(request.actor, key), page_of("organisation", key))


def _ask(request: Visit, subject: Any, back: str) -> HttpResponse:
    sheet = Sheet(
        "vetting", _("Ask for vetting"), _("Ask for it"), _("Asked. You will find yes or not yet in this list."), back,
        _("The vetting officers check it. You will read yes or not yet, and nothing else."), str(subject),
    )  # fmt: skip
    return filled(
        request, sheet, VettingForm(posted(request)),
        lambda found: request_vetting(
            actor=request.actor, subject=subject, purpose=found["purpose"], course=found["course"]
        ),
        onward=lambda _request: page_of("vetting"),
    )  # fmt: skip
