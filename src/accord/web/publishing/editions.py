"""One edition on the desk: read over, publish, correct, withdraw."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accord.kernel.errors import Conflict, Invalid, WrongState
from accord.kernel.text import localised
from accord.publishing import queries
from accord.publishing.choices import EditionState
from accord.publishing.pdf import pdf
from accord.publishing.permissions import Permission
from accord.publishing.queries import EditionSheet
from accord.publishing.services import correct_edition, publish_edition, withdraw_edition
from accord.web.pages import Visit, page, render
from accord.web.publishing import shown
from accord.web.publishing.choosing import address, speak


@dataclass(frozen=True, slots=True)
class Wording:
    """A step that needs words to the readers: its template, what each field asks for, what is said afterwards."""

    template: str
    label: Any
    done: Any


CORRECTING = Wording(
    "publishing/correct.html",
    gettext_lazy("Note to the readers, in %(language)s"),
    gettext_lazy("Corrected. Both editions stay readable."),
)
WITHDRAWING = Wording(
    "publishing/withdraw.html",
    gettext_lazy("Reason for the readers, in %(language)s"),
    gettext_lazy("Withdrawn. The list of editions says so."),
)
# What a step answers when it cannot be taken, and what the page then says beside what was typed.
ANSWERED = (Conflict, Invalid, WrongState)


class WordsForm(forms.Form):
    """The same words to the readers in every language of the sheet; the fields are named by language."""

    def __init__(self, *args: Any, languages: tuple[str, ...], label: str, **options: Any) -> None:
        super().__init__(*args, **options)
        for code in languages:
            self.fields[code] = forms.CharField(
                label=label % {"language": shown.language_name(code)},
                widget=forms.Textarea(attrs={"lang": code, "dir": shown.direction(code), "rows": "3"}),
                max_length=2000,
                error_messages={"required": _("Tell the readers why, in this language too.")},
            )


@page(Permission.READ_DESK)
def shown_edition(request: Visit, number: int) -> HttpResponse:
    return _shown(request, queries.edition(request.actor, number))


@page(Permission.READ_DESK)
def proof(request: Visit, number: int) -> HttpResponse:
    """The edition on paper before it is published; it says that it is not."""
    speak(request)
    printed = pdf(queries.edition(request.actor, number), request.language)
    response = HttpResponse(printed, content_type="application/pdf")
    response.headers["Content-Disposition"] = content_disposition_header(False, f"proof-{number}.pdf") or "inline"
    return response


@page(Permission.PUBLISH_EDITION, proven=True)
def publish(request: Visit, number: int) -> HttpResponse:
    found = queries.edition(request.actor, number)  # nobody publishes what he may not read
    if request.method != "POST":
        return HttpResponseRedirect(address("desk-edition", number=number))
    try:
        publish_edition(actor=request.actor, number=number)
    except ANSWERED as error:
        return _shown(request, found, problem=str(error), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, _("Published. The public reads it now."))
    return HttpResponseRedirect(address("desk-edition", number=number))


@page(Permission.PUBLISH_EDITION, proven=True)
def correct(request: Visit, number: int) -> HttpResponse:
    """Replace an edition by what the records say now about the same day, with a note to the readers."""

    def act(typed: dict[str, str]) -> int:
        return correct_edition(actor=request.actor, number=number, note=typed).number

    return _with_words(request, number, CORRECTING, act)


@page(Permission.PUBLISH_EDITION)
def withdraw(request: Visit, number: int) -> HttpResponse:
    """Take an edition away from the public; that it existed, and why it went, stays."""

    def act(typed: dict[str, str]) -> int:
        return withdraw_edition(actor=request.actor, number=number, reason=typed).number

    return _with_words(request, number, WITHDRAWING, act)


def _with_words(request: Visit, number: int, step: Wording, act: Callable[[dict[str, str]], int]) -> HttpResponse:
    found = queries.edition(request.actor, number)
    if request.method != "POST" and not (request.is_today and found.edition.state == EditionState.PUBLISHED):
        return HttpResponseRedirect(address("desk-edition", number=number))
    form = WordsForm(request.POST or None, languages=found.sheet.languages, label=str(step.label))
    if request.method == "POST" and form.is_valid():
        try:
            result = act(form.cleaned_data)
        except ANSWERED as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, step.done)
            return HttpResponseRedirect(address("desk-edition", number=result))
    changes = _changes(request, found)
    context = {"form": form, "edition": shown.edition(found.edition, request.language), "changes": changes}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, step.template, context | _crumbs(), status)


def _shown(request: Visit, found: EditionSheet, *, problem: str = "", status: int = HTTPStatus.OK) -> HttpResponse:
    language, row = request.language, found.edition
    context = {
        "problem": problem,
        "edition": shown.edition(row, language),
        "row": row,
        "steps": [
            {"name": step.name, "at": step.at, "by": step.by, "reason": localised(step.reason, language)}
            for step in row.steps
        ],
        "tongue": shown.tongue(found.sheet, language),
        "sections": shown.claims(found.sheet, language, {}),
        "changes": _changes(request, found),
        "can_publish": row.state == EditionState.DRAFT,
        "can_replace": row.state == EditionState.PUBLISHED,
    }
    return render(request, "publishing/desk_edition.html", context | _crumbs(), status)


def _changes(request: Visit, found: EditionSheet) -> list[dict[str, Any]]:
    """What the records say differently by now about the day of the edition."""
    sheet = queries.sheet(found.sheet.as_of)
    changes = queries.compare(found.sheet, sheet)
    return shown.differences(changes, shown.clauses_of(found.sheet, sheet), request.language)


def _crumbs() -> dict[str, Any]:
    return {"breadcrumbs": [{"label": _("Fact sheet desk"), "url": address("publishing")}]}
