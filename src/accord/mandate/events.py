"""What the mandate tells the contexts above it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

# The turn of every use case that changes what the gate reads, or acts upon its verdict: consent withdrawn while a
# meeting is recorded is either there before the gate looks, or comes after the meeting.
GROUND = "ground"


@dataclass(frozen=True, slots=True)
class GroundShifted:
    """Something the gate depends on has changed: activities from ``since`` on must be asked again."""

    since: date
    because: str
    accord_id: UUID | None = None
