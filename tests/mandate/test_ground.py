"""Control status, conditions, posture, operations: signed, dated, expiring; what changes is asked again at once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from accord.advising.jobs import review_holds_job
from accord.audit.models import Entry
from accord.kernel.clock import fixed
from accord.kernel.errors import Conflict, Invalid, Refused
from accord.mandate import gate
from accord.mandate.models import ConditionsAssessment, ControlStatus, OperationsFlag, Posture
from accord.mandate.services import (
    assess_conditions,
    end_operations_flag,
    flag_operations,
    set_posture,
    sign_control_status,
)
from tests.cast import END, START, TODAY, World

DAY = timedelta(days=1)


def control(
    world: World, status: str = "not_under_control", start: date = TODAY, end: date = END, name: str = "defence"
) -> ControlStatus:
    return sign_control_status(
        actor=world.actor("host"), institution=world.org[name], status=status, start=start, end=end
    )


def rate(world: World, rating: str = "red", start: date = TODAY, end: date = END) -> ConditionsAssessment:
    return assess_conditions(
        actor=world.actor("commander"), place=world.place["capital-province"], rating=rating, start=start, end=end
    )


def posture(world: World, kind: str = "suspended", start: date = TODAY) -> Posture:
    return set_posture(
        actor=world.actor("commander"), kind=kind, headquarters=world.place["capital"], start=start, reason={"en": "So"}
    )


def flag(world: World, start: date = TODAY, end: date | None = None, name: str = "brigade") -> OperationsFlag:
    return flag_operations(actor=world.actor("chief"), unit=world.org[name], start=start, end=end)


def refused(world: World, day: date = TODAY + 7 * DAY) -> list[str]:
    return [r.rule for r in gate.ask(world.plan(day).question()).refusals]


def test_new_control_status_counts_from_its_day_and_holds_plans(world: World) -> None:
    engagement = world.planned()
    row = control(world, start=TODAY + 3 * DAY)
    engagement.refresh_from_db()
    assert engagement.state == "on_hold"
    assert (row.signed_by, row.signed_on) == (world.post["representative"], TODAY)
    assert refused(world, TODAY + 2 * DAY) == []
    assert refused(world, TODAY + 3 * DAY) == ["control"]
    before = ControlStatus.objects.get(institution=world.org["defence"], status="under_control")
    assert before.period.upper == TODAY + 3 * DAY


def test_taken_back_on_the_day_it_was_signed(world: World) -> None:
    """What was signed in the morning must not bind the afternoon."""
    control(world, "under_control")
    control(world, "not_under_control")
    assert refused(world) == ["control"]
    assert Entry.objects.filter(action="sign_control_status").count() == 2


@pytest.mark.parametrize(
    ("start", "end", "field"), [(TODAY - DAY, END, "start"), (TODAY, TODAY, "end"), (END, TODAY, "end")]
)
def test_keys_are_signed_forward_and_expire(world: World, start: date, end: date, field: str) -> None:
    for sign in (control, rate):
        with pytest.raises(Invalid) as refusal:
            sign(world, start=start, end=end)
        assert field in refusal.value.fields
    assert ControlStatus.objects.filter(period__startswith=START).count() == 3


def test_words_outside_the_lists_are_refused(world: World) -> None:
    with pytest.raises(Invalid):
        control(world, "probably")
    with pytest.raises(Invalid):
        rate(world, "purple")
    with pytest.raises(Invalid):
        posture(world, "at war")
    with pytest.raises(Invalid):
        control(world, name="union")
    with pytest.raises(Invalid):
        flag(world, name="union")


def test_signed_by_a_post_with_authority_only(world: World) -> None:
    with pytest.raises(Refused):
        sign_control_status(
            actor=world.actor("second-host"), institution=world.org["defence"], status="under_control", start=TODAY,
            end=END,
        )  # fmt: skip
    with pytest.raises(Refused):
        assess_conditions(
            actor=world.actor("second-chief"), place=world.place["capital"], rating="green", start=TODAY, end=END
        )


def test_conditions_turn_red_and_green_again_on_one_day(world: World) -> None:
    engagement = world.planned()
    rate(world, "red")
    engagement.refresh_from_db()
    assert engagement.state == "on_hold"
    rate(world, "amber")
    engagement.refresh_from_db()
    assert engagement.state == "planned"
    assert refused(world) == []


def test_row_over_days_that_are_taken_later_is_refused_in_words(world: World) -> None:
    control(world, start=TODAY + 30 * DAY)
    with pytest.raises(Conflict, match="already"):
        control(world, "under_control", start=TODAY, end=END)
    assert refused(world) == []


def test_expired_key_holds_plans_within_one_run_of_the_worker(world: World) -> None:
    engagement = world.planned(TODAY + 20 * DAY)
    ConditionsAssessment.objects.update(period=(START, TODAY + 10 * DAY))
    assert engagement.state == "planned"
    review_holds_job(0)
    engagement.refresh_from_db()
    assert engagement.state == "on_hold"
    assert engagement.hold[0]["clause"] == "S11"
    steps = engagement.steps.count()
    review_holds_job(0)
    assert engagement.steps.count() == steps


def test_posture_ends_the_one_before_and_remote_is_offered(world: World) -> None:
    posture(world, "remote", TODAY + 2 * DAY)
    assert refused(world, TODAY + DAY) == []
    assert refused(world, TODAY + 2 * DAY) == ["posture"]
    assert gate.ask(world.plan(TODAY + 2 * DAY, mode="remote").question()).allowed


def test_posture_changes_twice_a_day_and_before_one_already_set(world: World) -> None:
    posture(world, "remote", TODAY + 30 * DAY)
    posture(world, "partial", TODAY)
    posture(world, "suspended", TODAY)
    kinds = [(p.kind, p.period.lower, p.period.upper) for p in Posture.objects.order_by("period")]
    assert kinds == [
        ("in_country", START, TODAY),
        ("suspended", TODAY, TODAY + 30 * DAY),
        ("remote", TODAY + 30 * DAY, None),
    ]


def test_posture_is_not_changed_for_the_past(world: World) -> None:
    with pytest.raises(Invalid):
        posture(world, start=TODAY - DAY)


def test_flag_holds_plans_with_the_unit_and_all_under_it(world: World) -> None:
    with_brigade = world.planned(institution=world.org["brigade"], counterparts=[world.post["brigadier"]])
    elsewhere = world.planned(hour=14, counterparts=[world.post["trainer"]], lead=world.post["second-advisor"])
    flag(world)
    with_brigade.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (with_brigade.state, elsewhere.state) == ("on_hold", "planned")
    assert with_brigade.hold[0]["clause"] == "S13"


def test_only_the_host_says_that_its_unit_is_back(world: World) -> None:
    row = flag(world)
    for who in ("chief", "legal"):
        with pytest.raises(Refused):
            end_operations_flag(actor=world.actor(who), flag=row, end=TODAY + DAY)
    end_operations_flag(actor=world.actor("host"), flag=row, end=TODAY + DAY)
    assert OperationsFlag.objects.get().period.upper == TODAY + DAY


def test_a_unit_is_back_when_those_who_look_after_it_say_so(world: World) -> None:
    row = flag(world)
    interior = replace(
        world.actor("second-host"), position_ids=frozenset({world.post["policeman"].pk}),
        within=frozenset({world.org["interior"].pk}),
    )  # fmt: skip
    with pytest.raises(Refused):
        end_operations_flag(actor=interior, flag=row, end=TODAY + DAY)
    end_operations_flag(actor=world.actor("second-host"), flag=row, end=TODAY + DAY)


def test_flag_is_not_taken_back_for_days_past(world: World) -> None:
    """Otherwise a meeting that could not be held last week could be recorded as held."""
    row = flag(world, TODAY - 9 * DAY)
    with pytest.raises(Invalid):
        end_operations_flag(actor=world.actor("host"), flag=row, end=TODAY - DAY)
    with pytest.raises(Invalid):
        end_operations_flag(actor=world.actor("host"), flag=row, end=TODAY - 9 * DAY)
    assert OperationsFlag.objects.get().period.upper is None


def test_flags_do_not_overlap_and_run_forward(world: World) -> None:
    flag(world, TODAY, TODAY + 5 * DAY)
    with pytest.raises(Conflict):
        flag(world, TODAY + 2 * DAY)
    with pytest.raises(Invalid):
        flag(world, TODAY + 9 * DAY, TODAY + 9 * DAY)


def test_a_very_long_name_can_shift_the_ground(world: World) -> None:
    """The review that follows is recorded under the name of who caused it."""
    world.account["host"].display_name = "N" * 200
    world.account["host"].save()
    with fixed(TODAY):
        control(world)
    assert Entry.objects.filter(action="review_holds").exists()
