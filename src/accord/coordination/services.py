"""Booking into the one calendar, and recording what partners plan."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext_lazy as _

from accord.audit.services import record
from accord.audit.usecase import use_case
from accord.coordination.choices import ResourceKind
from accord.coordination.models import Booking, BookingClaim
from accord.coordination.permissions import Permission
from accord.kernel.actor import Actor
from accord.kernel.errors import Conflict, Invalid
from accord.people.models import Organisation


@dataclass(frozen=True, slots=True)
class Diary:
    """Whose time is taken; ``organisation_id`` is the office it belongs to.

    Claims that are not firm are shown but do not block: a ministry can meet two advisors.
    """

    kind: str
    id: UUID
    organisation_id: UUID
    is_firm: bool = True


def book(
    *,
    owner: Organisation,
    title: Mapping[str, str],
    starts_at: datetime,
    ends_at: datetime,
    diaries: Iterable[Diary],
    subject_id: UUID,
    link: str = "",
) -> Booking:
    """Take time in these diaries, inside the caller's use case; Conflict if a firm one is taken already."""
    time = DateTimeTZRange(starts_at, ends_at)
    booking = Booking(owner=owner, title=dict(title), time=time, subject_id=subject_id, link=link)
    try:
        with transaction.atomic():
            booking.save()
            BookingClaim.objects.bulk_create(
                [
                    BookingClaim(
                        booking=booking,
                        kind=d.kind,
                        resource_id=d.id,
                        organisation_id=d.organisation_id,
                        time=time,
                        is_firm=d.is_firm,
                    )
                    for d in diaries
                ]
            )
    except IntegrityError as error:
        raise Conflict(
            _("Somebody you chose is already booked at that time. Choose another time, or see the calendar.")
        ) from error
    return booking


def release(subject_id: UUID) -> None:
    """Give back all time taken for a subject, inside the caller's use case."""
    Booking.objects.filter(subject_id=subject_id).delete()


@use_case(Permission.RECORD_PARTNER_PLAN)
def record_partner_plan(
    *,
    actor: Actor,
    partner: Organisation,
    title: Mapping[str, str],
    starts_at: datetime,
    ends_at: datetime,
    with_organisations: Iterable[Organisation],
) -> Booking:
    """Record what a partner plans with the same counterparts, so that clashes show (S19, S20). It blocks nobody."""
    if partner.side != "partner":
        raise Invalid(_("Choose a partner organisation."), {"partner": [_("Not a partner organisation.")]})
    if ends_at <= starts_at:
        raise Invalid(_("The end lies after the start."), {"ends_at": [_("Choose a later time.")]})
    time = DateTimeTZRange(starts_at, ends_at)
    booking = Booking.objects.create(
        owner=partner,
        title=dict(title),
        time=time,
        is_firm=False,
        marking="partners",
        source={"kind": "record", "ref": ""},
    )
    BookingClaim.objects.bulk_create(
        [
            BookingClaim(
                booking=booking,
                kind=ResourceKind.ORGANISATION,
                resource_id=o.pk,
                organisation=o,
                time=time,
                is_firm=False,
            )
            for o in with_organisations
        ]
    )
    record(actor, booking, partner=partner.code, starts_at=starts_at, ends_at=ends_at)
    return booking
