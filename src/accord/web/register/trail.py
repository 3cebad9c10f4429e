"""The trail: who did what, when and why, in words."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from accord.audit.permissions import Permission
from accord.audit.queries import EntryRow, actions, last_checkpoint, sealing, trail
from accord.web.pages import Visit, page, render
from accord.web.register.deeds import CHANNELS, deed
from accord.web.words import doer

PAGES = {
    "advising.engagement": "engagement",
    "mandate.accord": "accord",
    "mandate.hostrequest": "request",
    "objectives.objective": "objective",
    "people.organisation": "organisation",
    "people.person": "person",
    "people.position": "position",
}


@page(Permission.READ_TRAIL)
def listing(request: Visit) -> HttpResponse:
    words, action = request.GET.get("q", "").strip(), request.GET.get("action", "")
    number = request.GET.get("page", "1")
    current = max(int(number), 1) if number.isdecimal() and len(number) < 7 else 1
    entries, more = trail(
        request.actor,
        until=None if request.is_today else request.day,
        action=action,
        about=_key(request.GET.get("about", "")),
        words=words,
        page=current,
    )
    query = request.GET.copy()
    query.pop("page", None)
    base = f"?{query.urlencode()}&page=" if query else "?page="
    return render(
        request,
        "register/trail.html",
        {
            "sealing": sealing(request.actor),
            "entries": [_shown(entry) for entry in entries],
            "words": words,
            "action": action,
            "actions": sorted(((name, deed(name)) for name in actions()), key=lambda pair: pair[1]),
            "newer": f"{base}{current - 1}" if current > 1 else "",
            "older": f"{base}{current + 1}" if more else "",
        },
    )


@page(Permission.READ_TRAIL)
def checkpoint(request: Visit) -> HttpResponse:
    """The latest checkpoint as a line of a file, for the auditor to keep where nobody else reaches it."""
    last = last_checkpoint(request.actor)
    name = f"checkpoint-{last.checkpoint.number}.json"
    return HttpResponse(
        last.line() + b"\n",
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _shown(entry: EntryRow) -> dict[str, Any]:
    name = PAGES.get(entry.object_type)
    return {
        "at": entry.at,
        "who": doer(entry.actor),
        "channel": CHANNELS.get(entry.channel.removeprefix("after "), entry.channel),
        "what": deed(entry.action),
        "about": entry.object_name,
        "url": reverse(name, kwargs={"key": entry.object_id}) if name and entry.object_id else "",
        "why": entry.reason,
        "changes": [(key, _plain(value)) for key, value in entry.changes.items() if value not in (None, "", [], {})],
    }


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return " · ".join(f"{key}: {_plain(inner)}" for key, inner in value.items())
    if isinstance(value, list):
        return ", ".join(_plain(item) for item in value)
    return str(value)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
