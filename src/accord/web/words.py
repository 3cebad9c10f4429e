"""Dates, times and numbers in the reader's language and the mission's time zone, for templates."""

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from typing import Any

from babel.dates import format_time
from django.utils import translation
from django.utils.translation import gettext

from accord.kernel import clock, writing
from accord.kernel.text import localised

FILES = "Mission files"  # what the loader writes where a file names nobody
SOFTWARE = {"load", "demo", "worker"}  # the names under which nobody in particular acts
AFTER = "after "  # begins the name of what the software does because of somebody's act

_notes: ContextVar[Mapping[str, Mapping[str, Mapping[str, str]]]] = ContextVar("source_notes", default={})  # noqa: B039


def language() -> str:
    return translation.get_language() or "en"


def day(value: date | datetime | None, style: str = "long") -> str:
    if value is None:
        return ""
    return writing.written_day(clock.day_of(value) if isinstance(value, datetime) else value, language(), style)


def moment(value: datetime | None) -> str:
    if value is None:
        return ""
    return f"{day(value, 'medium')}, {clock_time(value)}" if language() == "en" else f"{day(value)} {clock_time(value)}"


def clock_time(value: datetime | time | None) -> str:
    if value is None:
        return ""
    text = format_time(value, "HH:mm", tzinfo=clock.zone(), locale=writing.locale(language()))
    return writing.digits(text, language())


def number(value: float | None) -> str:
    return "" if value is None else writing.written_number(value, language())


def digits(text: str) -> str:
    """Digits inside words somebody typed, as the reader writes them."""
    return writing.digits(text, language())


def listed(items: Sequence[str]) -> str:
    return writing.written_list(items, language())


def cite_from(notes: Mapping[str, Mapping[str, Mapping[str, str]]]) -> None:
    """What the mission says about its sources, by kind and reference, for the page that is being written."""
    _notes.set(notes)


def cited(ref: str, kind: str) -> str:
    """A source as the reader reads it: clauses and English by reference, else by the note in his language."""
    note = _notes.get().get(str(kind), {}).get(ref)
    return localised(note, language()) if note and kind != "seed" and language() != "en" else ref


def doer(name: str) -> str:
    """Who did it: a person's name as it is, the software in words."""
    if name == FILES:
        return gettext("Mission files")
    cause = name.removeprefix(AFTER)
    if cause in SOFTWARE:
        return gettext("Accord itself")
    return name if cause == name else gettext("Accord, after %(name)s") % {"name": cause}


def isoday(value: date | datetime | None) -> str:
    if value is None:
        return ""
    return (clock.day_of(value) if isinstance(value, datetime) else value).isoformat()


def period(value: Any) -> str:
    """A half-open period in words; the last day shown is the last day that belongs to it."""
    if value is None:
        return ""
    start = getattr(value, "lower", None) or getattr(value, "start", None)
    end = getattr(value, "upper", None) or getattr(value, "end", None)
    last = day(end - timedelta(days=1)) if end else ""
    if start and end:
        return gettext("%(start)s to %(end)s") % {"start": day(start), "end": last}
    if start:
        return gettext("since %(start)s") % {"start": day(start)}
    return gettext("until %(end)s") % {"end": last} if end else gettext("always")
