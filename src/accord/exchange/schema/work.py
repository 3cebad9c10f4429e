"""focus_areas.yaml, objectives.yaml, partner_plans.yaml, engagements.yaml, factsheet.yaml."""

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from accord.advising.choices import CancelReason, EngagementState
from accord.coordination.choices import ResourceKind
from accord.exchange.schema.types import (
    ClauseCode,
    Code,
    Day,
    Entry,
    FocusAreaRef,
    Link,
    MarkedEntry,
    ObjectiveRef,
    OrganisationRef,
    PlaceRef,
    PositionRef,
    Shape,
    Slot,
    Source,
    Span,
    Text,
)
from accord.mandate.choices import ActivityType, Mode
from accord.objectives.choices import Level, ObjectiveState, SelfReliance
from accord.publishing.choices import Section


def _numbered(value: Any) -> Any:
    """Bare digits are numbers in the free-form options of a claim; everywhere else the shape decides."""
    if isinstance(value, dict):
        return {key: _numbered(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_numbered(item) for item in value]
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else value


class FocusAreaEntry(MarkedEntry):
    code: Code
    order: int = Field(ge=1)
    name: Text
    dac_codes: tuple[str, ...] = ()
    period: Span
    source: Source


class IndicatorEntry(Shape):
    name: Text
    unit: str = Field(default="", max_length=60)
    baseline: str = Field(default="", max_length=200)
    baseline_on: Day | None = None
    target: str = Field(default="", max_length=200)
    source: Source


class ObjectiveEntry(MarkedEntry):
    parts: ClassVar[frozenset[str]] = frozenset({"focus_areas", "indicators"})

    code: Code
    level: Level
    parent: ObjectiveRef | None = None
    title: Text
    host_owner: PositionRef | None = None
    exit_criterion: Text | None = None
    self_reliance: SelfReliance | None = None
    state: ObjectiveState = ObjectiveState.PROPOSED
    period: Span
    focus_areas: tuple[FocusAreaRef, ...] = ()
    indicators: tuple[IndicatorEntry, ...] = ()
    source: Source

    def columns(self) -> dict[str, Any]:
        return {
            **super().columns(),
            "exit_criterion": self.exit_criterion or {},
            "self_reliance": self.self_reliance or "",
        }


class PartnerPlanEntry(MarkedEntry):
    """What a partner told the mission it will do; ``diaries`` are the host's posts and offices it takes."""

    parts: ClassVar[frozenset[str]] = frozenset({"positions", "organisations"})

    code: Code
    owner: OrganisationRef
    title: Text
    time: Slot
    is_firm: bool = False
    link: str = Field(default="", max_length=300)
    positions: tuple[PositionRef, ...] = ()
    organisations: tuple[OrganisationRef, ...] = ()
    source: Source

    @property
    def usual_marking(self) -> str:
        return "partners"

    def columns(self) -> dict[str, Any]:
        columns = super().columns()
        del columns["code"]
        return columns

    @property
    def claim_rows(self) -> list[dict[str, Any]]:
        diaries = [(ResourceKind.POSITION, "position", "office", code) for code in self.positions]
        diaries += [(ResourceKind.ORGANISATION, "organisation", "organisation", code) for code in self.organisations]
        return [
            {
                "kind": kind, "resource_id": Link(register, code), "organisation_id": Link(owner, code),
                "time": self.time, "is_firm": self.is_firm,
            }
            for kind, register, owner, code in diaries
        ]  # fmt: skip


class EngagementEntry(Entry):
    """A meeting from before Accord (``history: true``) or one the gate must allow."""

    code: Code
    type: ActivityType
    topic: str = Field(min_length=1, max_length=300)
    institution: OrganisationRef
    place: PlaceRef
    mode: Mode = Mode.IN_PERSON
    time: Slot
    lead: PositionRef
    advisors: tuple[PositionRef, ...] = ()
    counterparts: tuple[PositionRef, ...] = Field(min_length=1)
    objective: ObjectiveRef | None = None
    focus_areas: tuple[FocusAreaRef, ...] = Field(min_length=1)
    interpreter: bool = False
    state: EngagementState = EngagementState.PLANNED
    cancel_reason: CancelReason | None = None
    history: bool = False
    source: Source

    @model_validator(mode="after")
    def _state_is_loadable(self) -> "EngagementEntry":
        loadable = {EngagementState.PLANNED, EngagementState.CONDUCTED, EngagementState.CANCELLED}
        if self.state not in loadable:
            raise PydanticCustomError("engagement_state", "state", {"known": ", ".join(sorted(loadable))})
        if self.state == EngagementState.CANCELLED and self.cancel_reason is None:
            raise PydanticCustomError("engagement_reason", "reason")
        if self.history and self.state == EngagementState.PLANNED:
            raise PydanticCustomError("engagement_history", "history")
        return self


class ClaimEntry(MarkedEntry):
    """A sentence of the fact sheet. ``binding`` names the reading of the records that fills its {slots}."""

    code: Code
    claim: Code
    section: Section
    order: int = Field(ge=0)
    binding: Annotated[str, StringConstraints(pattern=r"^[a-z_]+$", max_length=60)]
    options: Annotated[dict[str, Any], BeforeValidator(_numbered)] = Field(default_factory=dict)
    sentence: Text
    clause: ClauseCode | None = None
    period: Span
    source: Source

    def columns(self) -> dict[str, Any]:
        return {**super().columns(), "clause": self.clause or ""}
