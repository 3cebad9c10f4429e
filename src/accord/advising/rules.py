"""Decisions of advising: facts in, verdict out."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from accord.mandate.rules import sounds_like_operations


def may_judge(*, author: UUID | None, judge: UUID | None, parameters: Mapping[str, Any]) -> bool:
    """Nobody approves his own report, unless the mission's files say so in so many words."""
    return author != judge or bool(parameters.get("self_approval", False))


def is_party_to(
    *, creator: UUID | None, seats: Collection[UUID], account: UUID | None, positions: Collection[UUID]
) -> bool:
    """Whoever planned it or sits at its table may change it, record it as held and report it."""
    return (creator is not None and creator == account) or any(seat in positions for seat in seats)


def needs_legal_review(*texts: str) -> bool:
    """A report that reads as if people went along on operations goes to the legal advisor first (S13)."""
    return any(sounds_like_operations(text) for text in texts)


def is_overdue(state: str, due_on: date, today: date) -> bool:
    return state == "open" and due_on < today
