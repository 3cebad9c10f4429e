"""Reading the calendar, and the clashes of a plan with everybody else's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext_lazy as _

from accord.coordination.models import Booking, BookingClaim
from accord.coordination.permissions import Permission
from accord.kernel.actor import Actor
from accord.kernel.errors import Refused
from accord.kernel.text import localised
from accord.people.choices import Side
from accord.people.models import Organisation, Position


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A booking as one reader sees it. ``diaries`` names whose time is taken, ``clashes`` what else wants that time."""

    id: UUID
    title: str
    owner: str
    is_partner: bool
    is_mine: bool
    starts_at: datetime
    ends_at: datetime
    link: str
    diaries: tuple[str, ...]
    clashes: tuple[str, ...]


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


def calendar(
    actor: Actor, starts_at: datetime, ends_at: datetime, language: str, *, mine: bool = False
) -> list[CalendarEntry]:
    """Bookings in a stretch of time, with their clashes.

    The host reads what takes the time of its own posts and offices, and nothing of the partners' plans.
    """
    if not actor.may(Permission.READ_CALENDAR):
        raise Refused(_("Your role does not read the calendar."))
    rows = Booking.objects.filter(time__overlap=DateTimeTZRange(starts_at, ends_at))
    found = list(rows.select_related("owner").prefetch_related("claims").order_by("time", "id"))
    taken = {claim.resource_id for booking in found for claim in booking.claims.all()}
    names, of_host = _diaries(taken, language)
    if actor.is_host:
        found = [
            b for b in found if b.owner.side != Side.PARTNER and any(c.resource_id in of_host for c in b.claims.all())
        ]
        names = {key: name for key, name in names.items() if key in of_host}
    entries = [_entry(b, found, names, actor, language) for b in found]
    return [entry for entry in entries if entry.is_mine or not mine]


def _diaries(keys: set[UUID], language: str) -> tuple[dict[UUID, str], set[UUID]]:
    """The names of posts and offices, and which of them are the host's."""
    names: dict[UUID, str] = {}
    of_host: set[UUID] = set()
    for position in Position.objects.filter(pk__in=keys).select_related("organisation"):
        names[position.pk] = localised(position.title, language)
        if position.organisation.side == Side.HOST:
            of_host.add(position.pk)
    for organisation in Organisation.objects.filter(pk__in=keys):
        names[organisation.pk] = localised(organisation.name, language)
        if organisation.side == Side.HOST:
            of_host.add(organisation.pk)
    return names, of_host


def _entry(
    booking: Booking, others: list[Booking], names: dict[UUID, str], actor: Actor, language: str
) -> CalendarEntry:
    taken = {claim.resource_id for claim in booking.claims.all()}
    rivals = [
        other
        for other in others
        if other.pk != booking.pk
        and other.time.lower < booking.time.upper
        and booking.time.lower < other.time.upper
        and taken & {claim.resource_id for claim in other.claims.all()}
    ]
    return CalendarEntry(
        booking.pk,
        localised(booking.title, language),
        localised(booking.owner.name, language),
        booking.owner.side == Side.PARTNER,
        bool(taken & actor.position_ids),
        booking.time.lower,
        booking.time.upper,
        booking.link,
        tuple(sorted(names[key] for key in taken if key in names)),
        tuple(localised(other.title, language) for other in rivals),
    )
