"""What can go wrong for a user. Every error says what to do; texts are lazy translations, rendered by the channel."""

from collections.abc import Mapping, Sequence
from typing import Any


class AccordError(Exception):
    """Something the user can understand and act upon. ``message`` may be a lazy translation."""

    def __init__(self, message: Any) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class Refused(AccordError):
    """The actor lacks the permission."""


class NotFound(AccordError):
    """There is no such thing, or the actor may not know of it: both look the same."""


class WrongState(AccordError):
    """The thing is not in a state from which this step can be taken."""


class Conflict(AccordError):
    """It collides with something already recorded."""


class Invalid(AccordError):
    """Input that cannot be accepted; ``fields`` maps field name to messages."""

    def __init__(self, message: Any, fields: Mapping[str, Sequence[Any]] | None = None) -> None:
        super().__init__(message)
        self.fields = dict(fields or {})


class GateRefused(AccordError):
    """The gate said no. ``verdict`` carries every refusing rule with clause, record and who can help."""

    def __init__(self, message: Any, verdict: Any) -> None:
        super().__init__(message)
        self.verdict = verdict
