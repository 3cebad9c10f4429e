"""Versions of the mandate: read, compare, draft, bring into force; the acts they rest on."""

import hashlib
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.kernel.clock import today
from accord.mandate.choices import InstrumentKind, RequestPurpose, VersionState
from accord.mandate.permissions import Permission
from accord.mandate.queries.options import host_institutions, institutions_chosen
from accord.mandate.queries.requests import accepted_requests, request_for
from accord.mandate.queries.rows import Named
from accord.mandate.queries.versions import (
    comparison,
    instrument_for,
    instruments,
    version_for,
    version_page,
    versions,
)
from accord.mandate.services import (
    activate_version,
    complete_version,
    draft_version,
    record_instrument,
    word_clause,
)
from accord.web import words
from accord.web.mandate.forms import ActsForm, ClauseForm, InstrumentForm, StartForm, VersionForm
from accord.web.mandate.overview import written
from accord.web.pages import Visit, page, render
from accord.web.sheets import Sheet, filled, page_of, posted

ACT_WORDS = {
    "request": lambda: _("Request of the host government"),
    "invitation": lambda: _("Invitation"),
    "decision": lambda: _("Decision"),
}


def chosen(rows: list[Named]) -> list[tuple[str, str]]:
    return [(str(row.id), row.name) for row in rows]


@page(Permission.READ_MANDATE)
def detail(request: Visit, key: UUID) -> HttpResponse:
    found = version_page(key, request.language, request.day)
    acts = [
        {
            "label": ACT_WORDS[act.kind](),
            "state": "met" if act.met else "missing",
            "note": " · ".join(n for n in (act.title, act.by, written(act.on) if act.on else "") if n),
            "url": page_of("request", act.key) if act.kind == "request" and act.key else "",
            "origin": act.source,
        }
        for act in found.acts
    ]
    others = [v for v in versions(request.language, request.day) if v.id != key]
    draft = found.row.state == "draft" and request.is_today
    context = {
        "found": found,
        "acts": acts,
        "others": others,
        "can_draft": draft and request.actor.may(Permission.DRAFT_MANDATE),
        "can_activate": draft and request.actor.may(Permission.ACTIVATE_MANDATE),
    }
    return render(request, "mandate/version.html", context)


@page(Permission.READ_MANDATE)
def compare(request: Visit) -> HttpResponse:
    """Any two versions side by side; without a choice, the last two."""
    rows = versions(request.language, request.day)
    keys = {str(v.id) for v in rows}
    left, right = (request.GET.get(name, "") for name in ("left", "right"))
    if len(rows) > 1 and not (left in keys and right in keys):
        left, right = str(rows[1].id), str(rows[0].id)
    both = comparison(UUID(left), UUID(right), request.language, request.day) if len(rows) > 1 else None
    options = [(str(v.id), _version_words(v.number, v.title)) for v in rows]
    context = {"both": both, "options": options, "left": left, "right": right}
    return render(request, "mandate/compare.html", context)


def _version_words(number: int, title: str) -> str:
    return _("%(number)s: %(title)s") % {"number": words.number(number), "title": title}


def _acts(request: Visit) -> dict[str, Any]:
    return {
        "requests": chosen(accepted_requests(request.language, RequestPurpose.MANDATE)),
        "invitations": chosen(instruments(request.language, InstrumentKind.INVITATION)),
        "decisions": chosen(instruments(request.language, InstrumentKind.DECISION)),
    }


def _named_acts(data: dict[str, Any]) -> dict[str, Any]:
    return {
        "request": request_for(data["request"]) if data["request"] else None,
        "invitation": instrument_for(data["invitation"] or None),
        "decision": instrument_for(data["decision"] or None),
    }


