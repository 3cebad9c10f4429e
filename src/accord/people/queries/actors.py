"""Who stands behind an account, and whose accounts stand behind posts."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from accord.access.models import Account
from accord.access.queries import compartments_kept_by, need_to_know_of, permissions_of, roles_of
from accord.kernel.actor import Actor, Side
from accord.kernel.period import Period
from accord.kernel.text import localised
from accord.people.models import Organisation, Person, Tour
from accord.people.queries.organisations import parents_on
from accord.wall.standing import house

SPEAKS_FOR_THE_GOVERNMENT = "host_authority"  # the duty of a post; its holder looks after all of its institutions


def actor_for(account: Account, on: date, *, channel: str = "page") -> Actor:
    """The actor behind an account on a day: roles by grant, posts by tour, side by person, markings by all of these."""
    with house("who is there"):
        roles = roles_of(account, on)
        person = Person.objects.filter(account=account).select_related("nation").first()
        posts = list(
            Tour.objects.filter(person=person, period__contains=on).select_related("position__organisation")
            if person
            else ()
        )
        # Whose roles have all ended belongs to no side any more, whatever post he holds.
        side: Side = (person.side if person else "mission") if roles else "public"  # type: ignore[assignment]
        offices = {tour.position.organisation_id for tour in posts}
        if any(tour.position.duty == SPEAKS_FOR_THE_GOVERNMENT for tour in posts):
            offices |= set(Organisation.objects.filter(side=side, kind="government").values_list("pk", flat=True))
        known = need_to_know_of(account, side, _releases(side, person, posts), on)
        return Actor(
            name=account.display_name,
            side=side,
            permissions=permissions_of(roles),
            roles=roles,
            account_id=account.pk,
            person_id=person.pk if person else None,
            position_ids=frozenset(tour.position_id for tour in posts),
            channel=channel,
            within=_downward(offices, on) if side in {"host", "partner"} else frozenset(),
            compartments=known.compartments,
            emergency=known.emergency,
            markings=known.markings,
            emergency_markings=known.emergency_markings,
            keeps=compartments_kept_by(roles),
        )


def _releases(side: str, person: Person | None, tours: Iterable[Tour]) -> frozenset[str]:
    """What a marking can be releasable to, as far as it names this person: side, nation, organisations, public."""
    nation = {f"nation:{person.nation.code}"} if person and person.nation else set()
    return frozenset({"public", side, *nation, *(f"organisation:{t.position.organisation.code}" for t in tours)})


def _downward(offices: Iterable[UUID], on: date) -> frozenset[UUID]:
    """These organisations and all that stand below them on a day."""
    below: dict[UUID, list[UUID]] = defaultdict(list)
    for child, parent in parents_on(on).items():
        below[parent].append(child)
    found, waiting = set[UUID](), list(offices)
    while waiting:
        office = waiting.pop()
        if office not in found:
            found.add(office)
            waiting += below[office]
    return frozenset(found)


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
