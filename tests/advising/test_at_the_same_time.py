"""Several people at once: whoever comes second sees what the first has done, and nobody waits for ever.

The threads are real sessions of PostgreSQL. Where one must be caught in the middle, it is made to pause there.
"""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from accord.advising.models import Engagement, EngagementStep, Report
from accord.advising.services import conduct_engagement, engagements, plan_engagement, save_report
from accord.audit import usecase
from accord.coordination.models import BookingClaim
from accord.kernel.clock import fixed
from accord.kernel.errors import AccordError, Conflict, GateRefused, WrongState
from accord.mandate.models import Accord, AccordStep
from accord.mandate.services import accords, propose_accord, sign_accord, stop_accord
from accord.wall.standing import house
from tests.cast import TODAY, World, at, standing_world

PATIENCE = 30


@pytest.fixture
def world(transactional_db: None) -> Iterator[World]:
    """The small world, committed, so that every session sees it."""
    with standing_world() as built:
        yield built


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as pool:
        yield pool


def session(step: Callable[[], Any], hour: int = 12) -> Callable[[], Any]:
    """A step in a session of its own, at an hour of ``TODAY``."""

    def run() -> Any:
        try:
            with fixed(at(TODAY, hour)), house("tests", writes=True):
                return step()
        finally:
            connection.close()

    return run


def outcome(future: Future[Any]) -> Any:
    """What came of it: the error, if it was one we know."""
    try:
        return future.result(PATIENCE)
    except AccordError as refusal:
        return refusal


class Pause:
    """Somebody stops in the middle of a step, and goes on when told."""

    def __init__(self, patch: pytest.MonkeyPatch, owner: Any, name: str) -> None:
        self.reached, self.may_go_on = threading.Event(), threading.Event()
        original = getattr(owner, name)

        def paused(*args: Any, **kwargs: Any) -> Any:
            done = original(*args, **kwargs)
            self.reached.set()
            assert self.may_go_on.wait(PATIENCE)
            return done

        patch.setattr(owner, name, paused)


def withdrawn(world: World) -> Callable[[], Accord]:
    actor = world.actor("host")
    return session(lambda: stop_accord(actor=actor, accord=world.accord, step="withdraw", reason="Enough"), hour=13)


def test_two_plan_the_same_advisor_one_wins(world: World, threads: ThreadPoolExecutor) -> None:
    actors = [world.actor("advisor"), world.actor("chief")]
    plans = [world.plan(hour=10), world.plan(hour=10, counterparts=[world.post["trainer"]])]
    both = [
        threads.submit(session(lambda a=a, p=p: plan_engagement(actor=a, plan=p)))  # type: ignore[misc]
        for a, p in zip(actors, plans, strict=True)
    ]
    results = [outcome(f) for f in both]
    assert sorted(type(r).__name__ for r in results) == ["Conflict", "Engagement"]
    assert Engagement.objects.count() == 1
    assert BookingClaim.objects.filter(resource_id=world.post["advisor"].pk).count() == 1


def test_crosswise_plans_do_not_block_each_other_for_ever(world: World, threads: ThreadPoolExecutor) -> None:
    for number in range(6):
        day = TODAY + timedelta(days=3 + number)
        one = world.plan(day, colleagues=[world.post["second-advisor"]])
        other = world.plan(day, lead=world.post["second-advisor"], colleagues=[world.post["advisor"]])
        both = [
            threads.submit(session(lambda p=p: plan_engagement(actor=world.actor("chief"), plan=p)))  # type: ignore[misc]
            for p in (one, other)
        ]
        kinds = sorted(type(outcome(f)) is Conflict for f in both)
        assert kinds == [False, True]


