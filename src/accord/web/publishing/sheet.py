"""What everybody may read: the sheet in force on a day, every edition, two editions side by side."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _

from accord.kernel.clock import today
from accord.kernel.errors import NotFound
from accord.kernel.text import localised
from accord.publishing import queries
from accord.publishing.choices import EditionState
from accord.publishing.formats import as_jsonld
from accord.publishing.queries import EditionRow, EditionSheet, PublicSheet
from accord.publishing.rules import Sheet
from accord.web import words
from accord.web.pages import Visit, public_page, render
from accord.web.publishing import shown
from accord.web.publishing.choosing import address, chosen_day, chosen_number, here, other_languages, speak


@public_page
def fact_sheet(request: Visit) -> HttpResponse:
    """The edition in force on the chosen day; its sentences stay as they were published."""
    speak(request)
    chosen = chosen_day(request)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if chosen.problem else HTTPStatus.OK
    context = {
        **_around(request),
        "problem": chosen.problem,
        "day": chosen.day,
        "is_today_shown": chosen.day == today(),
        "control": {
            "iso": chosen.day.isoformat(),
            "label": words.day(chosen.day),
            "is_today": chosen.day == today(),
            "action": address("factsheet"),
            "max": today().isoformat(),
            "hidden": [{"name": "lang", "value": request.GET["lang"]}] if request.GET.get("lang") else [],
        },
    }
    found = queries.public_sheet(chosen.day)
    if found is None:
        return render(request, "publishing/none.html", {**context, "first": _first()}, status)
    return render(request, "publishing/sheet.html", {**context, **_in_force(found, request.language)}, status)


def _in_force(found: PublicSheet, language: str) -> dict[str, Any]:
    reviewed = [one.claim.code for one in found.claims if one.under_review]
    day = found.on.isoformat()
    return {
        **_content(found.sheet, language, reviewed),
        "edition": shown.edition(found.edition, language),
        "reviewed": len(reviewed),
        "links": {
            "pdf": address("factsheet-pdf", as_of=day, lang=language),
            "json": address("factsheet-json", as_of=day),
        },
    }


def _content(sheet: Sheet, language: str, reviewed: list[str]) -> dict[str, Any]:
    return {
        "name": localised(sheet.name, language),
        "acronym": sheet.acronym,
        "tongue": shown.tongue(sheet, language),
        "sections": shown.sections(sheet, language, reviewed),
        "cited": shown.sources(sheet, language),
        "contact": shown.contact(sheet.contact, language),
        "jsonld": as_jsonld(sheet, language),
    }


def _around(request: Visit) -> dict[str, Any]:
    """What every public page of this area has beside its content."""
    return {"others": other_languages(request), "here": here(request), "all_languages": settings.LANGUAGES}


def _first() -> EditionRow | None:
    """The earliest edition that is still published."""
    published = [row for row in queries.public_editions() if row.state == EditionState.PUBLISHED]
    return min(published, key=lambda row: row.as_of, default=None)


@public_page
def listing(request: Visit) -> HttpResponse:
    """Everything ever published; corrections and withdrawals stay in sight."""
    speak(request)
    rows = queries.public_editions()
    current = queries.edition_in_force(today())
    context = {
        "rows": _with_earlier(rows, request.language),
        "current": current.number if current else 0,
        "choices": _readable(rows),
    }
    return render(request, "publishing/editions.html", {**_around(request), **context})


def _with_earlier(rows: list[EditionRow], language: str) -> list[dict[str, Any]]:
    """Newest first, each with the edition that a reader would compare it with: what it corrects, or the one before."""
    readable = [row for row in rows if row.state != EditionState.WITHDRAWN]
    found = []
    for row in rows:
        before = max(((other.as_of, other.number) for other in readable if other.as_of < row.as_of), default=None)
        earlier = row.corrects or (before[1] if before else 0)
        is_readable = row.state != EditionState.WITHDRAWN
        compare = address("compare-editions", a=earlier, b=row.number) if earlier and is_readable else ""
        found.append({**shown.edition(row, language), "compare_url": compare, "is_readable": is_readable})
    return found


def _readable(rows: list[EditionRow]) -> list[dict[str, str]]:
    """Editions to choose from when comparing."""
    return [
        {
            "value": str(row.number),
            "label": _("Edition %(number)s, as of %(day)s")
            % {"number": words.number(row.number), "day": words.day(row.as_of)},
        }
        for row in rows
        if row.state != EditionState.WITHDRAWN
    ]


@public_page
def edition(request: Visit, number: int) -> HttpResponse:
    """One edition, frozen. Of a withdrawn one only that it existed and why it went."""
    speak(request)
    rows = {row.number: row for row in queries.public_editions()}
    if number in rows and rows[number].state == EditionState.WITHDRAWN:
        context = {**_around(request), "edition": shown.edition(rows[number], request.language)}
        return render(request, "publishing/withdrawn.html", context, HTTPStatus.GONE)
    found = queries.public_edition(number)
    context = {
        **_around(request),
        **_content(found.sheet, request.language, []),
        "edition": shown.edition(found.edition, request.language),
        "reviewed": 0,
        "links": {
            "pdf": address("factsheet-pdf", edition=number, lang=request.language),
            "json": address("factsheet-json", edition=number),
        },
    }
    return render(request, "publishing/edition.html", context)


@public_page
def comparison(request: Visit) -> HttpResponse:
    """Two editions claim by claim."""
    speak(request)
    a, b = chosen_number(request, "a"), chosen_number(request, "b")
    context = {**_around(request), "choices": _readable(queries.public_editions()), "a": a, "b": b, "problem": ""}
    sides = [_readable_edition(number) for number in (a, b)]
    if "a" not in request.GET and "b" not in request.GET:
        return render(request, "publishing/compare.html", {**context, "left": None})
    if sides[0] is None or sides[1] is None:
        problem = _("Choose two editions that can be read, one on each side.")
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, "publishing/compare.html", {**context, "left": None, "problem": problem}, status)
    return render(request, "publishing/compare.html", {**context, **_compared(sides[0], sides[1], request.language)})


def _readable_edition(number: int) -> EditionSheet | None:
    try:
        return queries.public_edition(number)
    except NotFound:
        return None


def _compared(left: EditionSheet, right: EditionSheet, language: str) -> dict[str, Any]:
    found = queries.compare(left.sheet, right.sheet)
    changed = {difference.code for difference in found}
    return {
        "left": shown.edition(left.edition, language),
        "right": shown.edition(right.edition, language),
        "rows": shown.differences(found, shown.clauses_of(left.sheet, right.sheet), language),
        "same": [localised(claim.text, language) for claim in right.sheet.claims if claim.code not in changed],
        "swap_url": address("compare-editions", a=right.edition.number, b=left.edition.number),
    }
