"""Who is let into a compartment, by whom, until when; second persons and stewards."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from accord.access.models import Compartment, CompartmentGrant, Grant
from accord.access.queries import (
    accounts_in,
    accounts_to_let_in,
    compartment_grant_record,
    compartment_page,
    compartments,
    compartments_of,
    granted_compartments_of,
    grants_to_confirm,
    grants_to_second,
)
from accord.access.services import answer_grant, end_compartment_grant, review_grant
from accord.audit.models import Entry
from accord.kernel.clock import fixed, now
from accord.kernel.errors import Conflict, Invalid, NotFound, Refused, WrongState
from accord.people.models import Tour
from accord.people.services import begin_tour, end_tour, let_into_compartment
from tests.cast import TODAY, World

LAST_DAY = TODAY + timedelta(days=60)
TOUR_ENDS = TODAY + timedelta(days=90)


@pytest.fixture
def contracts(world: World) -> Compartment:
    return circle("contracts")


def circle(code: str, *, needs_two: bool = False) -> Compartment:
    return Compartment.objects.create(
        code=code, name={"en": code.title()}, purpose={"en": "Needs care"}, steward_role="chief", needs_two=needs_two
    )


def let_in(
    world: World, compartment: Compartment, who: str = "advisor", by: str = "administrator", last_day: date = LAST_DAY
) -> CompartmentGrant:
    return let_into_compartment(
        actor=world.actor(by), account=world.account[who], compartment=compartment, purpose="Writes the contracts",
        last_day=last_day,
    )  # fmt: skip


def inside(world: World, who: str, on: date = TODAY) -> frozenset[str]:
    return compartments_of(world.account[who].pk, on, now())


def test_a_grant_holds_from_today_to_its_last_day_and_for_its_holder_only(world: World, contracts: Compartment) -> None:
    let_in(world, contracts, last_day=TODAY + timedelta(days=5))
    assert inside(world, "advisor") == {"contracts"}
    assert inside(world, "chief") == frozenset()
    assert inside(world, "advisor", TODAY + timedelta(days=5)) == {"contracts"}
    assert inside(world, "advisor", TODAY + timedelta(days=6)) == frozenset()
    assert inside(world, "advisor", TODAY - timedelta(days=1)) == frozenset()
    entry = Entry.objects.get(action="let_into_compartment")
    assert (entry.object_name, entry.changes["account"]) == ("contracts", "advisor")


def test_a_grant_needs_a_purpose_and_a_last_day_within_the_tour(world: World, contracts: Compartment) -> None:
    Tour.objects.filter(person__code="advisor").update(period=DateRange(date(2024, 1, 1), TOUR_ENDS))
    with pytest.raises(Invalid) as late:
        let_in(world, contracts, last_day=TOUR_ENDS)
    assert set(late.value.fields) == {"last_day"}
    with pytest.raises(Invalid) as early:
        let_into_compartment(
            actor=world.actor("administrator"), account=world.account["advisor"], compartment=contracts, purpose=" ",
            last_day=TODAY - timedelta(days=1),
        )  # fmt: skip
    assert set(early.value.fields) == {"purpose", "last_day"}
    let_in(world, contracts, last_day=TOUR_ENDS - timedelta(days=1))
    assert inside(world, "advisor") == {"contracts"}


def test_who_holds_no_post_is_not_let_in(world: World, contracts: Compartment) -> None:
    Tour.objects.filter(person__code="advisor").delete()
    with pytest.raises(Invalid) as refused:
        let_in(world, contracts)
    assert set(refused.value.fields) == {"account"}


def test_only_administrators_let_in_and_never_themselves_or_each_other(world: World, contracts: Compartment) -> None:
    with pytest.raises(Refused):
        let_in(world, contracts, by="commander")
    with pytest.raises(Refused, match="himself"):
        let_in(world, contracts, who="administrator")
    Grant.objects.create(account=world.account["press"], role="administrator", period=DateRange(TODAY, None))
    with pytest.raises(Refused, match="holds none"):
        let_in(world, contracts, who="press")
    offered = {account.username for account in accounts_to_let_in(world.actor("administrator"), TODAY)}
    assert "advisor" in offered
    assert not offered & {"administrator", "press"}
    with pytest.raises(Refused):
        accounts_to_let_in(world.actor("chief"), TODAY)


def test_who_becomes_administrator_is_out_of_every_compartment(world: World, contracts: Compartment) -> None:
    let_in(world, contracts)
    Grant.objects.create(account=world.account["advisor"], role="administrator", period=DateRange(TODAY, None))
    assert inside(world, "advisor") == frozenset()
    assert accounts_in("contracts", TODAY) == []


def test_nobody_is_let_in_twice(world: World, contracts: Compartment) -> None:
    let_in(world, contracts)
    with pytest.raises(Conflict):
        let_in(world, contracts)


def test_where_two_are_needed_it_waits_for_a_second_person(world: World) -> None:
    vetting = circle("vetting", needs_two=True)
    grant = let_in(world, vetting)
    assert inside(world, "advisor") == frozenset()
    assert [row.id for row in grants_to_second(world.actor("legal"), "en", TODAY)] == [grant.pk]
    assert grants_to_second(world.actor("chief"), "en", TODAY) == []
    with pytest.raises(Refused):
        answer_grant(actor=world.actor("chief"), grant=grant, agrees=True)
    answer_grant(actor=world.actor("legal"), grant=grant, agrees=True)
    assert inside(world, "advisor") == {"vetting"}
    with pytest.raises(WrongState):
        answer_grant(actor=world.actor("commander"), grant=grant, agrees=True)


def test_the_second_person_is_neither_holder_nor_granter(world: World) -> None:
    vetting = circle("vetting", needs_two=True)
    own = let_in(world, vetting, who="legal")
    assert grants_to_second(world.actor("legal"), "en", TODAY) == []
    with pytest.raises(Refused):
        answer_grant(actor=world.actor("legal"), grant=own, agrees=True)
    granter = replace(
        world.actor("administrator"), permissions=world.actor("legal").permissions | {"access.second_grants"}
    )
    with pytest.raises(Refused):
        answer_grant(actor=granter, grant=own, agrees=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        CompartmentGrant.objects.filter(pk=own.pk).update(seconded_by=own.granted_by)
    assert inside(world, "legal") == frozenset()


def test_what_the_second_person_refuses_has_ended(world: World) -> None:
    grant = let_in(world, circle("vetting", needs_two=True))
    answer_grant(actor=world.actor("commander"), grant=grant, agrees=False)
    grant.refresh_from_db()
    assert grant.state == "ended"
    assert inside(world, "advisor") == frozenset()


def test_an_ended_grant_counts_no_more_at_once(world: World, contracts: Compartment) -> None:
    grant = let_in(world, contracts)
    with pytest.raises(Refused):
        end_compartment_grant(actor=world.actor("chief"), grant=grant)
    end_compartment_grant(actor=world.actor("administrator"), grant=grant, reason="Moved on")
    assert inside(world, "advisor") == frozenset()
    with pytest.raises(WrongState):
        end_compartment_grant(actor=world.actor("administrator"), grant=grant)
    let_in(world, contracts)
    assert inside(world, "advisor") == {"contracts"}


def test_what_no_steward_confirms_within_a_month_lapses(world: World, contracts: Compartment) -> None:
    grant = let_in(world, contracts, last_day=TODAY + timedelta(days=90))
    month, over = TODAY + timedelta(days=31), TODAY + timedelta(days=32)
    assert granted_compartments_of(world.account["advisor"].pk, month) == {"contracts"}
    assert granted_compartments_of(world.account["advisor"].pk, over) == frozenset()
    assert grants_to_confirm(world.actor("chief"), "en", TODAY) == []
    with fixed(month):
        assert [row.id for row in grants_to_confirm(world.actor("chief"), "en", month)] == [grant.pk]
        review_grant(actor=world.actor("chief"), grant=grant, stays=True)
    assert granted_compartments_of(world.account["advisor"].pk, over) == {"contracts"}
    with fixed(month + timedelta(days=32)):
        with pytest.raises(WrongState):
            review_grant(actor=world.actor("chief"), grant=grant, stays=True)
        (shown,) = compartment_page(world.actor("administrator"), "contracts", "en", now()).members or ()
        assert shown.state == "lapsed"
        let_in(world, contracts, last_day=month + timedelta(days=50))
    grant.refresh_from_db()
    assert grant.state == "ended"


def test_only_the_steward_confirms_and_never_himself(world: World, contracts: Compartment) -> None:
    grant, own = let_in(world, contracts), let_in(world, contracts, who="chief")
    with pytest.raises(Refused, match="steward"):
        review_grant(actor=world.actor("legal"), grant=grant, stays=True)
    with pytest.raises(Refused, match="himself"):
        review_grant(actor=world.actor("chief"), grant=own, stays=True)
    review_grant(actor=world.actor("second-chief"), grant=own, stays=True)
    review_grant(actor=world.actor("chief"), grant=grant, stays=False)
    assert inside(world, "advisor") == frozenset()
    assert inside(world, "chief") == {"contracts"}


def test_a_tour_that_ends_early_ends_the_grant_too(world: World, contracts: Compartment) -> None:
    keeper = world.actor("administrator")
    grant = let_in(world, contracts)
    tour = Tour.objects.get(person__code="advisor")
    end_tour(actor=keeper, tour=tour, end=TODAY + timedelta(days=10))
    grant.refresh_from_db()
    assert grant.period.upper == TODAY + timedelta(days=10)


def test_a_second_tour_carries_the_grant_on(world: World, contracts: Compartment) -> None:
    keeper = world.actor("administrator")
    Tour.objects.filter(person__code="second-chief").delete()
    begin_tour(
        actor=keeper, position=world.post["second-chief"], person=Tour.objects.get(person__code="advisor").person,
        start=TODAY, end=TODAY + timedelta(days=20),
    )  # fmt: skip
    grant = let_in(world, contracts)
    end_tour(actor=keeper, tour=Tour.objects.get(position__code="advisor"), end=TODAY + timedelta(days=10))
    grant.refresh_from_db()
    assert grant.period.upper == TODAY + timedelta(days=20)


def test_a_tour_that_ends_today_leaves_nothing_of_a_grant(world: World, contracts: Compartment) -> None:
    grant = let_in(world, contracts)
    end_tour(actor=world.actor("administrator"), tour=Tour.objects.get(person__code="advisor"), end=TODAY)
    grant.refresh_from_db()
    assert grant.state == "ended"


def test_who_is_in_is_shown_to_steward_granter_and_those_who_see_readers(world: World, contracts: Compartment) -> None:
    grant = let_in(world, contracts)
    for who in ("administrator", "chief", "legal"):
        (row,) = compartments(world.actor(who), "en", now())
        assert [member.name for member in row.members or ()] == ["Advisor One (fictional)"], who
    for who in ("advisor", "second-advisor", "auditor"):
        (row,) = compartments(world.actor(who), "en", now())
        assert row.members is None
        assert row.is_in == (who == "advisor")
    with pytest.raises(Refused):
        compartments(world.actor("host"), "en", now())
    assert compartment_grant_record(world.actor("advisor"), grant.pk) == grant
    with pytest.raises(NotFound):
        compartment_grant_record(world.actor("second-advisor"), grant.pk)
    with pytest.raises(NotFound):
        compartment_page(world.actor("advisor"), "nowhere", "en", now())
