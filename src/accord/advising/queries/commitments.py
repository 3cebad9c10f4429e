"""Promises of both sides."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accord.advising.models import Commitment
from accord.advising.permissions import Permission
from accord.advising.rules import is_overdue
from accord.kernel.actor import Actor
from accord.kernel.clock import day_of
from accord.kernel.errors import NotFound, Refused
from accord.kernel.text import localised


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    id: UUID
    engagement_id: UUID
    topic: str
    side: str
    owner_id: UUID
    owner: str
    text: str
    due_on: date
    state: str
    is_overdue: bool


def commitments(
    actor: Actor,
    language: str,
    on: date,
    *,
    side: str = "",
    only_open: bool = True,
    mine: bool = False,
    limit: int = 100,
) -> list[CommitmentRow]:
    """Promises known on a day, the next due first."""
    if not actor.may(Permission.READ_COMMITMENTS):
        raise Refused(_("Your role does not read commitments."))
    rows = Commitment.objects.select_related("owner", "engagement").filter(created_at__date__lte=on)
    if actor.is_host:
        rows = rows.filter(is_shared=True)
    if side:
        rows = rows.filter(side=side)
    if mine:
        rows = rows.filter(owner__in=actor.position_ids)
    found = rows_of(rows.order_by("due_on", "id")[: limit * 3], language, on)
    return [c for c in found if c.state == "open" or not only_open][:limit]


def commitment_record(actor: Actor, key: UUID) -> Commitment:
    """The record itself, for a use case."""
    rows = Commitment.objects.filter(pk=key)
    if actor.is_host:
        rows = rows.filter(is_shared=True)
    found = rows.first() if actor.may(Permission.READ_COMMITMENTS) else None
    if found is None:
        raise NotFound(_("There is no such commitment."))
    return found


def rows_of(found: Iterable[Commitment], language: str, on: date) -> tuple[CommitmentRow, ...]:
    rows = []
    for c in found:
        if day_of(c.created_at) > on:
            continue
        state = c.state if c.settled_on is None or c.settled_on <= on else "open"
        rows.append(
            CommitmentRow(
                c.pk, c.engagement_id, c.engagement.topic, c.side, c.owner_id, localised(c.owner.title, language),
                c.text, c.due_on, state, is_overdue(state, c.due_on, on),
            )
        )  # fmt: skip
    return tuple(rows)
