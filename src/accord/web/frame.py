"""What stands around every page."""

from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext as _

import accord
from accord.access.choices import Role
from accord.access.permissions import Permission as Access
from accord.advising.permissions import Permission as Advising
from accord.audit.permissions import Permission as Audit
from accord.coordination.permissions import Permission as Coordination
from accord.kernel.actor import PUBLIC, Actor
from accord.kernel.clock import today
from accord.kernel.text import localised
from accord.mandate.permissions import Permission as Mandate
from accord.mandate.queries import mission_shown
from accord.notices.queries import unread_count
from accord.objectives.permissions import Permission as Objectives
from accord.people.permissions import Permission as People
from accord.people.queries import name_of
from accord.publishing.permissions import Permission as Publishing
from accord.vetting.permissions import Permission as Vetting
from accord.web import words

LANGUAGE_NAMES = {"en": "English", "ar": "العربية", "fr": "Français", "ckb": "کوردیی ناوەندی"}


def frame(request: HttpRequest) -> dict[str, Any]:
    actor: Actor = getattr(request, "actor", PUBLIC)
    day = getattr(request, "day", today())
    mission = mission_shown()
    language = translation.get_language() or "en"
    words.cite_from(mission.sources if mission else {})
    return {
        "lang": language,
        "dir": "rtl" if translation.get_language_bidi() else "ltr",
        "theme": request.COOKIES.get(settings.THEME_COOKIE_NAME, "system"),
        "theme_action": reverse("theme"),
        "language_action": reverse("language"),
        "languages": [
            {"code": code, "name": LANGUAGE_NAMES.get(code, code), "current": code == language}
            for code, _name in settings.LANGUAGES
        ],
        "mission": {
            "acronym": mission.acronym if mission else "",
            "name": localised(mission.name, language) if mission else "",
            "url": reverse("home") if actor.account_id else reverse("factsheet"),
        },
        "nav": _navigation(actor, request.path),
        "bell": {"count": unread_count(actor), "url": reverse("notices")} if actor.account_id else None,
        "account": _account(actor, language),
        "as_of": {
            "iso": day.isoformat(),
            "label": words.day(day),
            "is_today": day == today(),
            "action": reverse("as-of"),
            "method": "post",
            "hidden": [{"name": "next", "value": request.get_full_path()}],
        }
        if actor.account_id
        else None,
        "messages": get_messages(request),
        "accord_version": accord.__version__,
        "here": request.get_full_path(),
        "csrf_input": _csrf_input(request),
        "actor": actor,
    }


def _csrf_input(request: HttpRequest) -> Any:
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))


def _account(actor: Actor, language: str) -> dict[str, str] | None:
    if not actor.account_id:
        return None
    roles = " · ".join(str(Role(role).label) for role in actor.roles)
    return {
        "name": name_of(actor, language),
        "role": roles,
        "url": reverse("account"),
        "sign_out_url": reverse("sign-out"),
    }


def _navigation(actor: Actor, path: str) -> list[dict[str, Any]]:
    entries = [
        (Access.SIGN_IN, _("Today"), "home"),
        (Mandate.READ_MANDATE, _("Mandate"), "mandate"),
        (Mandate.READ_MANDATE, _("Accords"), "accords"),
        (Advising.READ_ENGAGEMENTS, _("Engagements"), "engagements"),
        (Coordination.READ_CALENDAR, _("Calendar"), "calendar"),
        (People.READ_REGISTER, _("People"), "people"),
        (Objectives.READ_OBJECTIVES, _("Objectives"), "objectives"),
        (Access.SIGN_IN, _("Fact sheet"), "factsheet"),
        (Publishing.PREPARE_EDITION, _("Publishing desk"), "publishing"),
        (Vetting.REQUEST_VETTING, _("Vetting"), "vetting"),
        (Vetting.DECIDE_VETTING, _("Vetting desk"), "vetting-desk"),
        (Access.GRANT_COMPARTMENTS, _("Need-to-know"), "compartments"),
        (Audit.READ_TRAIL, _("Trail"), "trail"),
        (Access.MANAGE_ACCOUNTS, _("Accounts"), "accounts"),
    ]
    shown = []
    for permission, label, name in entries:
        if actor.account_id and actor.may(permission):
            url = reverse(name)
            shown.append({"label": label, "url": url, "current": path.startswith(url) if url != "/" else path == "/"})
    return shown
