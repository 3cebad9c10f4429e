"""requests.yaml, instruments.yaml, mandate.yaml, expansions.yaml, accords.yaml: who asked, who decided, who agreed.

Requests and accords name their steps; the state follows from the mandate's own tables of steps, so that a file can
never put a record into a state that nobody could reach.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from accord.exchange.schema.types import (
    AccordRef,
    ClauseCode,
    Code,
    Day,
    InstrumentRef,
    MarkedEntry,
    OrganisationRef,
    PlaceRef,
    PositionRef,
    RequestRef,
    RoughlyDated,
    Shape,
    Source,
    Span,
    Text,
)
from accord.kernel.errors import WrongState
from accord.kernel.workflow import Workflow
from accord.mandate.choices import (
    AccordState,
    ActivityType,
    ExpansionState,
    InstrumentKind,
    RequestPurpose,
    RequestState,
    VersionState,
)
from accord.mandate.workflow import ACCORD_WORKFLOW, REQUEST_WORKFLOW

FILES = "Mission files"


class StepEntry(Shape):
    do: str
    on: Day
    by: str = FILES
    reason: str = ""


def _walk(workflow: Workflow, start: str, steps: Iterable[StepEntry]) -> list[tuple[StepEntry, str, str]]:
    """Each step with the state it leaves and the one it reaches."""
    walked: list[tuple[StepEntry, str, str]] = []
    state, last = start, None
    for number, step in enumerate(steps):
        found = next((s for s in workflow.steps if s.name == step.do), None)
        if found is None:
            names = ", ".join(s.name for s in workflow.steps)
            raise PydanticCustomError(
                "step_unknown", "no step {step}", {"step": step.do, "known": names, "number": number}
            )
        if last and step.on < last:
            raise PydanticCustomError("step_order", "out of order {step}", {"step": step.do, "number": number})
        try:
            target = found.next_state(state, "")
        except WrongState:
            context = {"step": step.do, "state": state, "number": number}
            raise PydanticCustomError("step_impossible", "{step} impossible in {state}", context) from None
        walked.append((step, state, target))
        state, last = target, step.on
    return walked


class RequestEntry(MarkedEntry):
    parts: ClassVar[frozenset[str]] = frozenset({"steps"})

    code: Code
    purpose: RequestPurpose
    title: Text
    text: Text
    institution: OrganisationRef
    activity_types: tuple[ActivityType, ...] = ()
    place: PlaceRef | None = None
    submitted_by: PositionRef | None = None
    validity: Span | None = None
    steps: tuple[StepEntry, ...] = ()
    source: Source

    @model_validator(mode="after")
    def _steps_are_possible(self) -> "RequestEntry":
        _walk(REQUEST_WORKFLOW, RequestState.DRAFTED, self.steps)
        return self

    @property
    def walked(self) -> list[tuple[StepEntry, str, str]]:
        return _walk(REQUEST_WORKFLOW, RequestState.DRAFTED, self.steps)

    @property
    def state(self) -> str:
        return self.walked[-1][2] if self.steps else RequestState.DRAFTED.value

    def columns(self) -> dict[str, Any]:
        submitted = [s.on for s, _, target in self.walked if target == RequestState.SUBMITTED]
        decided = [s.on for s, _, target in self.walked if target in {RequestState.ACCEPTED, RequestState.DECLINED}]
        return {
            **super().columns(),
            "state": self.state,
            "submitted_on": submitted[-1] if submitted else None,
            "decided_on": decided[-1] if decided else None,
        }

    @property
    def step_rows(self) -> list[dict[str, Any]]:
        return [
            {"name": s.do, "origin": origin, "target": target, "effective_on": s.on, "actor_name": s.by,
             "remark": s.reason}
            for s, origin, target in self.walked
        ]  # fmt: skip


class InstrumentEntry(MarkedEntry):
    code: Code
    kind: InstrumentKind
    title: Text
    issued_by: Text
    issued_on: RoughlyDated
    reference: str = Field(default="", max_length=200)
    digest: str = Field(default="", max_length=64)
    source: Source

    def columns(self) -> dict[str, Any]:
        day = self.issued_on
        return {**super().columns(), "issued_on": day.day, "date_precision": day.precision}


class ClauseEntry(Shape):
    code: ClauseCode
    text: Text
    source: Source


class ScopeEntry(Shape):
    institution: OrganisationRef
    with_subordinates: bool = True


class NamedEntry(ScopeEntry):
    source: Source


class VersionEntry(MarkedEntry):
    parts: ClassVar[frozenset[str]] = frozenset({"clauses", "institutions"})

    number: int = Field(ge=1)
    title: Text
    summary: Text
    request: RequestRef | None = None
    invitation: InstrumentRef | None = None
    decision: InstrumentRef | None = None
    state: VersionState
    period: Span | None = None
    clauses: tuple[ClauseEntry, ...]
    institutions: tuple[NamedEntry, ...]
    source: Source

    @property
    def clause_rows(self) -> list[dict[str, Any]]:
        return [{**clause.columns(), "order": order} for order, clause in enumerate(self.clauses, 1)]


class ExpansionEntry(MarkedEntry):
    parts: ClassVar[frozenset[str]] = frozenset({"institutions", "places"})

    number: int = Field(ge=1)
    title: Text
    request: RequestRef | None = None
    activity_types: tuple[ActivityType, ...] = ()
    headcount_cap: int | None = Field(default=None, ge=1)
    period: Span | None = None
    state: ExpansionState = ExpansionState.PROPOSED
    institutions: tuple[ScopeEntry, ...] = ()
    places: tuple[PlaceRef, ...] = ()
    review: Text | None = None
    reviewed_by: str = ""
    reviewed_on: Day | None = None
    source: Source

    def columns(self) -> dict[str, Any]:
        columns = {**super().columns(), "review": self.review or {}}
        day = columns.pop("reviewed_on")
        columns["reviewed_at"] = datetime.fromisoformat(f"{day}T12:00:00+00:00") if day else None
        return columns


class SignatureEntry(Shape):
    position: PositionRef
    on: Day


class AccordEntry(MarkedEntry):
    parts: ClassVar[frozenset[str]] = frozenset({"institutions", "places", "steps", "signed_for_host",
                                                 "signed_for_mission"})  # fmt: skip

    code: Code
    title: Text
    text: Text
    conditions: Text | None = None
    request: RequestRef | None = None
    amends: AccordRef | None = None
    activity_types: tuple[ActivityType, ...]
    institutions: tuple[ScopeEntry, ...]
    places: tuple[PlaceRef, ...] = ()
    period: Span
    signed_for_host: SignatureEntry | None = None
    signed_for_mission: SignatureEntry | None = None
    steps: tuple[StepEntry, ...] = ()
    proposed_by: str = FILES
    source: Source

    @model_validator(mode="after")
    def _steps_are_possible(self) -> "AccordEntry":
        _walk(ACCORD_WORKFLOW, AccordState.PROPOSED, self.steps)
        return self

    @property
    def walked(self) -> list[tuple[StepEntry, str, str]]:
        """The signatures are steps too; they come first on their day."""
        signatures = {"sign_for_host": self.signed_for_host, "sign_for_mission": self.signed_for_mission}
        signed = [StepEntry(do=name, on=signature.on) for name, signature in signatures.items() if signature]
        return _walk(ACCORD_WORKFLOW, AccordState.PROPOSED, sorted([*signed, *self.steps], key=lambda s: s.on))

    @property
    def state(self) -> str:
        return _walk(ACCORD_WORKFLOW, AccordState.PROPOSED, self.steps)[-1][2] if self.steps else "proposed"

    def columns(self) -> dict[str, Any]:
        host, mission = self.signed_for_host, self.signed_for_mission
        return {
            **super().columns(),
            "conditions": self.conditions or {},
            "state": self.state,
            "host_signatory": host and host.position,
            "host_signed_on": host and host.on,
            "mission_signatory": mission and mission.position,
            "mission_signed_on": mission and mission.on,
        }

    @property
    def step_rows(self) -> list[dict[str, Any]]:
        return [
            {"name": s.do, "origin": origin, "target": target, "effective_on": s.on, "actor_name": s.by,
             "reason": s.reason}
            for s, origin, target in self.walked
        ]  # fmt: skip
