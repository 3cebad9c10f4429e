"""A stretch of days, half-open: the start belongs to it, the end does not."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol


class Range(Protocol):
    """What PostgreSQL's daterange looks like from Python."""

    @property
    def lower(self) -> date | None: ...
    @property
    def upper(self) -> date | None: ...


@dataclass(frozen=True, slots=True)
class Period:
    start: date | None = None
    end: date | None = None

    def __post_init__(self) -> None:
        if self.start and self.end and self.end <= self.start:
            raise ValueError("a period ends after it starts")

    @classmethod
    def of(cls, value: Range) -> "Period":
        return cls(value.lower, value.upper)

    def __contains__(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def overlaps(self, other: "Period") -> bool:
        starts_before = self.start is None or other.end is None or self.start < other.end
        return starts_before and (other.start is None or self.end is None or other.start < self.end)
