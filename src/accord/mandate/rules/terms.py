"""The words in which the gate is asked and answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from accord.mandate.choices import Mode

Text = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Party:
    """An institution or unit; ``line`` is itself and everything above it that day, nearest first."""

    id: UUID
    name: Text
    side: str
    line: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place; ``line`` is itself and everything that contains it, nearest first."""

    id: UUID
    name: Text
    line: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """May this activity happen on this day? Unknown names leave the party or place empty and keep the words asked."""

    type: str
    on: date
    institution: Party | None
    place: Spot | None
    mode: str = Mode.IN_PERSON
    units: tuple[Party, ...] = ()
    topic: str = ""
    institution_words: str = ""
    place_words: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """Institutions something covers; those in ``deep`` cover everything under them as well."""

    exact: frozenset[UUID] = frozenset()
    deep: frozenset[UUID] = frozenset()

    def covers(self, party: Party) -> bool:
        return party.id in self.exact or any(o in self.deep for o in party.line)


@dataclass(frozen=True, slots=True)
class Consent:
    id: UUID
    title: Text
    state: str
    scope: Scope
    types: frozenset[str]
    places: frozenset[UUID]
    in_period: bool


@dataclass(frozen=True, slots=True)
class Requirement:
    """What the host asked for; without ``places``, wherever the other rules allow it."""

    title: Text
    scope: Scope
    types: frozenset[str]
    places: frozenset[UUID] = frozenset()

    def covers(self, party: Party, kind: str, spot: Spot | None) -> bool:
        here = not self.places or spot is None or any(place in self.places for place in spot.line)
        return here and kind in self.types and self.scope.covers(party)


@dataclass(frozen=True, slots=True)
class Growth:
    """What an expansion step in force adds, for its own kinds of activity and no other (S10a)."""

    scope: Scope
    types: frozenset[str]
    places: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Control:
    institution: UUID
    with_subordinates: bool
    status: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the rules need to know about one day. ``named`` and ``areas`` are without what ``growth`` adds."""

    clauses: Mapping[str, str]
    clause_texts: Mapping[str, Text]
    types: frozenset[str]
    keys: frozenset[str]
    worst_conditions: str
    posture_modes: Mapping[str, frozenset[str]]
    has_version: bool
    named: Scope
    areas: frozenset[UUID]
    growth: tuple[Growth, ...]
    posture: str | None
    consents: tuple[Consent, ...]
    requirements: tuple[Requirement, ...]
    controls: tuple[Control, ...]
    on_operations: frozenset[UUID]
    conditions: Mapping[UUID, str]

    @property
    def institutions(self) -> Scope:
        """Everybody the mission may work with, for some kind of activity at least."""
        scopes = [self.named, *(g.scope for g in self.growth)]
        return Scope(frozenset().union(*(s.exact for s in scopes)), frozenset().union(*(s.deep for s in scopes)))


@dataclass(frozen=True, slots=True)
class Refusal:
    """One rule that says no: its clause, what is missing or in conflict, and who can supply it."""

    rule: str
    clause: str
    clause_text: Text
    message: Any
    record: Any
    who: Any


@dataclass(frozen=True, slots=True)
class Verdict:
    question: Question
    refusals: tuple[Refusal, ...]
    passed: tuple[tuple[str, str], ...]
    accord_id: UUID | None = None
    accord_title: Text = field(default_factory=dict)

    @property
    def allowed(self) -> bool:
        return not self.refusals
