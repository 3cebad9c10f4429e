"""places.yaml, nations.yaml, organisations.yaml, relations.yaml, persons.yaml, positions.yaml, pairings.yaml."""

from collections.abc import Iterable
from typing import Annotated, Any, ClassVar

from pydantic import Field, StringConstraints

from accord.exchange.schema.types import (
    Code,
    Entry,
    MarkedEntry,
    NationRef,
    OrganisationRef,
    PersonRef,
    PlaceRef,
    PositionRef,
    Shape,
    Source,
    Span,
    Text,
)
from accord.kernel.text import folded
from accord.people.choices import NationStatusKind, OrganisationKind, RelationKind, Side
from accord.places.choices import PlaceKind

USUAL_FOR_PERSONS = {Side.MISSION: "mission", Side.HOST: "host", Side.PARTNER: "partners"}


def _spellings(texts: Iterable[str]) -> list[dict[str, str]]:
    """Each spelling once, by its spelling-blind form."""
    found = {folded(text): text for text in reversed(list(texts))}
    return [{"text": text, "folded": form} for form, text in sorted(found.items())]


class PlaceEntry(MarkedEntry):
    parts: ClassVar[frozenset[str]] = frozenset({"aliases"})

    code: Code
    kind: PlaceKind
    name: Text
    parent: PlaceRef | None = None
    iso: str = Field(default="", max_length=10)
    latitude: float | None = Field(default=None, ge=-90, le=90)
    longitude: float | None = Field(default=None, ge=-180, le=180)
    outline: dict[str, Any] | None = None
    aliases: tuple[str, ...] = ()
    source: Source

    @property
    def spellings(self) -> list[dict[str, str]]:
        return _spellings([*self.name.values(), *self.aliases])


class NationStatusEntry(Shape):
    status: NationStatusKind
    period: Span
    source: Source


class ContributionEntry(Shape):
    period: Span
    source: Source


class NationEntry(MarkedEntry):
    parts: ClassVar[frozenset[str]] = frozenset({"statuses", "contributions"})

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    name: Text
    statuses: tuple[NationStatusEntry, ...] = ()
    contributions: tuple[ContributionEntry, ...] = ()


class TieEntry(Shape):
    parent: OrganisationRef
    period: Span
    source: Source


class OrganisationEntry(MarkedEntry):
    parts: ClassVar[frozenset[str]] = frozenset({"aliases", "under"})

    code: Code
    name: Text
    short_name: Text | None = None
    kind: OrganisationKind
    side: Side
    place: PlaceRef | None = None
    period: Span
    contact: dict[str, str] = Field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    under: tuple[TieEntry, ...] = ()
    source: Source

    def columns(self) -> dict[str, Any]:
        return {**super().columns(), "short_name": self.short_name or {}}

    @property
    def spellings(self) -> list[dict[str, str]]:
        return _spellings([*self.name.values(), *(self.short_name or {}).values(), *self.aliases])


class RelationEntry(MarkedEntry):
    subject: OrganisationRef
    kind: RelationKind
    target: OrganisationRef
    means: Text | None = None
    period: Span
    source: Source

    def columns(self) -> dict[str, Any]:
        return {**super().columns(), "means": self.means or {}}


class IdentityEntry(Shape):
    given_names: dict[str, str]
    family_names: dict[str, str]


class ContactEntry(Shape):
    email: str = ""
    telephone: str = ""


class PersonEntry(MarkedEntry):
    parts: ClassVar[frozenset[str]] = frozenset({"identity", "contact"})

    code: Code
    shown_name: Text
    side: Side
    nation: NationRef | None = None
    is_fictional: bool = False
    identity: IdentityEntry | None = None
    contact: ContactEntry | None = None
    source: Source

    @property
    def usual_marking(self) -> str:
        """Who is no fiction is named in public sources; everybody else is known to his own side and the mission."""
        return "public" if self.side == Side.MISSION and not self.is_fictional else USUAL_FOR_PERSONS[self.side]


class TourEntry(Shape):
    person: PersonRef
    rank: Text | None = None
    period: Span
    source: Source

    def columns(self) -> dict[str, Any]:
        return {**super().columns(), "rank": self.rank or {}}


class PositionEntry(MarkedEntry):
    parts: ClassVar[frozenset[str]] = frozenset({"tours"})

    code: Code
    title: Text
    organisation: OrganisationRef
    rank_code: Annotated[str, StringConstraints(pattern=r"^(OF-(10|[1-9])|OR-[1-9]|WO-[1-5]|)$")] = ""
    nation: NationRef | None = None
    duty: str = Field(default="", max_length=30)
    is_public: bool = False
    period: Span
    tours: tuple[TourEntry, ...] = ()
    source: Source

    @property
    def usual_marking(self) -> str | None:
        return "public" if self.is_public else None


class PairingEntry(Entry):
    advisor: PositionRef
    counterpart: PositionRef
    period: Span
    source: Source
