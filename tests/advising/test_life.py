"""Whatever people do, in whatever order, on whatever days, through whatever channel: no meeting without consent.

Hypothesis lives four times 24 lives of about thirty steps each, always the same ones. ``ACCORD_LIVES=200`` asks for
four times 200 others, different each time; ``pytest -rP`` shows what they came to. What a life checks after each step
is in ``life``; that those checks would see a defect, ``test_planted_defects`` shows.
"""

import os
import random
from collections import Counter
from typing import Any, ClassVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from tests.advising.life import Life
from tests.advising.restated import GOING_ALONG
from tests.cast import PEOPLE, World

LIVES = int(os.environ.get("ACCORD_LIVES", "0"))

WHICH = st.integers(0, 4)
OFFSETS = st.integers(-6, 40)
KINDS = st.sampled_from(["advise"] * 6 + ["train", "capacity_build", "combat", "accompany", ""])


def mostly(*names: str) -> st.SearchStrategy[str]:
    """Usually those whose work it is; now and then anybody at all."""
    return st.sampled_from([*names * (60 // len(names)), *PEOPLE])


def some(*codes: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(codes), min_size=1, max_size=2, unique=True) | st.just([])


PLANS = st.fixed_dictionaries(
    {"offset": OFFSETS},
    optional={
        "kind": KINDS,
        "institution": st.sampled_from(["defence", "defence", "college", "brigade", "interior", "government", "union"]),
        "post": st.sampled_from(["planner", "trainer", "dean", "brigadier", "policeman"]),
        "place": st.sampled_from(["capital", "capital", "academy-site", "port", "land"]),
        "mode": st.sampled_from(["in_person", "remote"]),
        "topic": st.sampled_from(["Planning papers", "Tactical combat casualty care", GOING_ALONG]),
        "hour": st.integers(8, 16),
        "lead": st.sampled_from(["advisor", "second-advisor", "planner"]),
    },
)
GOOD_PLANS = st.fixed_dictionaries(
    {"offset": st.integers(-6, 30), "hour": st.integers(7, 17)},
    optional={"post": st.sampled_from(["planner", "trainer"]), "mode": st.sampled_from(["in_person", "remote"])},
)
UNITS = st.sampled_from(["defence", "college", "brigade", "interior"])
SOME_KINDS = st.lists(st.sampled_from(["advise", "train", "support"]), min_size=1, max_size=2, unique=True)


class RandomLife(RuleBasedStateMachine):
    world: ClassVar[World]
    tally: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.whole = transaction.atomic()
        self.whole.__enter__()
        self.life = Life(self.world)
        self.life.check()

    def teardown(self) -> None:
        self.tally.update(self.life.tally())
        transaction.set_rollback(True)
        self.whole.__exit__(None, None, None)

    @rule(days=st.integers(1, 12), with_worker=st.booleans())
    def pass_time(self, days: int, with_worker: bool) -> None:
        self.life.pass_time(days, with_worker=with_worker)

    @rule(who=mostly("advisor", "chief"), what=GOOD_PLANS)
    def plan(self, who: str, what: dict[str, Any]) -> None:
        self.life.plan(who, **what)

    @rule(what=GOOD_PLANS, others=GOOD_PLANS)
    def plan_two(self, what: dict[str, Any], others: dict[str, Any]) -> None:
        self.life.plan("advisor", **what)
        self.life.plan("chief", **others | {"lead": "second-advisor", "post": "trainer"})

    @rule(days=st.integers(0, 3), hour=st.integers(7, 17), which=WHICH)
    def meet(self, days: int, hour: int, which: int) -> None:
        """Planned, waited for, and recorded: the way things go most days."""
        self.life.plan("advisor", offset=days, hour=hour)
        self.life.pass_time(days + 1)
        self.life.conduct("advisor", which)

    @rule(who=mostly("advisor"), what=PLANS)
    def plan_anything(self, who: str, what: dict[str, Any]) -> None:
        self.life.plan(who, **what)

    @rule(who=mostly("advisor"), what=PLANS, which=WHICH)
    def replan(self, who: str, what: dict[str, Any], which: int) -> None:
        self.life.replan(who, which, **what)

    @rule(who=mostly("advisor", "chief"), which=WHICH)
    def conduct(self, who: str, which: int) -> None:
        self.life.conduct(who, which)

    @rule(who=mostly("advisor", "chief"), which=WHICH)
    def conduct_again(self, who: str, which: int) -> None:
        self.life.conduct(who, which)

    @rule(who=mostly("advisor", "chief"), which=WHICH)
    def cancel(self, who: str, which: int) -> None:
        self.life.cancel(who, which)

    @rule(who=mostly("advisor"), what=GOOD_PLANS | PLANS)
    def plan_on_page(self, who: str, what: dict[str, Any]) -> None:
        self.life.plan_on_page(who, **what)

    @rule(who=mostly("advisor"), which=WHICH)
    def conduct_on_page(self, who: str, which: int) -> None:
        self.life.conduct_on_page(who, which)

    @rule(what=GOOD_PLANS, state=st.sampled_from(["planned", "conducted", "cancelled"]))
    def load_good(self, what: dict[str, Any], state: str) -> None:
        offset = -abs(what["offset"]) if state == "conducted" else what["offset"]
        self.life.load(state, **what | {"offset": offset})

    @rule(what=GOOD_PLANS | PLANS, state=st.sampled_from(["planned", "conducted", "cancelled"]), history=st.booleans())
    def load(self, what: dict[str, Any], state: str, history: bool) -> None:
        self.life.load(state, history=history, **what)

    @rule(what=PLANS)
    def ask_the_gate(self, what: dict[str, Any]) -> None:
        self.life.ask_the_gate(**what)

    @rule(who=mostly("host"), which=WHICH, step=st.sampled_from(["suspend", "withdraw"]), offset=st.integers(-2, 20))
    def stop(self, who: str, which: int, step: str, offset: int) -> None:
        self.life.stop(who, which, step, offset)

    @rule(which=WHICH, offset=st.integers(0, 4), days=st.integers(0, 6))
    def pause(self, which: int, offset: int, days: int) -> None:
        """Suspended for a while, and lifted again."""
        self.life.stop("host", which, "suspend", offset)
        self.life.pass_time(days)
        self.life.resume("host", which)

    @rule(who=mostly("host"), which=WHICH)
    def resume(self, who: str, which: int) -> None:
        self.life.resume(who, which)

    @rule(
        who=mostly("legal", "advisor"), start=st.integers(-3, 15), length=st.integers(-1, 60), kinds=SOME_KINDS,
        institutions=some("defence", "government", "college", "interior"), places=some("land", "capital", "coast"),
    )  # fmt: skip
    def propose(self, who: str, start: int, length: int, **scope: Any) -> None:
        self.life.propose(who, start, length, **scope)

    @rule(start=st.integers(0, 9), length=st.integers(5, 90), institutions=some("defence", "government"))
    def agree(self, start: int, length: int, institutions: list[str]) -> None:
        self.life.propose("legal", start, length, institutions=institutions)
        self.life.sign("host", 0)
        self.life.sign("commander", 0)

    @rule(who=mostly("legal"), which=WHICH, start=st.integers(0, 10), length=st.integers(1, 60))
    def amend(self, who: str, which: int, start: int, length: int) -> None:
        self.life.amend(who, which, start, length)

    @rule(who=mostly("host", "commander"), which=st.integers(0, 1))
    def sign(self, who: str, which: int) -> None:
        self.life.sign(who, which)

    @rule(which=st.integers(0, 1))
    def sign_for_both(self, which: int) -> None:
        self.life.sign("host", which)
        self.life.sign("commander", which)

    @rule(
        who=mostly("host"), institution=UNITS, start=st.integers(-1, 10), length=st.integers(0, 90), deep=st.booleans(),
        status=st.sampled_from(["under_control", "not_under_control", "unknown"]),
    )  # fmt: skip
    def control(self, who: str, start: int, length: int, deep: bool, **what: str) -> None:
        self.life.control(who, what["institution"], what["status"], start, length, deep=deep)

    @rule(
        who=mostly("commander", "chief"), place=st.sampled_from(["capital-province", "capital", "coast", "land"]),
        rating=st.sampled_from(["green", "amber", "red"]), start=st.integers(-1, 10), length=st.integers(0, 90),
    )  # fmt: skip
    def rate(self, who: str, place: str, rating: str, start: int, length: int) -> None:
        self.life.rate(who, place, rating, start, length)

    @rule(
        who=mostly("commander"), start=st.integers(-1, 15),
        kind=st.sampled_from(["in_country", "in_country", "partial", "suspended", "remote"]),
    )  # fmt: skip
    def posture(self, who: str, kind: str, start: int) -> None:
        self.life.posture(who, kind, start)

    @rule(who=mostly("host", "chief"), unit=UNITS, start=st.integers(-3, 10), length=st.none() | st.integers(0, 15))
    def flag(self, who: str, unit: str, start: int, length: int | None) -> None:
        self.life.flag(who, unit, start, length)

    @rule(who=mostly("host", "chief"), which=WHICH, end=st.integers(-3, 5))
    def unflag(self, who: str, which: int, end: int) -> None:
        self.life.unflag(who, which, end)

    @rule(who=mostly("host", "commander"), institution=UNITS, kinds=SOME_KINDS, place=st.none() | st.just("port"))
    def ask(self, who: str, institution: str, kinds: list[str], place: str | None) -> None:
        self.life.ask(who, institution, kinds, place)

    @rule(
        who=mostly("commander", "host"), which=WHICH, start=st.integers(-3, 5), length=st.integers(0, 60),
        step=st.sampled_from(["accept", "accept", "decline", "return", "submit"]),
    )  # fmt: skip
    def decide(self, who: str, which: int, step: str, start: int, length: int) -> None:
        self.life.decide(who, which, step, start, length)

    @rule(who=mostly("advisor", "chief"), which=WHICH, going_along=st.booleans())
    def report(self, who: str, which: int, going_along: bool) -> None:
        self.life.report(who, which, going_along=going_along)

    @rule(
        who=mostly("chief", "second-chief", "legal"), which=WHICH,
        step=st.sampled_from(["approve", "return", "clear", "reject"]),
    )  # fmt: skip
    def judge(self, who: str, which: int, step: str) -> None:
        self.life.judge(who, which, step)


@pytest.mark.parametrize("generation", range(4))
def test_no_life_ever_holds_a_meeting_without_consent(world: World, generation: int) -> None:
    RandomLife.world = world
    profile = settings(
        max_examples=LIVES or 24,
        stateful_step_count=30,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    RandomLife.tally.clear()
    born = seed(random.getrandbits(64) if LIVES else generation)(RandomLife)
    run_state_machine_as_test(born, settings=profile)
    seen = RandomLife.tally
    print(dict(seen))  # shown by pytest -rP
    assert seen["lives"] >= (LIVES or 24)
    # A search that never gets anywhere proves nothing.
    assert min(seen[what] for what in ("conducted", "planned", "refused", "agreed", "stopped"))