@page(Permission.DRAFT_MANDATE)
def new(request: Visit) -> HttpResponse:
    options = host_institutions(request.language, request.day)
    form = VersionForm(posted(request), institutions=options, **_acts(request))
    sheet = Sheet(
        key="version",
        title=_("Draft a version of the mandate"),
        lead=_("It starts with the clauses and institutions of the version before. Nothing is in force yet."),
        submit=_("Draft it"),
        done=_("Drafted. Word its clauses, then the commander can bring it into force."),
        back=reverse("mandate"),
    )

    def draft(data: dict[str, Any]) -> Any:
        added = institutions_chosen(data["add_institutions"])
        return draft_version(
            actor=request.actor, title=form.said("title"), summary=form.said("summary"), add_institutions=added,
            **_named_acts(data),
        )  # fmt: skip

    return filled(request, sheet, form, draft, onward=lambda v: page_of("version", v.pk))


@page(Permission.DRAFT_MANDATE)
def complete(request: Visit, key: UUID) -> HttpResponse:
    version = version_for(key)
    initial = {name: getattr(version, f"{name}_id") for name in ("request", "invitation", "decision")}
    form = ActsForm(posted(request), initial=initial, **_acts(request))
    sheet = Sheet(
        key="acts",
        title=_("The three acts"),
        lead=_("A version comes into force only with all three: a request, an invitation and a decision."),
        submit=_("Save"),
        done=_("Saved."),
        back=page_of("version", key),
    )
    return filled(
        request,
        sheet,
        form,
        lambda data: complete_version(actor=request.actor, version=version, **_named_acts(data)),
        possible=version.state == VersionState.DRAFT,
    )


@page(Permission.DRAFT_MANDATE)
def clause(request: Visit, key: UUID) -> HttpResponse:
    found = version_page(key, request.language, request.day)
    code = request.GET.get("code", "")
    old = next((c.words for c in found.clauses if c.code == code), {})
    initial = {"code": code, **{f"text_{lang}": text for lang, text in old.items()}}
    form = ClauseForm(posted(request), initial=initial)
    sheet = Sheet(
        key="clause",
        title=_("Word a clause"),
        lead=_("Leave the text empty to take the clause out of this version."),
        eyebrow=found.row.title,
        submit=_("Save the clause"),
        done=_("Saved."),
        back=page_of("version", key),
    )
    return filled(
        request,
        sheet,
        form,
        lambda data: word_clause(
            actor=request.actor, version=version_for(key), code=data["code"], text=form.said("text")
        ),
        possible=found.row.state == VersionState.DRAFT,
    )


@page(Permission.ACTIVATE_MANDATE)
def activate(request: Visit, key: UUID) -> HttpResponse:
    found = version_page(key, request.language, request.day)
    form = StartForm(posted(request), initial={"start": today()})
    sheet = Sheet(
        key="activate",
        title=_("Bring this version into force"),
        lead=_("The version before ends the day before. What is planned from then on is asked at the gate again."),
        eyebrow=found.row.title,
        submit=_("Bring into force"),
        done=_("Done. The timeline shows it."),
        back=page_of("version", key),
    )
    return filled(
        request,
        sheet,
        form,
        lambda data: activate_version(actor=request.actor, version=version_for(key), start=data["start"]),
        possible=found.row.state == VersionState.DRAFT,
    )


@page(Permission.DRAFT_MANDATE)
def new_instrument(request: Visit) -> HttpResponse:
    form = InstrumentForm(posted(request), request.FILES or None, initial={"date_precision": "day"})
    sheet = Sheet(
        key="instrument",
        title=_("Record an invitation or a decision"),
        lead=_("A dated act of somebody with authority. Versions of the mandate rest on it."),
        submit=_("Record it"),
        done=_("Recorded. It can now be named in a version."),
        back=reverse("mandate-timeline"),
        multipart=True,
    )

    def note(data: dict[str, Any]) -> Any:
        document = data["document"]
        return record_instrument(
            actor=request.actor, kind=data["kind"], title=form.said("title"), issued_by=form.said("issued_by"),
            issued_on=data["issued_on"], date_precision=data["date_precision"], reference=data["reference"],
            digest=hashlib.sha256(document.read()).hexdigest() if document else "",
        )  # fmt: skip

    return filled(request, sheet, form, note)
