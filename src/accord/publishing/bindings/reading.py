"""What a binding is given, a day of the register, and what it gives back, a reading."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from accord.kernel.source import Source
from accord.publishing.records import Fact, Register, VersionFact, Words, digest_of
from accord.publishing.wording import Slot

Options = Mapping[str, Any]
F = TypeVar("F", bound=Fact)


@dataclass(frozen=True, slots=True)
class RecordRef:
    """A record a claim rests on. The digest says what it stated when the claim was made."""

    kind: str
    label: Words
    id: UUID
    digest: str

    @classmethod
    def of(cls, fact: Fact) -> "RecordRef":
        return cls(fact.kind, fact.label, fact.id, fact.digest)


@dataclass(frozen=True, slots=True)
class Reading:
    """``variant`` names another sentence among the wording's ``variants``, for when the plain one would not be true."""

    slots: Mapping[str, Slot] = field(default_factory=dict)
    records: tuple[RecordRef, ...] = ()
    sources: tuple[Source, ...] = ()
    variant: str = ""

    @classmethod
    def of(cls, facts: Iterable[Fact | None], *, variant: str = "", **slots: Slot) -> "Reading":
        known = [fact for fact in facts if fact is not None]
        return cls(slots, tuple(map(RecordRef.of, known)), tuple(fact.source for fact in known), variant)


@dataclass(frozen=True, slots=True)
class Day:
    """The register as of one day."""

    register: Register
    on: date

    def among(self, facts: Iterable[F]) -> list[F]:
        return [fact for fact in facts if self.on in fact.period]

    @property
    def version(self) -> VersionFact | None:
        """The mandate version in force."""
        return next(iter(self.among(self.register.versions)), None)

    def parameter(self, name: str) -> RecordRef:
        """A rule the mission's files set, cited like a record."""
        mission = self.register.mission
        return RecordRef("parameter", {"en": name}, mission.id, digest_of(mission.parameters.get(name)))


Binding = Callable[[Day, Options], Reading | None]
