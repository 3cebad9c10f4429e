"""What access tells the contexts above it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class RoleGranted:
    """An account was granted a role; who knows its holder judges whether the two belong together."""

    account_id: UUID
    role: str


@dataclass(frozen=True, slots=True)
class EmergencyAsked:
    """Somebody asks for emergency access to a compartment; ``account_id`` and ``asker`` are his."""

    emergency_id: UUID
    account_id: UUID
    asker: str
    compartment: dict[str, Any]
    steward_role: str


@dataclass(frozen=True, slots=True)
class EmergencyAllowed:
    """A second person allowed it; reading is open from now on."""

    emergency_id: UUID
    account_id: UUID
    asker: str
    compartment: dict[str, Any]
    steward_role: str
