"""What access tells the contexts above it."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class RoleGranted:
    """An account was granted a role; who knows its holder judges whether the two belong together."""

    account_id: UUID
    role: str
