"""mission.yaml, sources.yaml, and the ground: areas, posture, control, conditions, operations, authority."""

from typing import Any, ClassVar, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from accord.exchange.schema.types import (
    ClauseCode,
    Code,
    Day,
    Entry,
    ExpansionRef,
    InstrumentRef,
    MarkedEntry,
    NationRef,
    OrganisationRef,
    PlaceRef,
    PositionRef,
    RoughlyDated,
    Shape,
    Source,
    Span,
    Text,
)
from accord.mandate.choices import ActivityType, ControlStatusKind, Matter, Mode, PostureKind, Rating

RuleName = Literal["types", "institution", "place", "consent", "control", "operations", "keys", "posture"]
Key = Literal["requirement", "consent", "conditions"]


class Parameters(Shape):
    """The gate's rules as this mission has them. A rule without a clause does not exist for the mission."""

    clauses: dict[RuleName, ClauseCode]
    activity_types: tuple[ActivityType, ...] = Field(min_length=1)
    keys: tuple[Key, ...]
    worst_conditions: Rating
    postures: dict[PostureKind, tuple[Mode, ...]]
    self_approval: bool
    size_wording: Text


class Contacts(Shape):
    office: Text
    telephone: str = ""
    email: str = ""
    social: str = ""
    website: str = ""
    source: Source


class MissionEntry(Entry):
    code: Code
    name: Text
    acronym: str = Field(min_length=1, max_length=30)
    organisation: OrganisationRef
    host_government: OrganisationRef
    host_nation: NationRef
    languages: tuple[str, ...] = Field(min_length=1)
    other_languages: tuple[str, ...] = ()
    time_zone: str
    established_on: RoughlyDated
    summary: Text
    contacts: Contacts
    parameters: Parameters
    source: Source

    @field_validator("time_zone")
    @classmethod
    def _exists(cls, value: str) -> str:
        if value not in available_timezones():
            raise PydanticCustomError("zone_unknown", "no such time zone")
        return value

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def columns(self) -> dict[str, Any]:
        columns = super().columns()
        del columns["other_languages"], columns["source"]
        parameters = self.parameters.model_dump(mode="json")
        parameters["established_precision"] = self.established_on.precision
        parameters["other_languages"] = self.other_languages
        return {**columns, "established_on": self.established_on.day, "parameters": parameters}


class SourceEntry(Entry):
    kind: Literal["seed", "public", "illustrative"]
    ref: str = Field(min_length=1)
    note: Text


class AreaEntry(MarkedEntry):
    parts: ClassVar[frozenset[str]] = frozenset({"places"})

    code: Code
    name: Text
    period: Span
    instrument: InstrumentRef | None = None
    expansion: ExpansionRef | None = None
    places: tuple[PlaceRef, ...] = Field(min_length=1)
    source: Source


class PostureEntry(MarkedEntry):
    kind: PostureKind
    headquarters: PlaceRef
    period: Span
    reason: Text
    source: Source


class AuthorityEntry(MarkedEntry):
    position: PositionRef
    matter: Matter
    period: Span
    source: Source


class ControlEntry(MarkedEntry):
    institution: OrganisationRef
    status: ControlStatusKind
    with_subordinates: bool = False
    period: Span
    signed_by: PositionRef
    signed_on: Day
    reference: str = Field(default="", max_length=200)
    source: Source


class ConditionsEntry(MarkedEntry):
    place: PlaceRef
    rating: Rating
    period: Span
    assessed_by: PositionRef
    note: Text | None = None
    source: Source

    def columns(self) -> dict[str, Any]:
        return {**super().columns(), "note": self.note or {}}


class OperationsEntry(MarkedEntry):
    unit: OrganisationRef
    period: Span
    noted_by: str = Field(min_length=1, max_length=200)
    source: Source
