"""The desk of public affairs: what the records say today, what the public reads, and what lies between."""

from collections.abc import Iterable
from datetime import date
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accord.kernel.clock import today
from accord.kernel.errors import Invalid
from accord.publishing import queries
from accord.publishing.choices import EditionState
from accord.publishing.permissions import Permission
from accord.publishing.queries import EditionRow
from accord.publishing.services import prepare_edition, publish_history
from accord.web import words
from accord.web.fields import DayField
from accord.web.pages import Visit, page, render
from accord.web.publishing import shown
from accord.web.publishing.choosing import address


class DayForm(forms.Form):
    as_of = DayField(
        label=gettext_lazy("Day it describes"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("The first day on which the sheet shall read so, today or earlier."),
    )


@page(Permission.READ_DESK)
def desk(request: Visit) -> HttpResponse:
    return _desk(request, DayForm(initial={"as_of": today()}))


@page(Permission.PREPARE_EDITION)
def prepare(request: Visit) -> HttpResponse:
    """Prepare an edition as of a day; it is read over before anybody publishes it."""
    if request.method != "POST":
        return HttpResponseRedirect(address("publishing"))
    form = DayForm(request.POST)
    if form.is_valid():
        try:
            edition = prepare_edition(actor=request.actor, as_of=form.cleaned_data["as_of"])
        except Invalid as error:
            _explain(form, error)
        else:
            messages.success(request, _("The edition is prepared. Read it over, then publish it."))
            return HttpResponseRedirect(address("desk-edition", number=edition.number))
    return _desk(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)


@page(Permission.PUBLISH_EDITION, proven=True)
def history(request: Visit) -> HttpResponse:
    """Publish an edition for every day on which the sheet began to read differently and that has none."""
    if request.method == "POST":
        missing = [row["day"] for row in _days(request, queries.editions(request.actor)) if row["is_missing"]]
        done = publish_history(actor=request.actor, start=missing[0]) if missing else []
        said = ngettext("%(count)s edition is published.", "%(count)s editions are published.", len(done))
        messages.success(request, said % {"count": words.number(len(done))})
    return HttpResponseRedirect(address("publishing"))


def _explain(form: forms.Form, error: Invalid) -> None:
    form.add_error(None, str(error))
    for name, faults in error.fields.items():
        form.add_error(name if name in form.fields else None, [str(fault) for fault in faults])


def _desk(request: Visit, form: DayForm, status: int = HTTPStatus.OK) -> HttpResponse:
    language, day = request.language, request.day
    sheet = queries.sheet(day)
    rows = queries.editions(request.actor)
    force = queries.edition_in_force(day)
    frozen = queries.edition(request.actor, force.number).sheet if force else None
    found = queries.compare(frozen, sheet) if frozen else ()
    days = _days(request, rows)
    context = {
        "on": day,
        "form": form,
        "force": shown.edition(force, language) if force else None,
        "tongue": shown.tongue(sheet, language),
        "sections": shown.claims(sheet, language, {d.code: d for d in found}),
        "claim_count": len(sheet.claims),
        "changes": shown.differences(found, shown.clauses_of(*filter(None, (frozen, sheet))), language),
        "editions": [shown.edition(row, language) for row in rows if row.state != EditionState.DRAFT],
        "drafts": [shown.edition(row, language) for row in rows if row.state == EditionState.DRAFT],
        "days": days,
        "missing": sum(row["is_missing"] for row in days),
    }
    return render(request, "publishing/desk.html", context, status)


def _days(request: Visit, rows: Iterable[EditionRow]) -> list[dict[str, Any]]:
    """Every day on which the sheet began to read differently, newest first in ``rows``, with the edition it has."""
    latest: dict[date, EditionRow] = {}
    for row in sorted(rows, key=lambda row: row.number):
        if row.state != EditionState.CORRECTED:
            latest[row.as_of] = row
    found = []
    for day in queries.change_days(date.min, request.day):
        edition = latest.get(day)
        found.append(
            {
                "day": day,
                "edition": shown.edition(edition, request.language) if edition else None,
                "is_missing": edition is None or edition.state == EditionState.DRAFT,
            }
        )
    return found
