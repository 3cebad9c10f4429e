"""One way to show a form, send it to a use case, and answer: done and where to go, or what to put right."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from accord.mandate.queries.options import text_languages
from accord.web.fields import WordsForm, carried_out, own_language_first
from accord.web.pages import Visit, render

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a form page says. ``key`` keeps what is typed in the browser; ``back`` is where cancelling leads."""

    key: str
    title: str
    submit: str
    done: str
    back: str
    lead: str = ""
    eyebrow: str = ""
    kind: str = "primary"
    multipart: bool = False


def filled(
    request: Visit,
    sheet: Sheet,
    form: WordsForm,
    use_case: Callable[[dict[str, Any]], T],
    *,
    onward: Callable[[T], str] | None = None,
    context: dict[str, Any] | None = None,
    possible: bool = True,
    template: str = "mandate/form.html",
) -> HttpResponse:
    """Show the form; once it is sent and holds, carry it out, say so, and go on.

    ``possible`` tells whether the record is in a state for it; somebody else may have been quicker.
    """
    if not possible:
        messages.error(request, _("This step is not possible now: look at the present state first."))
        return HttpResponseRedirect(sheet.back)
    if request.method == "POST" and form.is_valid():
        result = carried_out(form, lambda: use_case(form.cleaned_data))
        if result is not None:
            messages.success(request, sheet.done)
            return HttpResponseRedirect(onward(result) if onward else sheet.back)
    status = 422 if request.method == "POST" else 200
    return render(request, template, {"sheet": sheet, "form": form, **(context or {})}, status=status)


def posted(request: Visit) -> Any:
    """What was sent, or None for a page that is only opened."""
    return request.POST if request.method == "POST" else None


def day_after(day: date | None) -> date | None:
    """Forms ask for the last day; periods end on the first day that no longer belongs to them."""
    return day + timedelta(days=1) if day else None


def side_by_side(texts: Mapping[str, str]) -> list[dict[str, str]]:
    """One text in every language in which it was written, the reader's first, then the mission's own."""
    found = []
    for code in own_language_first(dict.fromkeys([*text_languages(), *texts])):
        if texts.get(code):
            info = get_language_info(code)
            direction = "rtl" if info["bidi"] else "ltr"
            found.append({"lang": code, "dir": direction, "name": info["name_local"], "text": texts[code]})
    return found


def page_of(name: str, key: Any = None, *, code: str = "") -> str:
    return reverse(name, kwargs={"key": key} if key else {"code": code} if code else None)
