"""What the mission may do on a day, and how it came to be so."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.kernel.writing import written_month
from accord.mandate.permissions import Permission
from accord.mandate.queries.areas import areas
from accord.mandate.queries.consent import Coverage, Key, consent_at_a_glance, next_expiring
from accord.mandate.queries.ground import posture_on
from accord.mandate.queries.rows import Dated
from accord.mandate.queries.timeline import GROUPS, Event, timeline
from accord.mandate.queries.versions import version_in_force, versions
from accord.web import words
from accord.web.pages import Visit, page, render
from accord.web.sheets import page_of

KEY_WORDS = {
    "requirement": lambda: _("Requirement"),
    "accord": lambda: _("Consent"),
    "control": lambda: _("Control status"),
    "conditions": lambda: _("Conditions"),
}


@page(Permission.READ_MANDATE)
def overview(request: Visit) -> HttpResponse:
    lang, day = request.language, request.day
    coverage = consent_at_a_glance(lang, day)
    return render(
        request,
        "mandate/overview.html",
        {
            "force": version_in_force(lang, day),
            "posture": posture_on(lang, day),
            "areas": [a for a in areas(lang, day) if a.state == "in_force"],
            "uncovered": [c for c in coverage if c.accord is None],
            "covered": [c for c in coverage if c.accord is not None],
            "consents": _by_accord(coverage),
            "keys": [_key(k) for k in next_expiring(lang, day)],
            "versions": versions(lang, day),
        },
    )


def _by_accord(coverage: list[Coverage]) -> list[dict[str, Any]]:
    """Each accord in force with the institutions it covers."""
    found: dict[UUID, dict[str, Any]] = {}
    for row in coverage:
        if row.accord:
            url = page_of("accord", row.accord.id)
            found.setdefault(row.accord.id, {"title": row.accord.name, "url": url, "names": []})
            found[row.accord.id]["names"].append(row.institution.name)
    return list(found.values())


def _key(key: Key) -> dict[str, Any]:
    pages = {
        "requirement": ("request", key.about),
        "accord": ("accord", key.about),
        "control": ("control-status", None),
        "conditions": ("conditions", None),
    }
    return {
        "title": key.title,
        "url": page_of(*pages[key.kind]),
        "why": KEY_WORDS[key.kind](),
        "when": _("until %(day)s") % {"day": words.day(key.last_day)},
        "iso": words.isoday(key.last_day),
        "tone": "warn" if key.soon else "calm",
        "icon": "clock",
    }


def written(on: Dated) -> str:
    """A day, or its month where no more is known."""
    return written_month(on.day, words.language()) if on.precision == "month" else words.day(on.day)


@page(Permission.READ_MANDATE)
def history(request: Visit) -> HttpResponse:
    group = request.GET.get("only", "")
    group = group if group in GROUPS else ""
    labels = {
        "": _("Everything"),
        "mandate": _("Mandate"),
        "consent": _("Consent"),
        "ground": _("Where and how"),
        "command": _("Command"),
    }
    tabs = [
        {"label": label, "url": f"?only={name}" if name else "?", "current": name == group}
        for name, label in labels.items()
    ]
    events = [_event(e) for e in timeline(request.language, request.day, group=group)]
    return render(request, "mandate/timeline.html", {"events": events, "tabs": tabs})


def _event(event: Event) -> dict[str, Any]:
    return {
        "date": written(event.on),
        "iso": event.on.day.strftime("%Y-%m") if event.on.precision == "month" else words.isoday(event.on.day),
        "year": written_month(event.on.day, words.language()).rsplit(maxsplit=1)[-1],
        "kind": event.kind,
        "title": event.title,
        "text": event.text,
        "what": event.what,
        "url": reverse(event.link, kwargs={"key": event.key} if event.key else None) if event.link else "",
        "origin": event.source,
        "future": event.is_future,
    }
