"""Who acts. Passed to every use case and every query; there is no ambient current user."""

from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

Side = Literal["mission", "host", "partner", "public", "system"]


@dataclass(frozen=True, slots=True)
class Actor:
    """A person at work, the public, or the system itself.

    ``person_id`` ties the actor to the person register, ``position_ids`` to the posts held today. ``within`` are the
    organisations of those posts with all that stands below them, for those of another side than the mission's.
    ``compartments`` are those he is let into today, ``emergency`` those among them by break-glass alone; ``markings``
    the codes of all markings he may read, ``emergency_markings`` those among them he reads in an emergency alone.
    ``keeps`` are the compartments whose steward he is by his roles, let into them or not.
    """

    name: str
    side: Side
    permissions: frozenset[str] = frozenset()
    roles: tuple[str, ...] = ()
    account_id: UUID | None = None
    person_id: UUID | None = None
    position_ids: frozenset[UUID] = field(default_factory=frozenset)
    channel: str = "page"
    within: frozenset[UUID] = field(default_factory=frozenset)
    compartments: frozenset[str] = frozenset()
    emergency: frozenset[str] = frozenset()
    markings: frozenset[str] = frozenset()
    emergency_markings: frozenset[str] = frozenset()
    keeps: frozenset[str] = frozenset()

    def may(self, permission: str) -> bool:
        return self.side == "system" or permission in self.permissions

    @property
    def is_host(self) -> bool:
        return self.side == "host"

    @property
    def is_partner(self) -> bool:
        return self.side == "partner"


PUBLIC = Actor(name="public", side="public", markings=frozenset({"public"}))


def system(channel: str) -> Actor:
    """The software acting for nobody in particular: the loader, the worker, the command line of the owner."""
    return Actor(name=channel, side="system", channel=channel)
