"""The sheet for machines and for paper. Both answer the question whether anything changed without being made again."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

import accord
from accord.kernel.clock import day_of
from accord.kernel.errors import NotFound
from accord.publishing import queries
from accord.publishing.formats import as_json
from accord.publishing.pdf import pdf
from accord.publishing.queries import EditionSheet
from accord.web import words
from accord.web.pages import Visit, public_page, render
from accord.web.publishing.choosing import chosen_day, chosen_number, speak


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for, or what is wrong with it."""

    document: EditionSheet | None
    reviewed: tuple[str, ...] = ()
    problem: str = ""
    status: HTTPStatus = HTTPStatus.OK

    def tag(self, *more: str) -> str:
        """Changes with the content, with what became of the edition, and with the version that writes it."""
        if self.document is None:
            return ""
        edition = self.document.edition
        parts = [str(edition.number), edition.state, edition.digest[:16], *self.reviewed, *more, accord.__version__]
        return f'"{"-".join(parts)}"'

    def name(self, ending: str) -> str:
        if self.document is None:
            return ""
        sheet = self.document.sheet
        return f"{sheet.code}-fact-sheet-{sheet.as_of.isoformat()}{ending}"


@public_page
def machine_form(request: Visit) -> HttpResponse:
    """JSON with every language in it, so that one file serves all."""
    speak(request)
    asked = _asked(request)
    if asked.document is None:
        return JsonResponse({"error": asked.problem}, status=asked.status, json_dumps_params={"ensure_ascii": False})
    unchanged = get_conditional_response(request, etag=asked.tag())
    response = unchanged or JsonResponse(
        machine_readable(asked.document, asked.reviewed), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    return _filed(response, asked.tag(), asked.name(".json"))


@public_page
def paper_form(request: Visit) -> HttpResponse:
    """PDF in the reader's language, or the one the address names."""
    speak(request)
    asked = _asked(request)
    if asked.document is None:
        return render(request, "publishing/no_file.html", {"problem": asked.problem}, asked.status)
    tag = asked.tag(request.language)
    unchanged = get_conditional_response(request, etag=tag)
    response = unchanged or HttpResponse(pdf(asked.document, request.language), content_type="application/pdf")
    response.headers["Content-Language"] = request.language
    return _filed(response, tag, asked.name(f"-{request.language}.pdf"))


def machine_readable(document: EditionSheet, reviewed: tuple[str, ...]) -> dict[str, Any]:
    """The released form: what is stated and where it comes from, without the keys of our own records."""
    edition = document.edition
    content = as_json(document.sheet)
    for claim in content["claims"]:
        del claim["records"]
    return content | {
        "edition": {
            "number": edition.number,
            "state": edition.state,
            "published_on": day_of(edition.published_at).isoformat() if edition.published_at else None,
            "corrects": edition.corrects,
            "corrected_by": edition.corrected_by,
            "note": dict(edition.note),
        },
        "under_review": list(reviewed),
    }


def _asked(request: Visit) -> Asked:
    """The edition by its number, else the one in force on a day."""
    if "edition" in request.GET:
        try:
            return Asked(queries.public_edition(chosen_number(request, "edition")))
        except NotFound as error:
            return Asked(None, problem=str(error), status=HTTPStatus.NOT_FOUND)
    chosen = chosen_day(request)
    if chosen.problem:
        return Asked(None, problem=chosen.problem, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    found = queries.public_sheet(chosen.day)
    if found is None:
        problem = _("No fact sheet was in force on %(day)s.") % {"day": words.day(chosen.day)}
        return Asked(None, problem=problem, status=HTTPStatus.NOT_FOUND)
    reviewed = tuple(one.claim.code for one in found.claims if one.under_review)
    return Asked(EditionSheet(found.edition, found.sheet), reviewed)


def _filed(response: HttpResponse, tag: str, name: str) -> HttpResponse:
    """Ask again each time, but carry it only if it changed."""
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    return response
