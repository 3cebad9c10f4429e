"""Meetings: planned through the gate, put on hold, freed, held, cancelled."""

from datetime import date, timedelta
from typing import Any

import pytest

from accord.advising.models import Engagement, EngagementStep, Participant
from accord.advising.services import (
    cancel_engagement,
    conduct_engagement,
    plan_engagement,
    replan_engagement,
    review_holds,
)
from accord.audit.models import Entry
from accord.coordination.models import Booking, BookingClaim
from accord.kernel.actor import system
from accord.kernel.clock import fixed
from accord.kernel.errors import Conflict, GateRefused, Invalid, Refused, WrongState
from accord.mandate.services import set_posture, stop_accord
from accord.notices.models import Notice
from tests.cast import CONSENT_FROM, CONSENT_UNTIL, TODAY, World, at

DAY = timedelta(days=1)
NEXT_WEEK = TODAY + 7 * DAY


def test_planned_it_stands_in_the_calendar_under_its_accord(world: World) -> None:
    engagement = world.planned()
    assert (engagement.state, engagement.accord_id) == ("planned", world.accord.pk)
    assert engagement.created_by == world.account["advisor"].pk
    booking = Booking.objects.get(subject_id=engagement.pk)
    firm = set(booking.claims.filter(is_firm=True).values_list("resource_id", flat=True))
    assert firm == {world.post["advisor"].pk, world.post["planner"].pk}
    assert list(booking.claims.filter(is_firm=False).values_list("resource_id", flat=True)) == [world.org["defence"].pk]
    (step,) = engagement.steps.all()
    assert (step.name, step.origin, step.target, step.verdict["allowed"]) == ("plan", "draft", "planned", True)
    assert Notice.objects.filter(account=world.account["second-host"]).count() == 1
    assert {p.side for p in engagement.participants.all()} == {"mission", "host"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"topic": "  "}, "topic"),
        ({"type": "combat"}, "type"),
        ({"type": "Advise"}, "type"),
        ({"mode": "hybrid"}, "mode"),
        ({"ends_at": at(NEXT_WEEK, 10)}, "ends_at"),
        ({"ends_at": at(NEXT_WEEK + DAY, 9)}, "ends_at"),
        ({"ends_at": at(CONSENT_UNTIL + 30 * DAY, 9)}, "ends_at"),
        ({"counterparts": []}, "counterparts"),
        ({"focus_areas": []}, "focus_areas"),
        ({"objective": None}, "objective"),
    ],
)
def test_incomplete_plan_names_its_field(world: World, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        world.planned(NEXT_WEEK, **changes)
    assert set(refusal.value.fields) == {field}
    assert not Engagement.objects.exists()
    assert not Booking.objects.exists()


def test_meeting_until_midnight_ends_on_its_day(world: World) -> None:
    assert world.planned(NEXT_WEEK, ends_at=at(NEXT_WEEK + DAY, 0)).state == "planned"


@pytest.mark.parametrize(
    ("lead", "colleagues", "counterparts", "field"),
    [
        ("planner", [], ["trainer"], "lead"),
        ("advisor", ["trainer"], ["planner"], "lead"),
        ("advisor", [], ["second-advisor"], "counterparts"),
    ],
)
def test_each_side_sits_on_its_own_side(
    world: World, lead: str, colleagues: list[str], counterparts: list[str], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        world.planned(
            lead=world.post[lead], colleagues=[world.post[c] for c in colleagues],
            counterparts=[world.post[c] for c in counterparts],
        )  # fmt: skip
    assert set(refusal.value.fields) == {field}


@pytest.mark.parametrize("change", [{"state": "proposed"}, {"level": "end", "parent": None}])
def test_objective_is_an_open_one_below_an_end(world: World, change: dict[str, Any]) -> None:
    for name, value in change.items():
        setattr(world.objective, name, value)
    with pytest.raises(Invalid) as refusal:
        world.planned()
    assert "objective" in refusal.value.fields


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"institution": "interior"}, "institution"),
        ({"post": "policeman"}, "institution"),
        ({"place": "port"}, "place"),
        ({"topic": "Accompany the brigade on patrol"}, "operations"),
    ],
)
def test_gate_refuses_and_nothing_is_left(world: World, changes: dict[str, Any], rule: str) -> None:
    registers: dict[str, dict[str, Any]] = {"institution": world.org, "place": world.place, "post": world.post}
    resolved: dict[str, Any] = {name: registers.get(name, {}).get(value, value) for name, value in changes.items()}
    if post := resolved.pop("post", None):
        resolved["counterparts"] = [post]
    with pytest.raises(GateRefused) as refusal:
        world.planned(**resolved)
    assert rule in {r.rule for r in refusal.value.verdict.refusals}
    for model in (Engagement, EngagementStep, Participant, Booking, BookingClaim, Notice):
        assert not model._default_manager.exists()
    assert not Entry.objects.filter(action="plan_engagement").exists()


