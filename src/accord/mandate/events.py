"""What the mandate tells the contexts above it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class GroundShifted:
    """Something the gate depends on has changed: activities from ``since`` on must be asked again."""

    since: date
    because: str
    accord_id: UUID | None = None
