"""The records a sheet may rest on, read once and held as plain facts, so that any day can be asked without a query.

Only what may be released is read: public positions and no fictional person; of host institutions only their names.
A fact's digest covers what can be stated of it on a day it holds. It leaves out the key, so that two installations with
the same records agree, and the end of the period, because learning when something ended does not change what was true
before.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from accord.kernel.period import Period
from accord.kernel.source import Source

Words = Mapping[str, str]
ALWAYS = Period()


def digest_of(value: Any) -> str:
    plain = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return hashlib.sha256(plain.encode()).hexdigest()


def _plain(value: Any) -> str:
    return value.digest if isinstance(value, Fact) else str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    kind: ClassVar[str]
    id: UUID
    source: Source
    period: Period = ALWAYS
    _unstated: ClassVar[frozenset[str]] = frozenset({"id", "period", "source"})

    @property
    def label(self) -> Words:
        return getattr(self, "name", {})

    @property
    def digest(self) -> str:
        stated = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in self._unstated}
        return digest_of([self.kind, stated, self.period.start, self.source.plain()])

    def days(self) -> Iterator[date]:
        """The days on which what is true of it may change."""
        yield from (day for day in (self.period.start, self.period.end) if day)


@dataclass(frozen=True, slots=True, kw_only=True)
class MissionFact(Fact):
    kind = "mission"
    code: str
    name: Words
    acronym: str
    organisation: str
    host_government: Words
    host_nation: Words
    languages: tuple[str, ...]
    established_on: date
    contacts: Mapping[str, Any]
    parameters: Mapping[str, Any]
    sources: Mapping[str, Any]

    @property
    def digest(self) -> str:
        return digest_of([self.kind, self.name, self.acronym, self.host_government, self.established_on])

    def days(self) -> Iterator[date]:
        yield self.established_on


@dataclass(frozen=True, slots=True, kw_only=True)
class ActFact(Fact):
    """A dated act: the host's request, an invitation, a decision."""

    kind = "act"
    code: str
    role: str
    name: Words
    on: date | None
    precision: str

    def days(self) -> Iterator[date]:
        if self.on:
            yield self.on


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionFact(Fact):
    kind = "mandate version"
    number: int
    name: Words
    request: ActFact | None
    invitation: ActFact | None
    decision: ActFact | None

    def days(self) -> Iterator[date]:
        yield from Fact.days(self)
        for act in (self.request, self.invitation, self.decision):
            yield from act.days() if act else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InstitutionFact(Fact):
    """An institution the mission may advise under a mandate version."""

    kind = "institution"
    version: int
    code: str
    name: Words
    form: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseFact(Fact):
    kind = "clause"
    version: int
    code: str
    text: Words

    @property
    def label(self) -> Words:
        return {language: f"{self.code}: {words}" for language, words in self.text.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaFact(Fact):
    kind = "area"
    code: str
    name: Words
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FocusFact(Fact):
    kind = "focus area"
    code: str
    name: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class TourFact(Fact):
    """Somebody holds a public position."""

    kind = "tour"
    position: str
    title: Words
    name: Words
    rank: Words
    nation: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class NationFact(Fact):
    """A nation's status, or its contribution where ``status`` is empty."""

    kind = "nation"
    code: str
    name: Words
    status: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationFact(Fact):
    kind = "relation"
    relation: str
    subject: str
    subject_name: Words
    target: str
    target_name: Words
    means: Words

    @property
    def label(self) -> Words:
        return self.target_name


@dataclass(frozen=True, slots=True, kw_only=True)
class PostureFact(Fact):
    kind = "posture"
    posture: str
    name: Words
    reason: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Template(Fact):
    """A claim's wording for a period."""

    kind = "wording"
    code: str
    claim: str
    section: str
    binding: str
    options: Mapping[str, Any]
    sentence: Words
    clause: str


@dataclass(frozen=True, slots=True)
class Register:
    mission: MissionFact
    versions: tuple[VersionFact, ...] = ()
    institutions: tuple[InstitutionFact, ...] = ()
    clauses: tuple[ClauseFact, ...] = ()
    areas: tuple[AreaFact, ...] = ()
    focus: tuple[FocusFact, ...] = ()
    tours: tuple[TourFact, ...] = ()
    statuses: tuple[NationFact, ...] = ()
    contributions: tuple[NationFact, ...] = ()
    relations: tuple[RelationFact, ...] = ()
    postures: tuple[PostureFact, ...] = ()
    templates: tuple[Template, ...] = ()

    def days(self) -> set[date]:
        """Every day on which some record begins, ends or was signed."""
        groups: tuple[tuple[Fact, ...], ...] = tuple(
            value for f in fields(self) if isinstance(value := getattr(self, f.name), tuple)
        )
        return {day for group in ((self.mission,), *groups) for fact in group for day in fact.days()}
