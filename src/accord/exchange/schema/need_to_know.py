"""levels.yaml, compartments.yaml, markings.yaml: what a record can be marked with, and whom each marking admits."""

from typing import Annotated

from pydantic import Field, StringConstraints

from accord.access.choices import Role
from accord.exchange.schema.types import Code, CompartmentRef, Entry, LevelRef, Text
from accord.people.choices import Side

Release = Annotated[
    str,
    StringConstraints(pattern=r"^(public|mission|host|partner|nation:[A-Z]{3}|organisation:[a-z0-9]+(-[a-z0-9]+)*)$"),
]


class LevelEntry(Entry):
    """``ordinary_for``: the sides whose people read up to this level without a clearance of their own."""

    code: Code
    rank: int = Field(ge=0, le=100)
    name: Text
    ordinary_for: tuple[Side, ...] = ()


class CompartmentEntry(Entry):
    code: Code
    name: Text
    purpose: Text
    steward_role: Role
    needs_two: bool = False


class MarkingEntry(Entry):
    """A reader needs the level, one of ``releasable_to`` and all of ``compartments``."""

    code: Code
    order: int = Field(ge=0, le=1000)
    name: Text
    policy: str = Field(min_length=1, max_length=80)
    level: LevelRef
    releasable_to: tuple[Release, ...] = Field(min_length=1)
    compartments: tuple[CompartmentRef, ...] = ()
