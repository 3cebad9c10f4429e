"""The test of the test: defects planted one by one, each of which the checks of a life must see.

Every story runs twice: untouched, where nothing may be wrong, and with its defect, where something must be.
"""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection

from accord.advising import plans
from accord.advising.plans import Plan
from accord.advising.services import engagements, reports
from accord.advising.workflow import CONDUCT
from accord.audit import usecase
from accord.exchange import engagements as loading
from accord.mandate import facts, gate
from accord.mandate.choices import ActivityType
from accord.mandate.models import AccordStep
from accord.mandate.rules import Question, Verdict, judging
from accord.mandate.services import accords, ground, requests
from accord.people.models import Position
from tests.advising.life import Broken, Life
from tests.advising.restated import GOING_ALONG
from tests.cast import CONSENT_UNTIL, World
from tests.owner import as_owner

Story = Callable[[Life], object]
Defect = Callable[[pytest.MonkeyPatch, Life], None]


def says(*_args: Any, **_kwargs: Any) -> None:
    """Neither yes nor no."""


# Stories ----------------------------------------------------------------------------------------------------


def plan_after_withdrawal(life: Life) -> None:
    life.stop("host", 0, "withdraw", 0)
    life.plan("advisor", offset=3)


def withdraw_after_plan(life: Life) -> None:
    life.plan("advisor", offset=3)
    life.stop("host", 0, "withdraw", 2)


def conduct_after_withdrawal(life: Life) -> None:
    life.plan("advisor", offset=3)
    life.stop("host", 0, "withdraw", 2)
    life.pass_time(4, with_worker=False)
    life.conduct("advisor", 0)


def withdrawal_then_another_suspension_lifted(life: Life) -> None:
    life.stop("host", 0, "withdraw", 5)
    life.stop("host", 0, "suspend", 0)
    life.pass_time(1)
    life.resume("host", 0)
    life.plan("advisor", offset=10)


def suspended_before_it_enters_into_force(life: Life) -> None:
    life.stop("host", 0, "withdraw", 0)
    life.propose("legal", 5, 60)
    life.sign("host", 0)
    life.sign("commander", 0)
    life.stop("host", 1, "suspend", 0)
    life.plan("advisor", offset=8)


def amended(life: Life) -> None:
    life.plan("advisor", offset=9)
    life.amend("legal", 0, 2, 200)
    life.sign("host", 0)
    life.sign("commander", 0)
    life.pass_time(3)


def agreed_late(life: Life) -> None:
    life.stop("host", 0, "withdraw", 0)
    life.propose("legal", -3, 60)
    life.sign("host", 0)
    life.sign("commander", 0)
    life.load("conducted", offset=-2)


def other_ministry_at_the_table(life: Life) -> None:
    life.plan("advisor", offset=3, post="policeman")


def ministry_no_version_names(life: Life) -> None:
    """Everything stands for it but the mandate."""
    life.propose("legal", 0, 60, institutions=("government",))
    life.sign("host", 0)
    life.sign("commander", 0)
    life.control("host", "interior", "under_control", 0, 90)
    life.ask("host", "interior", ["advise"])
    life.decide("commander", 0, "accept", 0, 60)
    life.plan("advisor", offset=3, institution="interior", post="policeman")


def not_under_control(life: Life) -> None:
    life.control("host", "defence", "not_under_control", 0, 90)
    life.plan("advisor", offset=3)


def on_operations(life: Life) -> None:
    life.plan("advisor", offset=3, institution="brigade", post="brigadier")
    life.flag("host", "brigade", 1, 9)
    life.plan("advisor", offset=4, institution="brigade", post="brigadier")


def going_along(life: Life) -> None:
    life.plan("advisor", offset=3, topic=GOING_ALONG)


def suspended_posture(life: Life) -> None:
    life.posture("commander", "suspended", 1)
    life.plan("advisor", offset=3)


def red(life: Life) -> None:
    life.rate("commander", "capital", "red", 0, 30)
    life.plan("advisor", offset=3)


def outside_the_area(life: Life) -> None:
    life.propose("legal", 0, 60, places=("land",))
    life.sign("host", 0)
    life.sign("commander", 0)
    life.rate("commander", "land", "green", 0, 90)
    life.plan("advisor", offset=3, place="port")


def combat(life: Life) -> None:
    life.ask("host", "defence", ["combat"])


def signed_without_authority(life: Life) -> None:
    life.propose("legal", 0, 60)
    life.sign("second-host", 0)
    life.sign("commander", 0)


