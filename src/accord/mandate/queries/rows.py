"""Small shapes that several reads share, and how a record becomes one of them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from accord.kernel.actor import Actor
from accord.kernel.period import Period
from accord.kernel.source import Source
from accord.kernel.text import localised
from accord.mandate.choices import ActivityType

SOON = timedelta(days=45)  # a key that ends within these days is worth a word


@dataclass(frozen=True, slots=True)
class Named:
    """A record somebody may open, under its name in the reader's language."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Dated:
    """A day as exactly as it is known: ``precision`` is "day" or "month"."""

    day: date
    precision: str = "day"


@dataclass(frozen=True, slots=True)
class StepTaken:
    """One step of a request or an accord; ``actor`` is empty where the reader may not know the name."""

    name: str
    label: str
    state: str
    on: date
    actor: str
    remark: str


def named(record: Any, language: str) -> Named:
    """From anything with a name or a title."""
    words = record.title if hasattr(record, "title") else record.name
    return Named(record.pk, localised(words, language))


def kinds(types: list[str]) -> tuple[str, ...]:
    return tuple(str(ActivityType(t).label) for t in types if t in ActivityType.values)


def source_of(record: Any) -> Source:
    return Source.of(record.source)


def last_day(period: Period) -> date | None:
    """The last day that belongs to a half-open period."""
    return period.end - timedelta(days=1) if period.end else None


def may_know_name(actor: Actor, side: str, is_public: bool) -> bool:
    """The host reads who signed for itself and the mission's public posts, not the names of other staff (S12b)."""
    return not actor.is_host or side == "host" or is_public
