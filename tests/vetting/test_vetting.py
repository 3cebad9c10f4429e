"""Asking, checking, deciding; and the one answer that everybody outside may have."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from accord.access.services import answer_emergency, ask_emergency
from accord.audit.models import Entry
from accord.kernel.actor import Actor
from accord.kernel.clock import fixed
from accord.kernel.errors import Invalid, NotFound, Refused, WrongState
from accord.notices.models import Notice
from accord.people.models import Organisation, Person, Tour
from accord.people.queries import actor_for
from accord.people.services import begin_tour
from accord.vetting.models import VettingRequest, VettingStep
from accord.vetting.queries import case_record, cases_waiting, eligible, is_inside, own_requests
from accord.vetting.services import (
    decide_vetting,
    open_vetting_case,
    open_vetting_desk,
    request_vetting,
    take_into_check,
)
from accord.wall.standing import standing
from tests.cast import TODAY, World
from tests.owner import as_owner
from tests.vetting.officers import COURSE, acting, asked, circle, decided, officer

UNTIL = TODAY + timedelta(days=100)


@pytest.fixture
def desk(world: World) -> Actor:
    return acting(officer())


def planner(world: World) -> Person:
    return Person.objects.get(code="second-host")


def answers(world: World) -> list[bool]:
    return [row.is_eligible for row in own_requests(world.actor("advisor"), "en")]


# The answer -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("step", "answer"), [("clear", True), ("condition", True), ("deny", False)])
def test_the_answer_is_yes_once_cleared_and_until_it_expires(
    world: World, desk: Actor, step: str, answer: bool
) -> None:
    person = planner(world)
    request = asked(world.actor("advisor"), person)
    assert not eligible(person.pk, TODAY)
    take_into_check(actor=desk, request=request)
    assert not eligible(person.pk, TODAY)
    decide_vetting(actor=desk, request=request, step=step, valid_until=UNTIL, reference="REG-1")
    assert eligible(person.pk, TODAY) is answer
    assert eligible(person.pk, UNTIL - timedelta(days=1)) is answer
    assert not eligible(person.pk, UNTIL)
    assert not eligible(person.pk, TODAY - timedelta(days=1))
    assert answers(world) == [answer]


def test_a_unit_is_vetted_like_a_person_and_for_itself_alone(world: World, desk: Actor) -> None:
    brigade = world.org["brigade"]
    decided(desk, asked(world.actor("chief"), brigade), "clear", UNTIL)
    assert eligible(brigade.pk, TODAY)
    assert not eligible(world.org["defence"].pk, TODAY)
    assert not eligible(planner(world).pk, TODAY)


def test_another_course_is_another_question(world: World, desk: Actor) -> None:
    person = planner(world)
    decided(desk, asked(world.actor("advisor"), person), "clear", UNTIL)
    assert eligible(person.pk, TODAY, course="staff  COURSE 7")
    assert not eligible(person.pk, TODAY, course="Staff course 8")
    asked(world.actor("advisor"), person, "Staff course 8")
    assert answers(world) == [False, True]


def test_a_transfer_voids_the_clearance_for_the_earlier_unit(world: World, desk: Actor) -> None:
    person = planner(world)
    decided(desk, asked(world.actor("advisor"), person), "clear", UNTIL)
    with fixed(TODAY + timedelta(days=1)):
        begin_tour(
            actor=world.actor("administrator"), position=world.post["brigadier"], person=person,
            start=TODAY + timedelta(days=5),
        )  # fmt: skip
    assert eligible(person.pk, TODAY + timedelta(days=4))
    assert not eligible(person.pk, TODAY + timedelta(days=5))


def test_who_leaves_the_unit_is_no_longer_cleared(world: World, desk: Actor) -> None:
    person = planner(world)
    decided(desk, asked(world.actor("advisor"), person), "clear", UNTIL)
    Tour.objects.filter(person=person).update(period=DateRange(date(2024, 1, 1), TODAY + timedelta(days=3)))
    assert eligible(person.pk, TODAY + timedelta(days=2))
    assert not eligible(person.pk, TODAY + timedelta(days=3))


def test_a_post_held_before_it_was_asked_is_no_transfer(world: World, desk: Actor) -> None:
    person = planner(world)
    Tour.objects.create(
        person=person, position=world.post["brigadier"], period=DateRange(TODAY - timedelta(days=9), None)
    )
    decided(desk, asked(world.actor("advisor"), person), "clear", UNTIL)
    assert eligible(person.pk, TODAY)


def test_who_was_cleared_without_a_post_is_asked_about_again_once_he_has_one(world: World, desk: Actor) -> None:
    person = planner(world)
    Tour.objects.filter(person=person).delete()
    decided(desk, asked(world.actor("advisor"), person), "clear", UNTIL)
    assert eligible(person.pk, TODAY)
    Tour.objects.create(person=person, position=world.post["brigadier"], period=DateRange(TODAY, None))
    assert not eligible(person.pk, TODAY)


def test_a_later_denial_stops_every_earlier_clearance(world: World, desk: Actor) -> None:
    person = planner(world)
    decided(desk, asked(world.actor("advisor"), person), "clear", UNTIL)
    other = decided(desk, asked(world.actor("chief"), person, "Another course"), "deny")
    assert not eligible(person.pk, TODAY)
    decided(desk, other, "clear", UNTIL)
    assert eligible(person.pk, TODAY, course="Another course")
    assert not eligible(person.pk, TODAY, course=COURSE)


def test_checking_again_suspends_the_answer(world: World, desk: Actor) -> None:
    request = decided(desk, asked(world.actor("advisor"), planner(world)), "clear", UNTIL)
    take_into_check(actor=desk, request=request)
    assert answers(world) == [False]


# Asking ---------------------------------------------------------------------------------------------------------------


def test_the_officers_are_told_without_a_name_and_nobody_else(world: World, desk: Actor) -> None:
    asked(world.actor("advisor"), planner(world))
    (notice,) = Notice.objects.all()
    assert notice.account_id == desk.account_id
    assert "Official" not in str(notice.text)


def test_asking_again_is_always_taken(world: World, desk: Actor) -> None:
    for step in ("", "deny", "clear"):
        request = asked(world.actor("advisor"), planner(world))
        if step:
            decided(desk, request, step, UNTIL)
    assert len(answers(world)) == 3


def test_asking_needs_a_subject_of_the_host_a_purpose_and_a_course(world: World) -> None:
    mission = Person.objects.get(code="chief")
    with pytest.raises(Invalid) as refused:
        request_vetting(actor=world.actor("advisor"), subject=mission, purpose=" ", course="")
    assert set(refused.value.fields) == {"subject", "purpose", "course"}


@pytest.mark.parametrize("who", ["host", "press", "auditor", "administrator"])
def test_only_planners_ask_and_read_the_list(world: World, who: str) -> None:
    with pytest.raises(Refused):
        asked(world.actor(who), planner(world))
    with pytest.raises(Refused):
        own_requests(world.actor(who), "en")


def test_everybody_reads_his_own_requests_only(world: World) -> None:
    asked(world.actor("advisor"), planner(world))
    assert own_requests(world.actor("chief"), "en") == []


# Inside ---------------------------------------------------------------------------------------------------------------


def test_the_role_alone_opens_nothing_nor_does_the_compartment_alone(world: World, desk: Actor) -> None:
    request = asked(world.actor("advisor"), planner(world))
    outside = replace(desk, compartments=frozenset())
    for actor in (outside, world.actor("chief"), world.actor("administrator"), world.actor("auditor")):
        assert not is_inside(actor)
        assert cases_waiting(actor, "en") == []
        with pytest.raises(Refused):
            open_vetting_case(actor=actor, request=request, language="en")
        with pytest.raises(Refused):
            open_vetting_desk(actor=actor, language="en")
        with pytest.raises(Refused):
            take_into_check(actor=actor, request=request)
    with pytest.raises(Refused, match="Data-protection officer"):
        case_record(outside, request.pk)
    reader = replace(world.actor("chief"), compartments=frozenset({"vetting"}))
    assert open_vetting_case(actor=reader, request=request, language="en").state == "requested"
    with pytest.raises(Refused):
        take_into_check(actor=reader, request=request)


def test_the_desk_sorts_what_waits_is_in_check_expires_and_is_decided(world: World, desk: Actor) -> None:
    boss = world.actor("advisor")
    fresh, checked = asked(boss, world.org["college"]), asked(boss, world.org["interior"])
    take_into_check(actor=desk, request=checked)
    soon = decided(desk, asked(boss, world.org["brigade"]), "clear", TODAY + timedelta(days=30))
    denied = decided(desk, asked(boss, planner(world)), "deny")
    shown = open_vetting_desk(actor=desk, language="en")
    assert [row.id for row in shown.to_take] == [fresh.pk]
    with standing(desk):
        assert [row.id for row in cases_waiting(desk, "en")] == [fresh.pk]
    assert [row.id for row in shown.in_check] == [checked.pk]
    assert [(row.id, row.last_day) for row in shown.expiring] == [(soon.pk, TODAY + timedelta(days=29))]
    assert {(row.id, row.last_day) for row in shown.decided} == {(soon.pk, None), (denied.pk, None)}


def test_a_case_tells_its_history_and_the_other_requests(world: World, desk: Actor) -> None:
    request = decided(desk, asked(world.actor("advisor"), planner(world)), "condition", UNTIL)
    other = asked(world.actor("chief"), planner(world), "Another course")
    case = open_vetting_case(actor=desk, request=request, language="en")
    assert [step.target for step in case.steps] == ["in_check", "conditional"]
    assert (case.steps[-1].reference, case.steps[-1].last_day) == ("REG-2025/17", UNTIL - timedelta(days=1))
    assert case.unit == "Ministry of Defence of the Land"
    assert [row.id for row in case.others] == [other.pk]


def test_states_move_along_the_table_only(world: World, desk: Actor) -> None:
    request = asked(world.actor("advisor"), planner(world))
    with pytest.raises(WrongState):
        decide_vetting(actor=desk, request=request, step="clear", valid_until=UNTIL, reference="REG-1")
    take_into_check(actor=desk, request=request)
    with pytest.raises(WrongState):
        take_into_check(actor=desk, request=request)
    with standing(desk):
        assert VettingStep.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"step": "check"}, "step"),
        ({"valid_until": None}, "last_day"),
        ({"valid_until": TODAY}, "last_day"),
        ({"reference": ""}, "reference"),
        ({"reference": "He was seen there"}, "reference"),
        ({"reference": "x" * 61}, "reference"),
    ],
)
def test_an_outcome_has_an_end_and_a_pointer_and_no_story(
    world: World, desk: Actor, changes: dict[str, object], field: str
) -> None:
    request = asked(world.actor("advisor"), planner(world))
    take_into_check(actor=desk, request=request)
    given: dict[str, object] = {"step": "clear", "valid_until": UNTIL, "reference": "REG-1", **changes}
    with pytest.raises(Invalid) as refused:
        decide_vetting(actor=desk, request=request, **given)  # type: ignore[arg-type]  # one of them is wrong
    assert set(refused.value.fields) == {field}


def test_nobody_decides_on_what_he_asked_for_or_reads_about_himself(world: World, desk: Actor) -> None:
    asking = replace(desk, permissions=desk.permissions | {"vetting.request"})
    request = asked(asking, planner(world))
    assert cases_waiting(asking, "en") == []
    with pytest.raises(Refused, match="asked for"):
        take_into_check(actor=asking, request=request)
    about_me = replace(desk, person_id=planner(world).pk)
    with pytest.raises(NotFound):
        open_vetting_case(actor=about_me, request=request, language="en")
    with pytest.raises(NotFound):
        take_into_check(actor=about_me, request=request)


def test_emergency_access_reads_and_decides_nothing(world: World, desk: Actor) -> None:
    request = asked(world.actor("advisor"), planner(world))
    account = officer(2)
    account.compartment_grants.update(state="ended")
    emergency = ask_emergency(
        actor=acting(account), compartment=circle(), reason="Nobody else of the office is within reach"
    )
    answer_emergency(actor=world.actor("legal"), emergency=emergency, allows=True)
    reader = actor_for(account, TODAY)
    assert open_vetting_case(actor=reader, request=request, language="en").state == "requested"
    with pytest.raises(Refused, match="reading"):
        take_into_check(actor=reader, request=request)


# What stays on record -------------------------------------------------------------------------------------------------


def test_the_trail_tells_that_a_case_was_handled_and_never_how(world: World, desk: Actor) -> None:
    lines: dict[str, list[tuple[object, ...]]] = {}
    for step in ("clear", "deny"):
        request = decided(desk, asked(world.actor("advisor"), planner(world)), step, UNTIL)
        open_vetting_case(actor=desk, request=request, language="en")
        entries = Entry.objects.filter(object_id=request.pk).order_by("id")
        lines[step] = [(e.action, e.object_type, e.changes, e.reason, e.actor_name) for e in entries]
        assert {e.object_name for e in entries} == {f"vetting request {request.pk.hex[-8:]}"}
    assert lines["clear"] == lines["deny"]
    assert [line[0] for line in lines["deny"]] == ["request_vetting", *["handle_vetting"] * 3]


def test_nobody_is_told_of_a_decision(world: World, desk: Actor) -> None:
    request = asked(world.actor("advisor"), planner(world))
    Notice.objects.all().delete()
    for step in ("clear", "deny", "condition"):
        decided(desk, request, step, UNTIL)
    assert not Notice.objects.exists()


def test_outcomes_are_written_once(world: World, desk: Actor) -> None:
    request = decided(desk, asked(world.actor("advisor"), planner(world)), "deny")
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic(), as_owner():
        request.steps.update(target="clear")
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic(), as_owner():
        request.steps.all().delete()


def test_postgresql_keeps_stories_and_endless_clearances_out(world: World, desk: Actor) -> None:
    request = asked(world.actor("advisor"), planner(world))
    wrong: tuple[dict[str, object], ...] = (
        {"target": "clear", "valid_until": None, "reference": "REG-1"},
        {"target": "denied", "reference": "He was seen there"},
    )
    for fields in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            VettingStep.objects.create(
                request=request,
                name="x",
                origin="in_check",
                effective_on=TODAY,
                account_id=request.requested_by,
                **fields,
            )
    with pytest.raises(IntegrityError), transaction.atomic():
        VettingRequest.objects.filter(pk=request.pk).update(unit=Organisation.objects.get(code="brigade"))


def test_the_answer_runs_as_the_owner_and_returns_nothing_but_yes_or_no(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT prosecdef, provolatile, prorettype::regtype::text, proconfig FROM pg_proc "
            "WHERE oid = 'public.vetting_eligible(uuid, date, text)'::regprocedure"
        )
        assert cursor.fetchone() == (True, "s", "boolean", ["search_path=pg_catalog, pg_temp"])