def small_hours_of_the_first_day_without_consent(life: Life) -> None:
    life.moment = life.moment.replace(year=CONSENT_UNTIL.year, month=CONSENT_UNTIL.month, day=CONSENT_UNTIL.day)
    life.plan("advisor", offset=0, hour=1)


def own_report_approved(life: Life) -> None:
    life.load("conducted", offset=-5)
    life.report("chief", 0)
    life.judge("chief", 0, "approve")


def report_of_going_along(life: Life) -> None:
    life.load("conducted", offset=-5)
    life.report("chief", 0, going_along=True)
    life.judge("second-chief", 0, "approve")


def double_booking(life: Life) -> None:
    life.plan("advisor", offset=3)
    life.plan("advisor", offset=3)


def history_of_today(life: Life) -> None:
    life.stop("host", 0, "withdraw", 0)
    life.pass_time(9)
    life.load("conducted", offset=-3, history=True)


def asked_in_every_way(life: Life) -> None:
    life.ask_the_gate(offset=3)
    life.ask_the_gate(offset=3, institution="interior")


def planned_and_held(life: Life) -> None:
    life.plan("advisor", offset=3)
    life.pass_time(4)
    life.conduct("advisor", 0)


def forgotten(life: Life) -> None:
    life.stop("host", 0, "suspend", 0)
    life.resume("host", 0)
    life.plan("advisor", offset=3)


# Defects ----------------------------------------------------------------------------------------------------


def demand_always_allows(patch: pytest.MonkeyPatch, life: Life) -> None:
    patch.setattr(gate, "demand", lambda q: Verdict(q, (), (), life.world.accord.pk))


def rule_asleep(rule: str) -> Defect:
    def asleep(patch: pytest.MonkeyPatch, _life: Life) -> None:
        patch.setitem(judging.RULES, rule, says)

    asleep.__name__ = f"rule_{rule}_asleep"
    return asleep


def any_consent_covers(patch: pytest.MonkeyPatch, _life: Life) -> None:
    patch.setattr(judging, "covering_consent", lambda _q, known: next(iter(known.consents)))


def stop_announces_nothing(patch: pytest.MonkeyPatch, _life: Life) -> None:
    patch.setattr(accords, "announce", says)


def flag_announces_nothing(patch: pytest.MonkeyPatch, _life: Life) -> None:
    patch.setattr(ground, "announce", says)


def holds_are_not_reviewed(patch: pytest.MonkeyPatch, _life: Life) -> None:
    patch.setattr(engagements, "_hold", lambda *_args: 0)


def hold_is_no_hindrance(patch: pytest.MonkeyPatch, life: Life) -> None:
    step = replace(CONDUCT, origins=frozenset({"planned", "on_hold"}))
    patch.setattr(engagements, "CONDUCT", step)
    demand_always_allows(patch, life)


def states_are_those_recorded_last(patch: pytest.MonkeyPatch, _life: Life) -> None:
    def states(day: date, **_known: Any) -> dict[UUID, str]:
        return {s.accord_id: s.target for s in AccordStep.objects.filter(effective_on__lte=day).order_by("at", "id")}

    patch.setattr(facts, "accord_states_on", states)


def states_are_those_effective_last(patch: pytest.MonkeyPatch, _life: Life) -> None:
    def states(day: date, **_known: Any) -> dict[UUID, str]:
        steps = AccordStep.objects.filter(effective_on__lte=day).order_by("effective_on", "at", "id")
        return {s.accord_id: s.target for s in steps}

    patch.setattr(facts, "accord_states_on", states)


def amendment_leaves_plans_behind(patch: pytest.MonkeyPatch, _life: Life) -> None:
    old: dict[date, Any] = {}

    def ask(question: Question, known: Any = None) -> Verdict:
        verdict = judging.judge(question, known or facts.facts_on(question.on))
        return replace(verdict, accord_id=old.setdefault(question.on, verdict.accord_id))

    patch.setattr(gate, "ask", ask)


def consent_backdated(patch: pytest.MonkeyPatch, _life: Life) -> None:
    patch.setattr(accords, "max", lambda _today, first: first, raising=False)


def units_are_overlooked(patch: pytest.MonkeyPatch, _life: Life) -> None:
    patch.setattr(judging, "_parties", lambda q: (q.institution,) if q.institution else ())


def closed_list_is_open(patch: pytest.MonkeyPatch, _life: Life) -> None:
    patch.setattr(requests, "ActivityType", SimpleNamespace(values=[*ActivityType.values, "combat"]))


