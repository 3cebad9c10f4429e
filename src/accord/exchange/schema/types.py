"""The values that occur in every file: codes, texts, days, periods, sources, references to other entries."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Literal, NamedTuple
from zoneinfo import ZoneInfo

from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a value may refer to, gathered before any entry is looked at."""

    languages: tuple[str, ...] = ("en",)
    other_languages: tuple[str, ...] = ()
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    codes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    sources: frozenset[tuple[str, str]] | None = None


class Link(NamedTuple):
    """Another entry, where the database keeps only its key."""

    kind: str
    code: str


def _shelf(info: ValidationInfo) -> Shelf:
    return info.context if isinstance(info.context, Shelf) else Shelf()


def near(word: str, known: Mapping[str, Any] | frozenset[str]) -> str:
    return ", ".join(difflib.get_close_matches(word, list(known), n=3, cutoff=0.6))


def _text(value: dict[str, str], info: ValidationInfo) -> dict[str, str]:
    shelf = _shelf(info)
    missing = [language for language in shelf.languages if not value.get(language)]
    if missing:
        raise PydanticCustomError("text_missing", "missing {languages}", {"languages": ", ".join(missing)})
    strange = [language for language in value if language not in (*shelf.languages, *shelf.other_languages)]
    if strange:
        raise PydanticCustomError("text_strange", "strange {languages}", {"languages": ", ".join(strange)})
    return value


def _known(kind: str) -> AfterValidator:
    def check(value: str, info: ValidationInfo) -> str:
        codes = _shelf(info).codes.get(kind, frozenset())
        if value not in codes:
            context = {"kind": kind, "code": value, "near": near(value, codes)}
            raise PydanticCustomError("unknown_reference", "unknown {kind} {code}", context)
        return value

    return AfterValidator(check)


def _day(value: Any) -> Any:
    if isinstance(value, str):
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            raise PydanticCustomError("day_shape", "not a day")
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise PydanticCustomError("day_impossible", "no such day") from None
    return value


def _moment(value: Any, info: ValidationInfo) -> Any:
    if isinstance(value, str):
        if not re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", value):
            raise PydanticCustomError("moment_shape", "not a moment")
        try:
            return datetime.fromisoformat(value).replace(tzinfo=_shelf(info).zone)
        except ValueError:
            raise PydanticCustomError("day_impossible", "no such moment") from None
    return value


Text = Annotated[dict[str, str], AfterValidator(_text)]
Day = Annotated[date, BeforeValidator(_day)]
Moment = Annotated[datetime, BeforeValidator(_moment)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
ClauseCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][0-9]+[a-z]?$", max_length=20)]

AccordRef = Annotated[str, _known("accord")]
ExpansionRef = Annotated[str, _known("expansion")]
FocusAreaRef = Annotated[str, _known("focus_area")]
InstrumentRef = Annotated[str, _known("instrument")]
LevelRef = Annotated[str, _known("level")]
CompartmentRef = Annotated[str, _known("compartment")]
MarkingRef = Annotated[str, _known("marking")]
NationRef = Annotated[str, _known("nation")]
ObjectiveRef = Annotated[str, _known("objective")]
OrganisationRef = Annotated[str, _known("organisation")]
PersonRef = Annotated[str, _known("person")]
PlaceRef = Annotated[str, _known("place")]
PositionRef = Annotated[str, _known("position")]
RequestRef = Annotated[str, _known("request")]


class Shape(BaseModel):
    """Strict and unchangeable; a field nobody knows is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    def columns(self) -> dict[str, Any]:
        """What the database keeps of this entry itself, by field; values may still be codes and spans."""
        return {name: getattr(self, name) for name in type(self).model_fields}


class Source(Shape):
    """Where a fact comes from. ``seed`` and ``public`` sources are listed in sources.yaml."""

    kind: Literal["seed", "public", "instrument", "illustrative"]
    ref: str = Field(min_length=1)

    @model_validator(mode="after")
    def _is_listed(self, info: ValidationInfo) -> "Source":
        listed = _shelf(info).sources
        if listed is not None and self.kind in {"seed", "public"} and (self.kind, self.ref) not in listed:
            same = frozenset(ref for kind, ref in listed if kind == self.kind)
            context = {"code": self.ref, "near": near(self.ref, same)}
            raise PydanticCustomError("unknown_source", "unknown source {code}", context)
        return self


class Span(Shape):
    """``until`` is the first day it no longer holds; left out, it holds until further notice."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    start: Day = Field(alias="from")
    end: Day | None = Field(default=None, alias="until")

    @model_validator(mode="after")
    def _ends_after_start(self) -> "Span":
        if self.end and self.end <= self.start:
            raise PydanticCustomError("span_backwards", "ends before it starts")
        return self

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)

    @property
    def range(self) -> Any:
        return DateRange(self.start, self.end)


class Slot(Shape):
    """Two moments in the mission's own time zone."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    start: Moment = Field(alias="from")
    end: Moment = Field(alias="until")

    @model_validator(mode="after")
    def _ends_after_start(self) -> "Slot":
        if self.end <= self.start:
            raise PydanticCustomError("span_backwards", "ends before it starts")
        return self

    @property
    def range(self) -> Any:
        return DateTimeTZRange(self.start, self.end)


class Entry(Shape):
    """One record of a file. ``parts`` are its fields that become rows of other tables."""

    parts: ClassVar[frozenset[str]] = frozenset()

    def columns(self) -> dict[str, Any]:
        return {name: value for name, value in super().columns().items() if name not in self.parts}


class MarkedEntry(Entry):
    """A record that can be read on its own, with the marking it carries; left out, that of its kind."""

    marking: MarkingRef | None = None

    @property
    def usual_marking(self) -> str | None:
        """The marking of such an entry where that depends on what it says; None leaves it to its kind."""
        return None

    def columns(self) -> dict[str, Any]:
        columns = super().columns()
        marking = columns.pop("marking") or self.usual_marking
        return {**columns, "marking": marking} if marking else columns


class RoughDay(NamedTuple):
    """A day as exactly as it is known."""

    day: date
    precision: Literal["day", "month", "year"]


def _rough(value: Any) -> Any:
    if isinstance(value, str):
        parts = value.split("-")
        if not re.fullmatch(r"\d{4}(-\d\d){0,2}", value):
            raise PydanticCustomError("rough_day_shape", "not a day, month or year")
        try:
            numbers = [int(part) for part in parts]
            day = date(numbers[0], *[*numbers[1:], 1, 1][:2])
        except ValueError:
            raise PydanticCustomError("day_impossible", "no such day") from None
        return RoughDay(day, ("year", "month", "day")[len(parts) - 1])
    return value


RoughlyDated = Annotated[RoughDay, BeforeValidator(_rough)]
