"""What needs me, what is on hold and why, what is coming."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.access.permissions import Permission as Access
from accord.advising.permissions import Permission as Advising
from accord.advising.queries import commitments, engagements, held_and_why
from accord.notices.permissions import Permission as Notices
from accord.notices.queries import notices_for
from accord.notices.services import mark_read
from accord.web import words
from accord.web.addresses import address
from accord.web.home.needs import Reader, needs
from accord.web.pages import Visit, page, render
from accord.web.verdicts import reasons


@page(Access.SIGN_IN)
def home(request: Visit) -> HttpResponse:
    actor, day, lang = request.actor, request.day, request.language
    context: dict[str, Any] = {
        "needs": needs(Reader(actor, lang, day)) if request.is_today else [],
        "roles": actor.roles,
    }
    if actor.may(Advising.READ_ENGAGEMENTS):
        held = held_and_why(actor, lang, day)
        context["held"] = [
            {
                "title": e.topic,
                "url": reverse("engagement", kwargs={"key": e.id}),
                "when": words.moment(e.starts_at),
                "reasons": reasons(e.hold),
            }
            for e in held
        ]
        context["coming"], _total = engagements(
            actor,
            lang,
            day,
            state="planned",
            since=day,
            until=day + timedelta(days=28),
            newest_first=False,
            page_size=10,
        )
    if actor.may(Advising.READ_COMMITMENTS):
        due = [c for c in commitments(actor, lang, day) if c.due_on <= day + timedelta(days=14)]
        context["commitments"] = [commitment_shown(c) for c in due[:8]]
    return render(request, "home/home.html", context)


def commitment_shown(c: Any) -> dict[str, Any]:
    """A commitment as the macro wants it."""
    return {
        "side": c.side,
        "side_label": _("Host nation") if c.side == "host" else _("Mission"),
        "text": c.text,
        "owner": c.owner,
        "due": words.day(c.due_on),
        "iso": words.isoday(c.due_on),
        "state": "overdue" if c.is_overdue else "open" if c.state == "open" else "done",
        "url": reverse("engagement", kwargs={"key": c.engagement_id}),
    }


@page(Notices.READ_NOTICES)
def notices(request: Visit) -> HttpResponse:
    """Everything told to the reader; reading the page marks it read once the reader says so."""
    if request.method == "POST":
        mark_read(actor=request.actor)
    rows = notices_for(request.actor, request.language)
    shown = [
        {
            "text": n.text,
            "url": address(n.link),
            "when": words.moment(n.at),
            "iso": n.at.isoformat(),
            "unread": not n.is_read,
            "kind": "warn" if n.urgent else "bell",
        }
        for n in rows
    ]
    return render(request, "home/notices.html", {"notices": shown, "unread": any(n["unread"] for n in shown)})