def anybody_signs(patch: pytest.MonkeyPatch, _life: Life) -> None:
    def post_of(actor: Any, *_rest: Any) -> Position:
        return Position.objects.get(pk__in=actor.position_ids)

    patch.setattr(accords, "signing_position", post_of)


def days_are_counted_elsewhere(patch: pytest.MonkeyPatch, _life: Life) -> None:
    for module in (engagements, plans):
        patch.setattr(module, "day_of", lambda moment: moment.astimezone(UTC).date())


def everybody_may_judge(patch: pytest.MonkeyPatch, _life: Life) -> None:
    patch.setattr(reports, "may_judge", lambda **_facts: True)


def nothing_sounds_like_operations(patch: pytest.MonkeyPatch, _life: Life) -> None:
    patch.setattr(reports, "needs_legal_review", lambda *_texts: False)


def no_transaction(patch: pytest.MonkeyPatch, _life: Life) -> None:
    patch.setattr(usecase, "transaction", SimpleNamespace(atomic=nullcontext))


def anything_is_history(patch: pytest.MonkeyPatch, _life: Life) -> None:
    patch.setattr(loading, "began_at", lambda: datetime.max.replace(tzinfo=UTC))


def command_line_knows_better(patch: pytest.MonkeyPatch, _life: Life) -> None:
    ask = gate.ask
    patch.setattr(gate, "ask", lambda q: ask(replace(q, type="combat") if q.place_words else q))


def steps_are_not_written(patch: pytest.MonkeyPatch, _life: Life) -> None:
    patch.setattr(engagements, "_step", says)


def trail_is_not_written(patch: pytest.MonkeyPatch, _life: Life) -> None:
    def silent(*_args: Any, **_kwargs: Any) -> None:
        usecase.note_entry()

    patch.setattr(engagements, "record", silent)


def history_is_swept(patch: pytest.MonkeyPatch, _life: Life) -> None:
    plan = Plan.question

    def question(self: Plan) -> Question:
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
            cursor.execute("DELETE FROM audit_entry")
        return plan(self)

    patch.setattr(Plan, "question", question)


DEFECTS: list[tuple[Defect, Story]] = [
    (demand_always_allows, plan_after_withdrawal),
    (demand_always_allows, not_under_control),
    (demand_always_allows, outside_the_area),
    (demand_always_allows, other_ministry_at_the_table),
    (any_consent_covers, plan_after_withdrawal),
    (stop_announces_nothing, withdraw_after_plan),
    (flag_announces_nothing, on_operations),
    (holds_are_not_reviewed, withdraw_after_plan),
    (hold_is_no_hindrance, conduct_after_withdrawal),
    (states_are_those_recorded_last, withdrawal_then_another_suspension_lifted),
    (states_are_those_effective_last, suspended_before_it_enters_into_force),
    (amendment_leaves_plans_behind, amended),
    (consent_backdated, agreed_late),
    (units_are_overlooked, other_ministry_at_the_table),
    (rule_asleep("institution"), ministry_no_version_names),
    (rule_asleep("place"), outside_the_area),
    (rule_asleep("control"), not_under_control),
    (rule_asleep("operations"), on_operations),
    (rule_asleep("operations"), going_along),
    (rule_asleep("posture"), suspended_posture),
    (rule_asleep("keys"), red),
    (closed_list_is_open, combat),
    (anybody_signs, signed_without_authority),
    (days_are_counted_elsewhere, small_hours_of_the_first_day_without_consent),
    (everybody_may_judge, own_report_approved),
    (nothing_sounds_like_operations, report_of_going_along),
    (no_transaction, double_booking),
    (anything_is_history, history_of_today),
    (command_line_knows_better, asked_in_every_way),
    (steps_are_not_written, planned_and_held),
    (trail_is_not_written, planned_and_held),
    (history_is_swept, forgotten),
]
STORIES = list(dict.fromkeys(story for _defect, story in DEFECTS))


def name(value: Any) -> str:
    return str(getattr(value, "__name__", value)).strip("<>")


@pytest.mark.parametrize("story", STORIES, ids=name)
def test_untouched_the_story_ends_well(world: World, story: Story) -> None:
    life = Life(world)
    life.check()
    story(life)
    assert life.steps


@pytest.mark.parametrize(("defect", "story"), DEFECTS, ids=name)
def test_planted_defect_is_seen(world: World, monkeypatch: pytest.MonkeyPatch, defect: Defect, story: Story) -> None:
    life = Life(world)
    life.check()
    defect(monkeypatch, life)
    with pytest.raises((Broken, IntegrityError)):  # PostgreSQL may see it first
        story(life)
