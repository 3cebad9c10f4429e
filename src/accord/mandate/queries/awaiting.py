"""What waits for somebody's hand: requests to answer, accords to sign, keys about to expire."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal
from uuid import UUID

from accord.kernel.actor import Actor
from accord.kernel.clock import today
from accord.kernel.text import localised
from accord.mandate.choices import AccordState, RequestState
from accord.mandate.models import Accord, ConditionsAssessment, ControlStatus, HostRequest
from accord.mandate.permissions import Permission

SOON = timedelta(days=45)


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


@dataclass(frozen=True, slots=True)
class ExpiringKey:
    kind: Literal["control", "conditions"]
    title: str
    last_day: date


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


def keys_expiring(actor: Actor, language: str, day: date) -> list[ExpiringKey]:
    """Control statuses (for who signs them) and conditions (for who rates them) that end soon, nothing following."""
    found: list[ExpiringKey] = []
    if actor.may(Permission.SIGN_CONTROL_STATUS):
        rows = ControlStatus.objects.filter(period__contains=day, period__endswith__lte=day + SOON)
        for status in rows.select_related("institution"):
            later = ControlStatus.objects.filter(
                institution=status.institution, period__startswith__gte=status.period.upper
            )
            if not later.exists():
                name = localised(status.institution.name, language)
                found.append(ExpiringKey("control", name, status.period.upper - timedelta(days=1)))
    if actor.may(Permission.ASSESS_CONDITIONS):
        ratings = ConditionsAssessment.objects.filter(period__contains=day, period__endswith__lte=day + SOON)
        for rating in ratings.select_related("place"):
            later_ratings = ConditionsAssessment.objects.filter(
                place=rating.place, period__startswith__gte=rating.period.upper
            )
            if not later_ratings.exists():
                name = localised(rating.place.name, language)
                found.append(ExpiringKey("conditions", name, rating.period.upper - timedelta(days=1)))
    return found
