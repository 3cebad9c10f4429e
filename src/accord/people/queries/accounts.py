"""Accounts beside the register: whose they are, and whether a tour lets their holders in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from accord.access.models import Account
from accord.access.permissions import Permission
from accord.access.queries import AccountRow, accounts, may_enter
from accord.kernel.actor import Actor
from accord.kernel.errors import Refused
from accord.kernel.text import localised
from accord.people.choices import Side, Standing
from accord.people.models import Person, Tour
from accord.wall.standing import house

SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class HeldPost:
    id: UUID
    title: str
    organisation: str
    period: Any


@dataclass(frozen=True, slots=True)
class AccountHolder:
    """An account and whose it is. ``posts`` are held or to come; ``until`` is the last day of the present tour."""

    account: AccountRow
    standing: Standing
    person_id: UUID | None = None
    person: str = ""
    side: Side | None = None
    posts: tuple[HeldPost, ...] = ()
    until: date | None = None


@house("who is there")
def enters(account: Account, on: date) -> bool:
    """The holder may enter that day: active, verified, and not between or after tours if he ever had one.

    Asked at the door, where nobody is known yet who could read tours.
    """
    if not may_enter(account, on):
        return False
    tours = Tour.objects.filter(person__account=account)
    counted = tours.aggregate(all=Count("pk"), held=Count("pk", filter=Q(period__contains=on)))
    return not counted["all"] or bool(counted["held"])


def tour_until(actor: Actor, on: date) -> date | None:
    """The last day up to which the actor holds some post without a break; None where no tour sets an end."""
    periods = list(Tour.objects.filter(person=actor.person_id).values_list("period", flat=True))
    return _last_day(periods, on)


def account_holders(actor: Actor, language: str, on: date, *, only: UUID | None = None) -> list[AccountHolder]:
    """Accounts with their holders, for those who keep or verify them and for the holder himself."""
    keeps = actor.may(Permission.MANAGE_ACCOUNTS) or actor.may(Permission.VERIFY_ACCOUNTS)
    if not keeps and (only is None or only != actor.account_id):
        raise Refused(_("Only an administrator manages the accounts of others."))
    rows = accounts(on, only=only)
    persons = Person.objects.filter(account__in=[row.id for row in rows])
    found = {p.account_id: p for p in persons.prefetch_related("tours__position__organisation")}
    return [_holder(row, found.get(row.id), language, on) for row in rows]


def _holder(row: AccountRow, person: Person | None, language: str, on: date) -> AccountHolder:
    tours = sorted(person.tours.all(), key=lambda t: t.period.lower) if person else []
    periods = [tour.period for tour in tours]
    standing = _standing(row, periods, on)
    if person is None:
        return AccountHolder(row, standing)
    posts = tuple(
        HeldPost(
            t.position_id, localised(t.position.title, language), localised(t.position.organisation.name, language),
            t.period,
        )
        for t in tours
        if t.period.upper is None or t.period.upper > on
    )  # fmt: skip
    name, side = localised(person.shown_name, language), Side(person.side)
    return AccountHolder(row, standing, person.pk, name, side, posts, _last_day(periods, on))


def _standing(row: AccountRow, periods: list[Any], on: date) -> Standing:
    """The one thing an administrator wants to know of an account, the most decisive first."""
    if not row.is_active:
        return Standing.CLOSED
    if not row.is_verified:
        return Standing.INVITED if row.link_until else Standing.WAITING
    if not periods:
        return Standing.NO_TOUR
    if not any(on in period for period in periods):
        return Standing.TOUR_AHEAD if any(period.lower > on for period in periods) else Standing.TOUR_OVER
    last = _last_day(periods, on)
    return Standing.ENDS_SOON if last and last <= on + SOON else Standing.OPEN


def _last_day(periods: Iterable[Any], on: date) -> date | None:
    """The last day of the tours that follow each other from this day on; None if the chain never ends or never was."""
    end = on
    for period in sorted(periods, key=lambda p: p.lower):
        if period.lower <= end and (period.upper is None or period.upper > end):
            if period.upper is None:
                return None
            end = period.upper
    return end - timedelta(days=1) if end > on else None
