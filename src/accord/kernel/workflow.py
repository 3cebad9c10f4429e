"""State changes as a table of steps, so that no state moves except along a line somebody wrote down."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from accord.kernel.errors import WrongState


@dataclass(frozen=True, slots=True)
class Step:
    name: str
    origins: frozenset[str]
    target: str
    permission: str
    label: Any = ""

    def next_state(self, state: str, message: Any) -> str:
        """The state after this step, or WrongState with the given words."""
        if state not in self.origins:
            raise WrongState(message)
        return self.target


@dataclass(frozen=True, slots=True)
class Workflow:
    name: str
    steps: tuple[Step, ...]

    def step(self, name: str) -> Step:
        return next(s for s in self.steps if s.name == name)

    def open_steps(self, state: str, permissions: Iterable[str] | None = None) -> tuple[Step, ...]:
        allowed = None if permissions is None else set(permissions)
        return tuple(s for s in self.steps if state in s.origins and (allowed is None or s.permission in allowed))
