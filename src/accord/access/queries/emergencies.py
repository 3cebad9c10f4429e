"""Emergency access to compartments: who asked, who allowed it, until when."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accord.access.models import BreakGlass, Compartment
from accord.access.permissions import Permission
from accord.access.queries.compartments import as_steward, kept_by
from accord.kernel.actor import Actor
from accord.kernel.errors import NotFound
from accord.kernel.text import localised

# An emergency that nobody answers within a day was none.
WAITS_FOR = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class EmergencyRow:
    """``state`` is ``asked``, ``open``, or ``over``; ``is_own`` says that the reader asked himself."""

    id: UUID
    compartment: str
    compartment_code: str
    name: str
    reason: str
    asked_at: datetime
    allowed_by: str
    ends_at: datetime | None
    state: str
    is_own: bool


def emergencies(actor: Actor, language: str, now: datetime) -> list[EmergencyRow]:
    """Those asked or open that concern this reader: his own, those he keeps as steward, those he may answer."""
    with as_steward(actor):
        shown = [_row(found, actor, language, now) for found in _known(actor)]
    return [row for row in shown if row.state != "over"]


def emergencies_to_answer(actor: Actor, language: str, now: datetime) -> list[EmergencyRow]:
    if not actor.may(Permission.SECOND_GRANTS):
        return []
    return [row for row in emergencies(actor, language, now) if row.state == "asked" and not row.is_own]


def emergency_page(actor: Actor, key: UUID, language: str, now: datetime) -> EmergencyRow:
    return _row(emergency_record(actor, key), actor, language, now)


def emergency_record(actor: Actor, key: UUID) -> BreakGlass:
    """The record itself, for a use case."""
    with as_steward(actor):
        found = _known(actor).filter(pk=key).first()
    if found is None:
        raise NotFound(_("There is no such emergency access, or it is not for you to see."))
    return found


def state_of(emergency: BreakGlass, now: datetime) -> str:
    if emergency.ends_at is not None:
        return "open" if emergency.allowed_by and now < emergency.ends_at else "over"
    return "asked" if now - emergency.asked_at < WAITS_FOR else "over"


def _known(actor: Actor) -> QuerySet[BreakGlass]:
    rows = BreakGlass.objects.select_related("account")
    if actor.may(Permission.SECOND_GRANTS) or actor.may(Permission.SEE_READERS):
        return rows
    return rows.filter(Q(account_id=actor.account_id) | Q(compartment__in=kept_by(actor)))


def _row(found: BreakGlass, actor: Actor, language: str, now: datetime) -> EmergencyRow:
    compartment = Compartment.objects.filter(code=found.compartment).first()
    return EmergencyRow(
        id=found.pk,
        compartment=localised(compartment.name, language) if compartment else found.compartment,
        compartment_code=found.compartment,
        name=found.account.display_name,
        reason=found.reason,
        asked_at=found.asked_at,
        allowed_by=found.allowed_by_name,
        ends_at=found.ends_at,
        state=state_of(found, now),
        is_own=found.account_id == actor.account_id,
    )
