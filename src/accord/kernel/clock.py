"""The one place that knows what time it is.

Instants are aware and in UTC; days are days in the mission's own time zone (``use_zone``), because consent,
posture and tours begin and end on days as the host nation counts them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)

_fixed: ContextVar[datetime | None] = ContextVar("fixed", default=None)
_zones = [ZoneInfo("UTC")]


def use_zone(name: str) -> None:
    """Count days in this IANA time zone from now on, in the whole process."""
    _zones[0] = ZoneInfo(name)


def zone() -> ZoneInfo:
    return _zones[0]


def now() -> datetime:
    return _fixed.get() or datetime.now(UTC)


def today() -> date:
    return now().astimezone(zone()).date()


def day_of(moment: datetime) -> date:
    return moment.astimezone(zone()).date()


def day_written(text: str) -> date:
    """The day of a text such as 2021-06-30. ValueError if there is none in it, or one nobody can mean.

    Days at the end of the calendar break whatever counts on from them.
    """
    day = date.fromisoformat(text)
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(f"{day} lies outside {FIRST_DAY} to {LAST_DAY}")
    return day


@contextmanager
def fixed(moment: datetime | date) -> Iterator[None]:
    """Hold the clock still: for tests and for telling the story of a past day. A date means its noon."""
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, 12, tzinfo=zone())
    token = _fixed.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _fixed.reset(token)