@pytest.mark.parametrize("day", [CONSENT_FROM - DAY, CONSENT_UNTIL])
def test_day_counts_where_the_mission_is(world: World, day: date) -> None:
    """One in the morning is still the day before in Greenwich; consent counts days here."""
    with pytest.raises(GateRefused):
        plan_engagement(actor=world.actor("advisor"), plan=world.plan(day, hour=1))
    inside = CONSENT_FROM if day < CONSENT_FROM else CONSENT_UNTIL - DAY
    assert plan_engagement(actor=world.actor("advisor"), plan=world.plan(inside, hour=1)).state == "planned"


def test_nobody_is_booked_twice_and_nothing_is_left(world: World) -> None:
    world.planned()
    with pytest.raises(Conflict):
        world.planned(counterparts=[world.post["trainer"]])
    with pytest.raises(Conflict):
        world.planned(lead=world.post["second-advisor"])
    assert Engagement.objects.count() == Booking.objects.count() == 1
    world.planned(lead=world.post["second-advisor"], counterparts=[world.post["trainer"]])


def test_same_counterpart_named_twice_sits_once(world: World) -> None:
    engagement = world.planned(counterparts=[world.post["planner"], world.post["planner"]])
    assert engagement.participants.filter(side="host").count() == 1


def test_replanned_it_passes_the_gate_anew(world: World) -> None:
    engagement = world.planned()
    advisor = world.actor("advisor")
    with pytest.raises(GateRefused):
        replan_engagement(actor=advisor, engagement=engagement, plan=world.plan(CONSENT_UNTIL + DAY))
    moved = replan_engagement(
        actor=advisor, engagement=engagement, plan=world.plan(TODAY + 9 * DAY, counterparts=[world.post["trainer"]])
    )
    assert [p.position.code for p in moved.participants.filter(side="host")] == ["trainer"]
    assert Booking.objects.get(subject_id=engagement.pk).time.lower == at(TODAY + 9 * DAY, 10)
    world.planned()  # the hour it had is free again


def test_replanned_off_hold_when_the_new_day_allows_it(world: World) -> None:
    engagement = world.planned(TODAY + 9 * DAY)
    stop_accord(
        actor=world.actor("host"), accord=world.accord, step="withdraw", reason="So", effective_on=TODAY + 5 * DAY
    )
    moved = replan_engagement(actor=world.actor("advisor"), engagement=engagement, plan=world.plan(TODAY + 3 * DAY))
    assert (moved.state, moved.hold) == ("planned", [])
    assert [s.name for s in moved.steps.all()] == ["plan", "hold", "plan"]


