"""Emergency access: two people, a reason, four hours; the steward is told at once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from accord.access.models import BreakGlass, Compartment
from accord.access.queries import (
    compartments_of,
    emergencies,
    emergencies_to_answer,
    emergency_compartments_of,
    emergency_record,
)
from accord.access.services import answer_emergency, ask_emergency, end_emergency
from accord.audit.models import Entry
from accord.kernel.clock import fixed, now
from accord.kernel.errors import Conflict, Invalid, NotFound, Refused, WrongState
from accord.notices.models import Notice
from accord.people.services import let_into_compartment
from tests.cast import TODAY, World

REASON = "A threat to a counterpart was reported and cannot wait"


@pytest.fixture
def protection(world: World) -> Compartment:
    return Compartment.objects.create(code="protection", name={"en": "Protection"}, steward_role="chief")


def ask(world: World, compartment: Compartment, who: str = "advisor") -> BreakGlass:
    return ask_emergency(actor=world.actor(who), compartment=compartment, reason=REASON)


def test_two_people_open_four_hours_of_reading(world: World, protection: Compartment) -> None:
    emergency, account = ask(world, protection), world.account["advisor"].pk
    assert compartments_of(account, TODAY, now()) == frozenset()
    answer_emergency(actor=world.actor("legal"), emergency=emergency, allows=True)
    start = now()
    for minutes, codes in ((0, {"protection"}), (239, {"protection"}), (240, set())):
        moment = start + timedelta(minutes=minutes)
        assert compartments_of(account, TODAY, moment) == codes == emergency_compartments_of(account, moment)
    assert Entry.objects.get(action="ask_emergency").reason == REASON
    assert Entry.objects.filter(action="answer_emergency").count() == 1


def test_the_steward_is_told_when_it_is_asked_and_when_it_is_open(world: World, protection: Compartment) -> None:
    def told() -> set[str]:
        return set(Notice.objects.values_list("account__username", flat=True))

    emergency = ask(world, protection)
    assert told() == {"chief", "second-chief", "legal", "commander"}
    Notice.objects.all().delete()
    answer_emergency(actor=world.actor("legal"), emergency=emergency, allows=True)
    assert told() == {"chief", "second-chief", "advisor"}
    assert all(n.urgent and REASON not in str(n.text) for n in Notice.objects.all())


def test_a_reason_is_a_sentence(world: World, protection: Compartment) -> None:
    with pytest.raises(Invalid) as short:
        ask_emergency(actor=world.actor("advisor"), compartment=protection, reason="urgent" + " " * 30)
    assert set(short.value.fields) == {"reason"}


def test_nobody_allows_himself_and_not_everybody_allows(world: World, protection: Compartment) -> None:
    emergency = ask(world, protection, "legal")
    with pytest.raises(Refused, match="two people"):
        answer_emergency(actor=world.actor("legal"), emergency=emergency, allows=True)
    with pytest.raises(Refused):
        answer_emergency(actor=world.actor("chief"), emergency=emergency, allows=True)
    assert emergencies_to_answer(world.actor("legal"), "en", now()) == []
    assert [row.id for row in emergencies_to_answer(world.actor("commander"), "en", now())] == [emergency.pk]


def test_host_and_administrator_have_no_emergency(world: World, protection: Compartment) -> None:
    for who in ("host", "administrator"):
        with pytest.raises(Refused):
            ask(world, protection, who)
    almighty = replace(world.actor("administrator"), permissions=frozenset({"access.ask_emergency"}))
    with pytest.raises(Refused, match="holds none"):
        ask_emergency(actor=almighty, compartment=protection, reason=REASON)


def test_asked_once_at_a_time_and_not_by_who_is_in(world: World, protection: Compartment) -> None:
    ask(world, protection)
    with pytest.raises(Conflict):
        ask(world, protection)
    let_into_compartment(
        actor=world.actor("administrator"), account=world.account["press"], compartment=protection, purpose="Helps",
        last_day=TODAY,
    )  # fmt: skip
    with pytest.raises(Conflict):
        ask(world, protection, "press")


def test_a_grant_given_meanwhile_makes_it_more_than_an_emergency(world: World, protection: Compartment) -> None:
    answer_emergency(actor=world.actor("legal"), emergency=ask(world, protection), allows=True)
    let_into_compartment(
        actor=world.actor("administrator"), account=world.account["advisor"], compartment=protection, purpose="Helps",
        last_day=TODAY,
    )  # fmt: skip
    account = world.account["advisor"].pk
    assert emergency_compartments_of(account, now()) == frozenset()
    assert compartments_of(account, TODAY, now()) == {"protection"}


def test_refused_or_left_waiting_it_is_over(world: World, protection: Compartment) -> None:
    emergency = ask(world, protection)
    answer_emergency(actor=world.actor("legal"), emergency=emergency, allows=False)
    with pytest.raises(WrongState):
        answer_emergency(actor=world.actor("commander"), emergency=emergency, allows=True)
    again = ask(world, protection)
    with fixed(now() + timedelta(hours=25)), pytest.raises(WrongState):
        answer_emergency(actor=world.actor("legal"), emergency=again, allows=True)
    assert compartments_of(world.account["advisor"].pk, TODAY, now()) == frozenset()


@pytest.mark.parametrize("who", ["advisor", "legal", "chief"])
def test_who_asked_a_second_person_or_the_steward_ends_it_early(
    world: World, protection: Compartment, who: str
) -> None:
    emergency = ask(world, protection)
    answer_emergency(actor=world.actor("commander"), emergency=emergency, allows=True)
    with pytest.raises(Refused):
        end_emergency(actor=world.actor("press"), emergency=emergency)
    end_emergency(actor=world.actor(who), emergency=emergency)
    assert compartments_of(world.account["advisor"].pk, TODAY, now()) == frozenset()
    with pytest.raises(WrongState):
        end_emergency(actor=world.actor(who), emergency=emergency)


def test_it_is_seen_by_those_it_concerns(world: World, protection: Compartment) -> None:
    emergency = ask(world, protection)
    for who in ("advisor", "chief", "legal", "commander"):
        assert emergency_record(world.actor(who), emergency.pk) == emergency
        assert [row.state for row in emergencies(world.actor(who), "en", now())] == ["asked"]
    with pytest.raises(NotFound):
        emergency_record(world.actor("press"), emergency.pk)
