"""Who stands behind an account, and whose accounts stand behind posts."""

from datetime import date
from uuid import UUID

from accord.access.models import Account
from accord.access.queries import compartments_of, permissions_of, roles_of
from accord.kernel.actor import Actor, Side
from accord.kernel.clock import now
from accord.kernel.period import Period
from accord.kernel.text import localised
from accord.people.models import Person, Tour


def actor_for(account: Account, on: date, *, channel: str = "page") -> Actor:
    """The actor behind an account on a day: roles by grant, posts by tour, side by person."""
    roles = roles_of(account, on)
    person = Person.objects.filter(account=account).first()
    posts = frozenset[UUID]()
    if person:
        posts = frozenset(Tour.objects.filter(person=person, period__contains=on).values_list("position_id", flat=True))
    side: Side = person.side if person else "mission"  # type: ignore[assignment]
    return Actor(
        name=account.display_name,
        side=side,
        permissions=permissions_of(roles),
        roles=roles,
        account_id=account.pk,
        person_id=person.pk if person else None,
        position_ids=posts,
        channel=channel,
        compartments=compartments_of(account.pk, on, now()),
    )


def tours_held(account_id: UUID, on: date) -> Period | None:
    """Until when the person behind an account holds a post, all those of the day together; None without any."""
    ends = Tour.objects.filter(person__account=account_id, period__contains=on).values_list("period", flat=True)
    if not ends:
        return None
    known = [period.upper for period in ends]
    return Period(end=None if None in known else max(known))


def accounts_of_positions(positions: list[UUID], on: date) -> list[UUID]:
    """The accounts of whoever holds these positions on a day."""
    found = Tour.objects.filter(position__in=positions, period__contains=on, person__account__is_active=True)
    return list(found.values_list("person__account_id", flat=True))


def host_accounts(on: date) -> list[UUID]:
    """The accounts of everybody on the host's side who holds a post on a day."""
    found = Tour.objects.filter(person__side="host", period__contains=on, person__account__is_active=True)
    return list(found.values_list("person__account_id", flat=True).distinct())


def name_of(actor: Actor, language: str) -> str:
    """How the actor is called in a language: as the register shows the person, else as the account is named."""
    if actor.person_id is None:
        return actor.name
    shown = Person.objects.filter(pk=actor.person_id).values_list("shown_name", flat=True).first()
    return localised(shown, language) or actor.name
