"""Opening posts, saying who holds them, and pairing them across the two sides."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accord.access.services import shorten_grants
from accord.audit.events import announce
from accord.audit.services import record
from accord.audit.usecase import use_case
from accord.kernel.actor import Actor
from accord.kernel.errors import Conflict, Invalid, WrongState
from accord.kernel.keys import new_key
from accord.kernel.period import Period
from accord.people.choices import Side
from accord.people.events import TourBegan
from accord.people.models import Nation, Organisation, Pairing, Person, Position, Tour
from accord.people.permissions import Permission
from accord.people.queries import tours_held

RECORDED = {"kind": "record", "ref": ""}


@use_case(Permission.MANAGE_REGISTER)
def open_position(
    *,
    actor: Actor,
    organisation: Organisation,
    title: Mapping[str, str],
    start: date,
    rank_code: str = "",
    nation: Nation | None = None,
    duty: str = "",
) -> Position:
    """Open a billet or post in an organisation. Nobody holds it yet."""
    if not any(text.strip() for text in title.values()):
        raise Invalid(_("It needs a title."), {"title": [_("Write the title in at least one language.")]})
    if start not in Period.of(organisation.period):
        message = _("The organisation does not exist on that day. Choose another day.")
        raise Invalid(message, {"start": [message]})
    position = Position.objects.create(
        code=_free_code(title), title=dict(title), organisation=organisation, rank_code=rank_code, nation=nation,
        duty=duty, period=DateRange(start, None), source=RECORDED,
    )  # fmt: skip
    record(actor, position, organisation=organisation.code, start=start)
    return position


@use_case(Permission.MANAGE_REGISTER)
def begin_tour(
    *,
    actor: Actor,
    position: Position,
    person: Person,
    start: date,
    end: date | None = None,
    rank: Mapping[str, str] | None = None,
) -> Tour:
    """Let a person hold a position from a day on; ``end`` is the first day without. Two incumbents are refused."""
    if person.side != position.organisation.side:
        message = _("This person belongs to the other side. Choose somebody of the same side as the position.")
        raise Invalid(message, {"person": [message]})
    if end is not None and end <= start:
        raise Invalid(_("The last day lies before the first."), {"end": [_("Choose a later day.")]})
    if start not in Period.of(position.period):
        message = _("The position does not exist on that day. Choose another day.")
        raise Invalid(message, {"start": [message]})
    tour = Tour(position=position, person=person, rank=dict(rank or {}), period=DateRange(start, end), source=RECORDED)
    try:
        with transaction.atomic():
            tour.save()
    except IntegrityError as error:
        raise Conflict(
            _("Somebody else holds this position during that time. End that tour first, or choose other days.")
        ) from error
    record(actor, position, person=person.code, start=start, end=end)
    announce(actor, TourBegan(person.account_id, position.pk))
    return tour


@use_case(Permission.MANAGE_REGISTER)
def end_tour(*, actor: Actor, tour: Tour, end: date, reason: str = "") -> Tour:
    """End a tour; ``end`` is the first day on which the person no longer holds the position."""
    tour = Tour.objects.select_for_update(of=("self",)).select_related("position", "person").get(pk=tour.pk)
    tour.period = _ended(tour.period, end, WrongState(_("This tour has ended already.")))
    tour.save(update_fields=["period"])
    record(actor, tour.position, reason=reason, person=tour.person.code, end=end)
    if tour.person.account_id:
        _end_grants(actor, tour.person.account_id, end)
    return tour


@use_case(Permission.PAIR_POSITIONS)
def pair_positions(
    *, actor: Actor, advisor: Position, counterpart: Position, start: date, end: date | None = None
) -> Pairing:
    """Pair an advisor's post with a counterpart's post; the pairing outlasts the people who hold them."""
    if advisor.organisation.side != Side.MISSION or counterpart.organisation.side != Side.HOST:
        message = _("Pair a post of the mission with a post of the host nation.")
        raise Invalid(message, {"other": [message]})
    if end is not None and end <= start:
        raise Invalid(_("The last day lies before the first."), {"end": [_("Choose a later day.")]})
    pairing = Pairing(advisor=advisor, counterpart=counterpart, period=DateRange(start, end), source=RECORDED)
    try:
        with transaction.atomic():
            pairing.save()
    except IntegrityError as error:
        raise Conflict(_("These two posts are paired during that time already.")) from error
    record(actor, advisor, counterpart=counterpart.code, start=start, end=end)
    return pairing


@use_case(Permission.PAIR_POSITIONS)
def unpair_positions(*, actor: Actor, pairing: Pairing, end: date, reason: str = "") -> Pairing:
    """End a pairing of posts; ``end`` is the first day without it."""
    pairing = (
        Pairing.objects.select_for_update(of=("self",)).select_related("advisor", "counterpart").get(pk=pairing.pk)
    )
    pairing.period = _ended(pairing.period, end, WrongState(_("This pairing has ended already.")))
    pairing.save(update_fields=["period"])
    record(actor, pairing.advisor, reason=reason, counterpart=pairing.counterpart.code, end=end)
    return pairing


def _end_grants(actor: Actor, account_id: UUID, end: date) -> None:
    """Nobody stays in a compartment longer than the last of the tours he is on."""
    tours = tours_held(account_id, end - timedelta(days=1))
    until = tours.end if tours else end
    if until is not None:
        shorten_grants(actor=actor, account_id=account_id, end=until)


def _ended(period: DateRange, end: date, over: WrongState) -> DateRange:
    if period.upper is not None and period.upper <= end:
        raise over
    if period.lower is not None and end <= period.lower:
        raise Invalid(_("The last day lies before the first."), {"end": [_("Choose a later day.")]})
    return DateRange(period.lower, end)


def _free_code(title: Mapping[str, str]) -> str:
    code = slugify(title.get("en", ""))[:50]
    if code and not Position.objects.filter(code=code).exists():
        return code
    return f"{code or 'post'}-{new_key().hex[-8:]}"
