"""Why the reader may see a record; for those who look after need-to-know, who else; and another marking for it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.access.permissions import Permission
from accord.access.queries import whom_to_ask
from accord.access.services import mark_record
from accord.kernel.errors import NotFound
from accord.people.queries import markings, readers, reasons
from accord.web.knowing.forms import MarkForm
from accord.web.pages import Visit, page, render
from accord.web.sheets import Sheet, filled, posted

# How records are called in addresses, and the page that shows each.
RECORDS = {
    "engagement": "advising.engagement",
    "report": "advising.report",
    "accord": "mandate.accord",
    "request": "mandate.hostrequest",
    "version": "mandate.mandateversion",
    "organisation": "people.organisation",
    "position": "people.position",
    "person": "people.person",
    "objective": "objectives.objective",
}


@page(Permission.SIGN_IN)
def reasons_shown(request: Visit, kind: str, key: UUID) -> HttpResponse:
    actor, label = request.actor, _label(kind)
    found = reasons(actor, label, key, request.language)
    sees_readers = actor.may(Permission.SEE_READERS)
    context = {
        "r": found,
        "kind": kind,
        "key": key,
        "readers": readers(actor, label, key) if sees_readers else None,
        "whom": whom_to_ask(Permission.SEE_READERS),
        "can_mark": request.is_today and found.marking is not None and actor.may(Permission.MARK_RECORDS),
        "breadcrumbs": [] if kind == "report" else [{"label": found.name, "url": reverse(kind, kwargs={"key": key})}],
    }
    return render(request, "knowing/why.html", context)


@page(Permission.MARK_RECORDS, proven=True)
def mark(request: Visit, kind: str, key: UUID) -> HttpResponse:
    actor, label = request.actor, _label(kind)
    found = reasons(actor, label, key, request.language)
    form = MarkForm(
        posted(request), markings=markings(request.language, actor.markings),
        initial={"marking": found.marking.code if found.marking else ""},
    )  # fmt: skip
    sheet = Sheet(
        "mark-record", _("Change the marking"), _("Change it"), _("The marking is changed."),
        reverse("why", kwargs={"kind": kind, "key": key}),
        _("A wider marking shows the record to more people from the next page on. What they have read cannot be taken "
          "back."),
        found.name,
    )  # fmt: skip

    def change(given: dict[str, Any]) -> bool:
        mark_record(actor=actor, label=label, key=key, marking=given["marking"], reason=given["reason"])
        return True

    return filled(request, sheet, form, change)


def _label(kind: str) -> str:
    if kind not in RECORDS:
        raise NotFound(_("There is no such record, or it is not yours to know."))
    return RECORDS[kind]
