"""What people tells the contexts above it."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class TourBegan:
    """A person was given a post, from some day on; ``account_id`` is his account, if he has one."""

    account_id: UUID | None
    position_id: UUID
