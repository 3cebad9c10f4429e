"""Facts on the ground that the gate reads: control status, conditions, posture, operations."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from accord.audit.events import announce
from accord.audit.services import record
from accord.audit.usecase import use_case
from accord.kernel.actor import Actor
from accord.kernel.clock import today
from accord.kernel.errors import Conflict, Invalid, Refused
from accord.mandate.choices import ControlStatusKind, Matter, PostureKind, Rating
from accord.mandate.events import GROUND, GroundShifted
from accord.mandate.models import ConditionsAssessment, ControlStatus, OperationsFlag, Posture
from accord.mandate.permissions import Permission
from accord.mandate.services.authority import signing_position
from accord.people.models import Organisation
from accord.places.models import Place

RECORD = {"kind": "record", "ref": ""}


@use_case(Permission.SIGN_CONTROL_STATUS, turn=GROUND)
def sign_control_status(
    *,
    actor: Actor,
    institution: Organisation,
    status: str,
    start: date,
    end: date,
    with_subordinates: bool = False,
    reference: str = "",
) -> ControlStatus:
    """Sign whether an institution is under the government's direct control from ``start`` until before ``end`` (S15).

    A status that overlaps is cut short on ``start``: the newest signature counts from its first day.
    """
    _require_expiry(start, end)
    if status not in ControlStatusKind.values:
        raise Invalid(_("Choose a control status from the list."), {"status": [_("Not in the list.")]})
    if institution.side != "host":
        raise Invalid(_("Choose an institution of the host nation."), {"institution": [_("Choose from the list.")]})
    position = signing_position(actor, Matter.CONTROL_STATUS, today(), "host")
    _make_room(ControlStatus.objects.filter(institution=institution), start)
    row = ControlStatus(
        institution=institution, status=status, with_subordinates=with_subordinates, period=DateRange(start, end),
        signed_by=position, signed_on=today(), reference=reference, source=RECORD,
    )  # fmt: skip
    _save(row)
    record(actor, row, institution=institution.code, status=status, start=start, end=end)
    announce(actor, GroundShifted(start, "control status"))
    return row


@use_case(Permission.ASSESS_CONDITIONS, turn=GROUND)
def assess_conditions(
    *, actor: Actor, place: Place, rating: str, start: date, end: date, note: Mapping[str, str] | None = None
) -> ConditionsAssessment:
    """Rate conditions in a place and everything in it, until before ``end`` (S11)."""
    _require_expiry(start, end)
    if rating not in Rating.values:
        raise Invalid(_("Choose a rating from the list."), {"rating": [_("Not in the list.")]})
    position = signing_position(actor, Matter.CONDITIONS, today(), "mission")
    _make_room(ConditionsAssessment.objects.filter(place=place), start)
    row = ConditionsAssessment(
        place=place, rating=rating, period=DateRange(start, end), assessed_by=position, note=dict(note or {}),
        source=RECORD,
    )  # fmt: skip
    _save(row)
    record(actor, row, place=place.code, rating=rating, start=start, end=end)
    announce(actor, GroundShifted(start, "conditions"))
    return row


@use_case(Permission.SET_POSTURE, turn=GROUND)
def set_posture(*, actor: Actor, kind: str, headquarters: Place, start: date, reason: Mapping[str, str]) -> Posture:
    """Change where the mission is and how it works from a day on (S2), until the next change already set for later."""
    if kind not in PostureKind.values:
        raise Invalid(_("Choose a posture from the list."), {"kind": [_("Not in the list.")]})
    if start < today():
        raise Invalid(_("A posture changes today or later."), {"start": [_("Choose today or a later day.")]})
    _make_room(Posture.objects.all(), start)
    coming = Posture.objects.filter(period__startswith__gt=start).order_by("period").first()
    row = Posture(
        kind=kind, headquarters=headquarters, period=DateRange(start, coming.period.lower if coming else None),
        reason=dict(reason), source=RECORD,
    )  # fmt: skip
    _save(row)
    record(actor, row, kind=kind, headquarters=headquarters.code, start=start)
    announce(actor, GroundShifted(start, "posture"))
    return row


@use_case(Permission.FLAG_OPERATIONS, turn=GROUND)
def flag_operations(*, actor: Actor, unit: Organisation, start: date, end: date | None = None) -> OperationsFlag:
    """Note that a host unit is on operations, so that nothing is planned with it (S13). Nothing else is kept."""
    if unit.side != "host":
        raise Invalid(_("Choose a unit of the host nation."), {"unit": [_("Choose from the list.")]})
    if end and end <= start:
        raise Invalid(_("The flag ends after it began."), {"end": [_("Choose a later day.")]})
    row = OperationsFlag(unit=unit, period=DateRange(start, end), noted_by=actor.name, source=RECORD)
    _save(row)
    record(actor, row, unit=unit.code, start=start, end=end)
    announce(actor, GroundShifted(start, "operations"))
    return row


@use_case(Permission.FLAG_OPERATIONS, turn=GROUND)
def end_operations_flag(*, actor: Actor, flag: OperationsFlag, end: date) -> OperationsFlag:
    """The unit is back: the flag ends before this day. Only those who look after it for the host can say so."""
    if not actor.is_host:
        raise Refused(_("Only the host government knows that its unit is back; one of its officials ends the flag."))
    flag = OperationsFlag.objects.select_for_update(of=("self",)).select_related("unit").get(pk=flag.pk)
    if flag.unit_id not in actor.within:
        raise Refused(_("This unit belongs to another institution. One of its own officials says that it is back."))
    if end <= flag.period.lower:
        raise Invalid(_("The flag ends after it began."), {"end": [_("Choose a later day.")]})
    if end < today():
        raise Invalid(_("The flag stays for days that are past."), {"end": [_("Choose today or a later day.")]})
    flag.period = DateRange(flag.period.lower, end)
    flag.save(update_fields=["period"])
    record(actor, flag, unit=flag.unit.code, end=end)
    announce(actor, GroundShifted(end, "operations"))
    return flag


def _require_expiry(start: date, end: date) -> None:
    if start < today():
        raise Invalid(
            _("What was signed for days that are past stays."), {"start": [_("Choose today or a later day.")]}
        )
    if end <= start:
        raise Invalid(_("Every key expires: the last day lies after the first."), {"end": [_("Choose a later day.")]})


def _make_room(overlapping: QuerySet[Any], start: date) -> None:
    """End what holds on ``start`` before it; what begins that very day is replaced, and only the trail remembers it.

    Without that, nobody could take back on the same day what was signed in the morning.
    """
    for row in overlapping.select_for_update().filter(period__contains=start):
        if row.period.lower < start:
            row.period = DateRange(row.period.lower, start)
            row.save(update_fields=["period"])
        else:
            row.delete()


def _save(row: Model) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Conflict(_("There is already an entry for some of these days. Choose days that are free.")) from error
