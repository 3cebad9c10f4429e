"""What waits for somebody's hand: requests to answer, accords to sign, keys about to expire."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from accord.kernel.actor import Actor
from accord.kernel.clock import today
from accord.kernel.text import localised
from accord.mandate.choices import AccordState, RequestState
from accord.mandate.models import Accord, HostRequest
from accord.mandate.permissions import Permission
from accord.mandate.queries.consent import Key, KeyKind, next_expiring

RENEWED_BY: dict[KeyKind, Permission] = {
    "control": Permission.SIGN_CONTROL_STATUS,
    "conditions": Permission.ASSESS_CONDITIONS,
}


@dataclass(frozen=True, slots=True)
class AwaitingRequest:
    id: UUID
    title: str
    submitted_on: date | None


@dataclass(frozen=True, slots=True)
class AwaitingAccord:
    id: UUID
    title: str
    period: Any


def requests_awaiting(language: str) -> list[AwaitingRequest]:
    rows = HostRequest.objects.filter(state=RequestState.SUBMITTED).order_by("submitted_on")[:20]
    return [AwaitingRequest(r.pk, localised(r.title, language), r.submitted_on) for r in rows]


def accords_awaiting(actor: Actor, language: str) -> list[AwaitingAccord]:
    """Proposed accords the actor's side has not signed yet, if the actor may sign."""
    if actor.is_host and actor.may(Permission.SIGN_FOR_HOST):
        rows = Accord.objects.filter(host_signed_on=None)
    elif actor.may(Permission.SIGN_FOR_MISSION) and not actor.is_host:
        rows = Accord.objects.filter(mission_signed_on=None)
    else:
        return []
    rows = rows.filter(state=AccordState.PROPOSED, period__endswith__gt=today())
    return [AwaitingAccord(a.pk, localised(a.title, language), a.period) for a in rows[:20]]


def keys_expiring(actor: Actor, language: str, day: date) -> list[Key]:
    """Control statuses (for who signs them) and conditions (for who rates them) that end soon and are not followed."""
    own = {kind for kind, permission in RENEWED_BY.items() if actor.may(permission)}
    return [k for k in next_expiring(language, day, limit=None) if k.soon and k.kind in own] if own else []
