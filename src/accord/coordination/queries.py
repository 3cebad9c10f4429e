"""Reading the calendar, and the clashes of a plan with everybody else's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from accord.coordination.models import Booking, BookingClaim
from accord.kernel.actor import Actor
from accord.kernel.text import localised


@dataclass(frozen=True, slots=True)
class BookingRow:
    id: UUID
    title: str
    owner: str
    is_partner: bool
    starts_at: datetime
    ends_at: datetime
    link: str
    subject_id: UUID | None


@dataclass(frozen=True, slots=True)
class Clash:
    """Something else at the same time with the same people. ``blocks`` if PostgreSQL would refuse the booking."""

    title: str
    owner: str
    starts_at: datetime
    ends_at: datetime
    blocks: bool


def clashes(
    starts_at: datetime,
    ends_at: datetime,
    diaries: Iterable[tuple[UUID, bool]],
    language: str,
    *,
    besides: UUID | None = None,
) -> list[Clash]:
    """What overlaps these hours in these diaries (id, firm); ``besides`` is the subject being replanned."""
    firm = dict(diaries)
    if ends_at <= starts_at:
        return []
    claims = BookingClaim.objects.filter(
        resource_id__in=list(firm), time__overlap=DateTimeTZRange(starts_at, ends_at)
    ).select_related("booking", "booking__owner")
    found: dict[UUID, Clash] = {}
    for claim in claims.order_by("time"):
        booking = claim.booking
        if besides and booking.subject_id == besides:
            continue
        blocks = claim.is_firm and firm[claim.resource_id]
        before = found.get(booking.pk)
        found[booking.pk] = Clash(
            localised(booking.title, language),
            localised(booking.owner.name, language),
            booking.time.lower,
            booking.time.upper,
            blocks or (before.blocks if before else False),
        )
    return list(found.values())


def bookings_between(actor: Actor, starts_at: datetime, ends_at: datetime, language: str) -> list[BookingRow]:
    """Everybody's bookings in a stretch of time. The host sees the mission's with its institutions; so do all."""
    rows = Booking.objects.filter(time__overlap=DateTimeTZRange(starts_at, ends_at)).select_related("owner")
    if actor.is_host:
        rows = rows.exclude(owner__side="partner")
    return [
        BookingRow(
            b.pk,
            localised(b.title, language),
            localised(b.owner.name, language),
            b.owner.side == "partner",
            b.time.lower,
            b.time.upper,
            b.link,
            b.subject_id,
        )
        for b in rows.order_by("time")
    ]
