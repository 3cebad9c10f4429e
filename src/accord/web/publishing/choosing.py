"""Which day, edition and language an address asks for: the public asks in the address, never in a session."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accord.kernel.clock import day_written, today
from accord.web import words
from accord.web.frame import LANGUAGE_NAMES
from accord.web.pages import Visit


@dataclass(frozen=True, slots=True)
class Chosen:
    """``problem`` says why the day is today's although another was asked for."""

    day: date
    problem: str = ""


def chosen_day(request: Visit) -> Chosen:
    typed = request.GET.get("as_of", "").strip()
    if not typed:
        return Chosen(min(request.day, today()))
    try:
        day = day_written(typed)
    except ValueError:
        problem = _("“%(typed)s” is not a day. Enter it as year-month-day, such as 2021-06-30.")
        return Chosen(today(), problem % {"typed": typed[:40]})
    if day > today():
        problem = _("%(day)s is still to come, and nobody knows yet what will be true then.")
        return Chosen(today(), problem % {"day": words.day(day)})
    return Chosen(day)


def chosen_number(request: Visit, name: str) -> int:
    """The number of an edition in the address; 0, which no edition has, if there is none."""
    typed = request.GET.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def speak(request: Visit) -> None:
    """Answer in the language the address names, so that a link can name one."""
    code = request.GET.get("lang", "")
    if code in dict(settings.LANGUAGES):
        translation.activate(code)
        request.language = code


def address(name: str, *, number: int | None = None, **query: Any) -> str:
    path = reverse(name, kwargs={"number": number} if number else None)
    asked = {key: value for key, value in query.items() if value}
    return f"{path}?{urlencode(asked)}" if asked else path


def other_languages(request: Visit) -> list[dict[str, str]]:
    """The same address in each other language."""
    found = []
    for code, _name in settings.LANGUAGES:
        if code != request.language:
            query = request.GET.copy()
            query["lang"] = code
            url = f"{request.path}?{query.urlencode()}"
            found.append({"code": code, "name": LANGUAGE_NAMES.get(code, code), "url": url})
    return found


def here(request: Visit) -> str:
    """This address without a language, to come back to after choosing another one."""
    query = request.GET.copy()
    query.pop("lang", None)
    return f"{request.path}?{query.urlencode()}" if query else request.path
