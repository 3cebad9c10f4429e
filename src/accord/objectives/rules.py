"""What makes an objective whole, and what hangs on what: facts in, answers out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from accord.objectives.choices import Level, ObjectiveState

ABOVE: Mapping[str, str] = {Level.WAY: Level.END, Level.MEANS: Level.WAY}


@dataclass(frozen=True, slots=True)
class Draft:
    """What decides whether an objective may open (S5a)."""

    has_host_owner: bool
    has_indicator_with_baseline: bool
    has_exit_criterion: bool
    parent_state: str


def missing_to_open(draft: Draft) -> dict[str, Any]:
    """Everything that is still missing, each with what to do; empty when the objective may open."""
    missing: dict[str, Any] = {}
    if not draft.has_host_owner:
        missing["host_owner"] = _("A post of the host nation that owns it.")
    if not draft.has_indicator_with_baseline:
        missing["indicators"] = _("An indicator with a baseline: where things stand before the work begins.")
    if not draft.has_exit_criterion:
        missing["exit_criterion"] = _("An exit criterion: how both sides will know that it is done.")
    if draft.parent_state != ObjectiveState.OPEN:
        missing["parent"] = _("The objective above must be open first.")
    return missing


def may_hang(level: str, parent_level: str) -> bool:
    """A way hangs on an end, means hang on a way; ends come from the mandate."""
    return ABOVE.get(level) == parent_level


@dataclass(frozen=True, slots=True)
class Change:
    """A step in the life of an objective, as far as the state of a day depends on it."""

    at: datetime
    origin: str
    target: str


def state_at(state: str, changes: tuple[Change, ...], edge: datetime) -> str:
    """The state just before a moment: empty if it did not exist yet. What was loaded with a mission has no steps."""
    before = [change for change in changes if change.at < edge]
    if before:
        return before[-1].target
    return changes[0].origin if changes else state
