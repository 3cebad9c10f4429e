"""Dates, times and numbers in the reader's language and the mission's time zone, for templates."""

from datetime import date, datetime, time, timedelta
from typing import Any

from babel.dates import format_time
from django.utils import translation
from django.utils.translation import gettext

from accord.kernel import clock, writing


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