@pytest.mark.parametrize("what", ["replan", "conduct", "cancel"])
def test_meeting_of_others_is_left_alone_except_by_a_chief(world: World, what: str) -> None:
    with fixed(TODAY - 2 * DAY):
        engagement = world.planned(TODAY - DAY)
    calls = {
        "replan": lambda a: replan_engagement(actor=a, engagement=engagement, plan=world.plan()),
        "conduct": lambda a: conduct_engagement(actor=a, engagement=engagement),
        "cancel": lambda a: cancel_engagement(actor=a, engagement=engagement, reason="other"),
    }
    with pytest.raises(Refused):
        calls[what](world.actor("second-advisor"))
    calls[what](world.actor("chief"))


def test_held_once_it_has_begun_and_asked_again(world: World) -> None:
    engagement = world.planned(TODAY, ends_at=at(TODAY, 11))
    with fixed(at(TODAY, 9)), pytest.raises(Invalid):
        conduct_engagement(actor=world.actor("advisor"), engagement=engagement)
    held = conduct_engagement(actor=world.actor("advisor"), engagement=engagement)
    assert (held.state, held.accord_id) == ("conducted", world.accord.pk)
    assert held.steps.get(name="conduct").verdict["allowed"] is True
    with pytest.raises(WrongState):
        conduct_engagement(actor=world.actor("advisor"), engagement=engagement)


def test_not_held_when_the_ground_was_lost_unnoticed(world: World) -> None:
    """Records may change by other hands than the use cases; the gate is asked again all the same."""
    engagement = world.planned(TODAY)
    world.accord.institutions.all().delete()
    with pytest.raises(GateRefused):
        conduct_engagement(actor=world.actor("advisor"), engagement=engagement)
    engagement.refresh_from_db()
    assert engagement.state == "planned"


def test_on_hold_it_is_not_held_and_past_ones_stay_so(world: World) -> None:
    engagement = world.planned(TODAY + 2 * DAY)
    stop_accord(actor=world.actor("host"), accord=world.accord, step="suspend", reason="So")
    with fixed(TODAY + 3 * DAY):
        with pytest.raises(WrongState):
            conduct_engagement(actor=world.actor("advisor"), engagement=engagement)
        review_holds(actor=system("worker"), since=TODAY)
    engagement.refresh_from_db()
    assert engagement.state == "on_hold"


def test_cancelled_with_a_reason_the_time_is_free(world: World) -> None:
    engagement = world.planned()
    with pytest.raises(Invalid):
        cancel_engagement(actor=world.actor("advisor"), engagement=engagement, reason="bored")
    cancelled = cancel_engagement(actor=world.actor("advisor"), engagement=engagement, reason="host", remark="Busy")
    assert (cancelled.state, cancelled.cancel_reason) == ("cancelled", "host")
    assert not Booking.objects.exists()
    assert Notice.objects.filter(account=world.account["second-host"]).count() == 2
    advisor = world.actor("advisor")
    with pytest.raises(WrongState):
        cancel_engagement(actor=advisor, engagement=engagement, reason="host")
    with pytest.raises(WrongState):
        replan_engagement(actor=advisor, engagement=engagement, plan=world.plan())
    with pytest.raises(WrongState):
        conduct_engagement(actor=advisor, engagement=engagement)


def test_hold_says_every_reason_and_changes_them_without_a_new_step(world: World) -> None:
    engagement = world.planned()
    stop_accord(actor=world.actor("host"), accord=world.accord, step="suspend", reason="So")
    set_posture(
        actor=world.actor("commander"), kind="suspended", headquarters=world.place["capital"], start=TODAY, reason={}
    )
    engagement.refresh_from_db()
    assert [h["clause"] for h in engagement.hold] == ["S12a", "S2"]
    assert all(h["message"]["ar"] and h["who"]["ar"] for h in engagement.hold)
    assert engagement.steps.filter(name="hold").count() == 1


def test_review_reads_the_facts_of_a_day_once(world: World, django_assert_max_num_queries: Any) -> None:
    for hour in range(6):
        world.planned(NEXT_WEEK, hour=8 + hour)
    with django_assert_max_num_queries(60):
        assert review_holds(actor=system("worker"), since=TODAY) == 0