def test_withdrawal_waits_for_a_meeting_being_recorded(
    world: World, threads: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    engagement = plan_at_nine(world)
    pause = Pause(monkeypatch, engagements, "_step")
    actor = world.actor("advisor")
    recorded = threads.submit(session(lambda: conduct_engagement(actor=actor, engagement=engagement)))
    assert pause.reached.wait(PATIENCE)
    taken_back = threads.submit(withdrawn(world))
    with pytest.raises(TimeoutError):
        taken_back.result(0.5)
    pause.may_go_on.set()
    assert outcome(recorded).state == "conducted"
    assert isinstance(outcome(taken_back), Accord)
    assert conducted_without_consent() == []
    engagement.refresh_from_db()
    assert engagement.state == "conducted"


def test_meeting_is_refused_when_the_withdrawal_was_first(
    world: World, threads: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    engagement = plan_at_nine(world)
    pause = Pause(monkeypatch, accords, "_move")
    taken_back = threads.submit(withdrawn(world))
    assert pause.reached.wait(PATIENCE)
    actor = world.actor("advisor")
    recorded = threads.submit(session(lambda: conduct_engagement(actor=actor, engagement=engagement), hour=14))
    with pytest.raises(TimeoutError):
        recorded.result(0.5)
    pause.may_go_on.set()
    assert isinstance(outcome(taken_back), Accord)
    assert isinstance(outcome(recorded), WrongState | GateRefused)
    engagement.refresh_from_db()
    assert engagement.state == "on_hold"
    assert conducted_without_consent() == []


def test_plan_made_while_consent_is_withdrawn_goes_on_hold(
    world: World, threads: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    pause = Pause(monkeypatch, engagements, "_write")
    actor, plan = world.actor("advisor"), world.plan()
    planned = threads.submit(session(lambda: plan_engagement(actor=actor, plan=plan)))
    assert pause.reached.wait(PATIENCE)
    taken_back = threads.submit(withdrawn(world))
    pause.may_go_on.set()
    assert isinstance(outcome(planned), Engagement)
    assert isinstance(outcome(taken_back), Accord)
    assert list(Engagement.objects.values_list("state", flat=True)) == ["on_hold"]


def test_without_turns_the_race_would_be_lost(
    world: World, threads: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test of these tests: take the turns away, and the withdrawal slips past a plan in the making."""
    monkeypatch.setattr(usecase, "_wait_for", lambda _turn: None)
    pause = Pause(monkeypatch, engagements, "_write")
    actor, plan = world.actor("advisor"), world.plan()
    planned = threads.submit(session(lambda: plan_engagement(actor=actor, plan=plan)))
    assert pause.reached.wait(PATIENCE)
    assert isinstance(outcome(threads.submit(withdrawn(world))), Accord)
    pause.may_go_on.set()
    assert isinstance(outcome(planned), Engagement)
    assert list(Engagement.objects.values_list("state", flat=True)) == ["planned"]


@pytest.mark.parametrize("round_number", range(3))
def test_many_record_while_consent_is_withdrawn(world: World, threads: ThreadPoolExecutor, round_number: int) -> None:
    """No pause, no order: whatever was recorded after the withdrawal is no meeting held."""
    meetings = [plan_at_nine(world, hour=1 + number) for number in range(8)]
    advisor = world.actor("advisor")
    steps = [session(lambda e=meeting: conduct_engagement(actor=advisor, engagement=e)) for meeting in meetings]  # type: ignore[misc]
    steps.insert(2 * round_number, withdrawn(world))
    outcomes = [outcome(future) for future in [threads.submit(step) for step in steps]]
    assert sum(isinstance(result, Accord) for result in outcomes) == 1
    assert conducted_without_consent() == []
    states = list(Engagement.objects.values_list("state", flat=True))
    assert states.count("conducted") == sum(isinstance(result, Engagement) for result in outcomes)
    assert set(states) <= {"conducted", "on_hold"}


def test_both_sides_sign_at_once_and_both_signatures_stay(world: World, threads: ThreadPoolExecutor) -> None:
    text = {"en": "Both sides agree.", "ar": "اتفق الجانبان."}
    accord = propose_accord(
        actor=world.actor("legal"), title=text, text=text, institutions=[world.org["defence"]],
        activity_types=["advise"], places=[world.place["capital"]], start=TODAY, end=TODAY + timedelta(days=30),
    )  # fmt: skip
    actors = [world.actor("host"), world.actor("commander")]
    both = [threads.submit(session(lambda a=a: sign_accord(actor=a, accord=accord))) for a in actors]  # type: ignore[misc]
    for future in both:
        assert isinstance(outcome(future), Accord)
    accord.refresh_from_db()
    assert (accord.state, accord.host_signed_on, accord.mission_signed_on) == ("in_force", TODAY, TODAY)
    assert accord.steps.filter(name="enter_into_force").count() == 1


def test_one_report_however_often_it_is_begun(world: World, threads: ThreadPoolExecutor) -> None:
    engagement, actor = world.conducted(), world.actor("advisor")
    save = session(lambda: save_report(actor=actor, engagement=engagement, discussed="Plans", outcome="Agreed"))
    begun = [threads.submit(save) for _n in range(4)]
    assert {type(outcome(f)) for f in begun} == {Report}
    assert Report.objects.count() == 1


def plan_at_nine(world: World, hour: int = 9) -> Engagement:
    """Planned yesterday for this morning."""
    with fixed(TODAY - timedelta(days=1)):
        return plan_engagement(actor=world.actor("advisor"), plan=world.plan(TODAY, hour))


def conducted_without_consent() -> list[str]:
    """Meetings recorded as held after consent was withdrawn; keys rise in the order in which rows are made."""
    withdrawals = AccordStep.objects.filter(name="withdraw").order_by("id")
    first = withdrawals[0].pk
    return [step.engagement.topic for step in EngagementStep.objects.filter(name="conduct", pk__gt=first)]
