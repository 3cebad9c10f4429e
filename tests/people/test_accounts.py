"""Accounts beside the register: who enters on which day, and what asks for a second pair of eyes."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext

from accord.access.choices import Role
from accord.access.models import Account
from accord.access.services import grant_role
from accord.kernel.clock import now
from accord.kernel.errors import Refused
from accord.people.models import Person, Tour
from accord.people.queries import account_holders, enters, tour_until
from accord.people.services import begin_tour, give_account, register_person
from tests.cast import TODAY, World, world

__all__ = ["world"]

DAY = timedelta(days=1)


def tours(world: World, *periods: tuple[int, int | None]) -> Account:
    """The advisor's account, after giving him tours from and to so many days from today; ``to`` is the day after."""
    Tour.objects.filter(person__code="advisor").delete()
    person = Person.objects.get(code="advisor")
    for number, (start, end) in enumerate(periods):
        Tour.objects.create(
            person=person, position=world.post[("advisor", "press")[number % 2]],
            period=DateRange(TODAY + start * DAY, None if end is None else TODAY + end * DAY),
        )  # fmt: skip
    return world.account["advisor"]


@pytest.fixture(autouse=True)
def _free_posts(world: World) -> None:
    Tour.objects.exclude(person__code__in=("administrator", "legal")).delete()


@pytest.mark.parametrize(
    ("periods", "allowed", "standing", "until"),
    [
        ([], True, "no_tour", None),
        ([(-10, None)], True, "open", None),
        ([(-10, 100)], True, "open", 99),
        ([(-10, 1)], True, "ends_soon", 0),
        ([(-10, 31)], True, "ends_soon", 30),
        ([(-10, 5), (5, 200)], True, "open", 199),
        ([(-10, 5), (6, 200)], True, "ends_soon", 4),
        ([(-10, 0)], False, "tour_over", None),
        ([(-10, 0), (1, None)], False, "tour_ahead", None),
        ([(1, None)], False, "tour_ahead", None),
    ],
)
def test_tours_say_who_enters_today(
    world: World, periods: list[tuple[int, int | None]], allowed: bool, standing: str, until: int | None
) -> None:
    account = tours(world, *periods)
    last = None if until is None else TODAY + until * DAY
    with CaptureQueriesContext(connection) as asked:
        assert enters(account, TODAY) is allowed
    assert len(asked) == 1
    (holder,) = account_holders(world.actor("administrator"), "en", TODAY, only=account.pk)
    assert (holder.standing, holder.until) == (standing, last)
    assert tour_until(world.actor("advisor"), TODAY) == last


def test_nobody_enters_who_is_not_verified_or_closed(world: World) -> None:
    account = tours(world, (-10, None))
    account.verified_at = None
    assert not enters(account, TODAY)
    account.verified_at, account.is_active = now(), False
    assert not enters(account, TODAY)


def test_enters_from_the_first_to_the_last_day_of_the_tour(world: World) -> None:
    account = tours(world, (5, 9))
    assert [enters(account, TODAY + n * DAY) for n in (4, 5, 8, 9)] == [False, True, True, False]


def test_accounts_of_others_are_for_those_who_keep_or_verify_them(world: World) -> None:
    for who in ("administrator", "legal"):
        assert len(account_holders(world.actor(who), "en", TODAY)) == len(world.account)
    with pytest.raises(Refused):
        account_holders(world.actor("advisor"), "en", TODAY)
    with pytest.raises(Refused):
        account_holders(world.actor("advisor"), "en", TODAY, only=world.account["chief"].pk)
    assert account_holders(world.actor("advisor"), "en", TODAY, only=world.account["advisor"].pk)


def verified(account: Account) -> bool:
    account.refresh_from_db()
    return account.verified_at is not None


@pytest.mark.parametrize("role", [r for r in Role.values if r not in {"host", "administrator", "data_protection"}])
def test_role_of_another_side_asks_for_a_second_pair_of_eyes(world: World, role: str) -> None:
    """A host official with a mission's role reads what is not for him: no administrator decides that alone."""
    account = world.account["second-host"]
    grant_role(actor=world.actor("administrator"), account=account, role=role, start=TODAY)
    assert not verified(account)


def test_account_of_nobody_in_particular_is_the_missions(world: World) -> None:
    account = world.account["press"]
    Person.objects.filter(code="press").update(account=None)
    grant_role(actor=world.actor("administrator"), account=account, role="advisor", start=TODAY)
    assert verified(account)
    grant_role(actor=world.actor("administrator"), account=account, role="partner", start=TODAY)
    assert not verified(account)


def test_account_tied_to_a_person_is_verified_in_his_name(world: World) -> None:
    Person.objects.filter(code="press").update(account=None)
    person = register_person(actor=world.actor("chief"), shown_name={"en": "Host Official"}, side="host")
    give_account(actor=world.actor("chief"), person=person, account=world.account["press"])
    assert not verified(world.account["press"])
    assert world.account["press"].invited_by == world.account["chief"].pk  # who tied it does not verify it


@pytest.mark.parametrize(("post", "still"), [("representative", False), ("commander", False), ("trainer", True)])
def test_post_that_signs_asks_for_a_second_pair_of_eyes(world: World, post: str, still: bool) -> None:
    code = "press" if post == "commander" else "second-host"
    person = Person.objects.get(code=code)
    begin_tour(actor=world.actor("administrator"), position=world.post[post], person=person, start=TODAY + DAY)
    assert verified(world.account[code]) is still
