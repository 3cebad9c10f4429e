"""Consent: proposed, agreed by both sides, in force; suspended, resumed, withdrawn, amended (S12a)."""

from datetime import date, timedelta
from typing import Any

import pytest

from accord.access.models import Grant
from accord.advising.models import Engagement
from accord.audit.models import Entry
from accord.kernel.clock import fixed
from accord.kernel.errors import Invalid, Refused, WrongState
from accord.mandate import gate
from accord.mandate.facts import accord_states_on, facts_on
from accord.mandate.models import Accord, AccordStep, SigningAuthority
from accord.mandate.services import amend_accord, propose_accord, resume_accord, sign_accord, stop_accord
from accord.notices.models import Notice
from tests.cast import CONSENT_FROM, CONSENT_UNTIL, TODAY, World, at

TEXT = {"en": "Both sides agree.", "ar": "اتفق الجانبان."}
DAY = timedelta(days=1)


def proposed(world: World, start: date = TODAY, end: date = TODAY + 60 * DAY, **changes: Any) -> Accord:
    whole: dict[str, Any] = {
        "title": TEXT,
        "text": TEXT,
        "institutions": [world.org["defence"]],
        "activity_types": ["advise"],
        "places": [world.place["capital"]],
    }
    return propose_accord(actor=world.actor("legal"), start=start, end=end, **{**whole, **changes})


def agreed(world: World, **changes: Any) -> Accord:
    accord = proposed(world, **changes)
    sign_accord(actor=world.actor("host"), accord=accord)
    return sign_accord(actor=world.actor("commander"), accord=accord)


def state(accord: Accord, day: date = TODAY) -> str | None:
    return accord_states_on(day).get(accord.pk)


def told(name: str, world: World) -> list[str]:
    return [n.text["en"] for n in Notice.objects.filter(account=world.account[name])]


def stop(world: World, accord: Accord, step: str, on: date | None = None) -> Accord:
    return stop_accord(actor=world.actor("host"), accord=accord, step=step, reason="So it is", effective_on=on)


@pytest.mark.parametrize("order", [("host", "commander"), ("commander", "host")])
def test_in_force_once_both_sides_have_signed(world: World, order: tuple[str, str]) -> None:
    accord = proposed(world)
    assert state(accord) == "proposed"
    sign_accord(actor=world.actor(order[0]), accord=accord)
    assert state(accord) == "proposed"
    sign_accord(actor=world.actor(order[1]), accord=accord)
    assert state(accord) == "in_force"
    accord.refresh_from_db()
    assert accord.host_signatory == world.post["representative"]
    assert accord.mission_signatory == world.post["commander"]
    names = list(accord.steps.order_by("id").values_list("name", flat=True))
    signed = ["sign_for_host" if who == "host" else "sign_for_mission" for who in order]
    assert names == ["propose", *signed, "agree", "enter_into_force"]
    assert "Agreed by both sides" in " ".join(told("chief", world))


def test_agreed_today_for_a_coming_day_enters_into_force_on_that_day(world: World) -> None:
    accord = agreed(world, start=TODAY + 5 * DAY)
    assert [state(accord, TODAY + n * DAY) for n in (0, 4, 5)] == ["agreed", "agreed", "in_force"]


def test_agreed_late_gives_no_consent_for_days_past(world: World) -> None:
    accord = agreed(world, start=TODAY - 9 * DAY)
    assert [state(accord, TODAY - n * DAY) for n in (1, 0)] == [None, "in_force"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": {"en": "Only one language"}}, "title"),
        ({"text": {"en": "x", "ar": "  "}}, "text"),
        ({"institutions": []}, "institutions"),
        ({"activity_types": ["combat"]}, "activity_types"),
        ({"activity_types": []}, "activity_types"),
        ({"places": []}, "places"),
        ({"end": TODAY}, "end"),
    ],
)
def test_incomplete_proposal_names_its_field(world: World, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        proposed(world, **changes)
    assert set(refusal.value.fields) == {field}
    assert Accord.objects.count() == 1


def test_accords_are_made_with_institutions_of_the_host(world: World) -> None:
    with pytest.raises(Invalid) as refusal:
        proposed(world, institutions=[world.org["defence"], world.org["union"]])
    assert "institutions" in refusal.value.fields


@pytest.mark.parametrize("who", ["chief", "legal", "advisor", "second-host", "auditor", "administrator"])
def test_only_a_post_with_authority_signs(world: World, who: str) -> None:
    accord = proposed(world)
    with pytest.raises(Refused):
        sign_accord(actor=world.actor(who), accord=accord)
    accord.refresh_from_db()
    assert accord.host_signed_on is None
    assert accord.mission_signed_on is None


def test_authority_that_has_ended_signs_nothing(world: World) -> None:
    SigningAuthority.objects.filter(position=world.post["representative"], matter="accord").delete()
    with pytest.raises(Refused):
        sign_accord(actor=world.actor("host"), accord=proposed(world))


def test_one_person_never_signs_for_both_sides(world: World) -> None:
    """Even with both roles: the side is that of the person, not of the role."""
    Grant.objects.create(
        account=world.account["commander"], role="host", period=(CONSENT_FROM, None), granted_by="Test"
    )
    both = world.actor("commander")
    accord = proposed(world)
    sign_accord(actor=both, accord=accord)
    with pytest.raises(WrongState):
        sign_accord(actor=both, accord=accord)
    accord.refresh_from_db()
    assert accord.host_signed_on is None


def test_nothing_is_signed_twice_or_too_late(world: World) -> None:
    accord = agreed(world)
    with pytest.raises(WrongState):
        sign_accord(actor=world.actor("host"), accord=accord)
    over = proposed(world, start=TODAY - 9 * DAY, end=TODAY)
    with pytest.raises(WrongState):
        sign_accord(actor=world.actor("host"), accord=over)


def test_withdrawal_holds_what_is_planned_and_tells_everybody(world: World) -> None:
    engagement = world.planned()
    stop(world, world.accord, "withdraw")
    engagement.refresh_from_db()
    assert engagement.state == "on_hold"
    assert [reason["clause"] for reason in engagement.hold] == ["S12a"]
    assert "withdrawn" in engagement.hold[0]["message"]["en"]
    for who in ("advisor", "chief", "commander", "legal", "second-host"):
        assert told(who, world), who
    assert any("On hold" in words for words in told("advisor", world))
    actions = set(Entry.objects.values_list("action", flat=True))
    assert {"stop_accord", "review_holds"} <= actions


def test_withdrawal_leaves_history_alone(world: World) -> None:
    held = world.conducted()
    stop(world, world.accord, "withdraw")
    held.refresh_from_db()
    assert (held.state, held.accord) == ("conducted", world.accord)
    assert accord_states_on(TODAY - DAY)[world.accord.pk] == "in_force"


def test_meeting_of_yesterday_may_still_be_recorded_after_a_withdrawal_today(world: World) -> None:
    with fixed(TODAY - 5 * DAY):
        engagement = world.planned(TODAY - DAY)
    stop(world, world.accord, "withdraw")
    engagement.refresh_from_db()
    assert engagement.state == "planned"


def test_only_who_may_sign_gives_consent_again(world: World) -> None:
    """Any official of the host stops it at once; a director of planning does not undo what his government decided."""
    stop(world, world.accord, "suspend")
    with pytest.raises(Refused):
        resume_accord(actor=world.actor("second-host"), accord=world.accord, reason="We go on")
    assert state(world.accord) == "suspended"


def test_suspension_is_lifted_and_plans_come_free(world: World) -> None:
    engagement = world.planned()
    stop(world, world.accord, "suspend")
    engagement.refresh_from_db()
    assert engagement.state == "on_hold"
    resume_accord(actor=world.actor("host"), accord=world.accord, reason="Settled")
    engagement.refresh_from_db()
    assert (engagement.state, engagement.hold) == ("planned", [])
    assert list(engagement.steps.values_list("name", flat=True)) == ["plan", "hold", "release"]


def test_withdrawal_from_a_coming_day_holds_only_what_lies_behind_it(world: World) -> None:
    before, after = world.planned(TODAY + 4 * DAY), world.planned(TODAY + 6 * DAY)
    stop(world, world.accord, "withdraw", TODAY + 5 * DAY)
    before.refresh_from_db()
    after.refresh_from_db()
    assert (before.state, after.state) == ("planned", "on_hold")


@pytest.mark.parametrize(
    ("step", "on", "reason", "field"),
    [
        ("end", None, "So", "step"),
        ("withdraw", TODAY - DAY, "So", "effective_on"),
        ("suspend", None, "  ", "reason"),
    ],
)
def test_stop_refused(world: World, step: str, on: date | None, reason: str, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        stop_accord(
            actor=world.actor("host"), accord=world.accord, step=step, reason=reason, effective_on=on
        )  # fmt: skip
    assert field in refusal.value.fields
    assert state(world.accord) == "in_force"


def test_what_has_ended_cannot_move_on(world: World) -> None:
    stop(world, world.accord, "withdraw")
    accord, host, legal = world.accord, world.actor("host"), world.actor("legal")
    with pytest.raises(WrongState):
        stop(world, accord, "suspend")
    with pytest.raises(WrongState):
        resume_accord(actor=host, accord=accord, reason="x")
    with pytest.raises(WrongState):
        sign_accord(actor=host, accord=accord)
    with pytest.raises(WrongState):
        amend_accord(actor=legal, accord=accord, start=TODAY, end=TODAY + 9 * DAY, reason="x")
    assert state(world.accord) == "withdrawn"


def test_only_what_is_suspended_is_resumed(world: World) -> None:
    with pytest.raises(WrongState):
        resume_accord(actor=world.actor("host"), accord=world.accord, reason="x")


# Steps recorded now for days to come ----------------------------------------------------------------------------------


def test_lifting_a_suspension_does_not_undo_a_withdrawal_to_come(world: World) -> None:
    stop(world, world.accord, "withdraw", TODAY + 9 * DAY)
    stop(world, world.accord, "suspend")
    with fixed(TODAY + 2 * DAY):
        resume_accord(actor=world.actor("host"), accord=world.accord, reason="Settled")
    assert [state(world.accord, TODAY + n * DAY) for n in (1, 2, 8, 9, 99)] == [
        "suspended", "in_force", "in_force", "withdrawn", "withdrawn",
    ]  # fmt: skip


def test_lifting_one_suspension_does_not_undo_another_to_come(world: World) -> None:
    stop(world, world.accord, "suspend", TODAY + 9 * DAY)
    stop(world, world.accord, "suspend")
    resume_accord(actor=world.actor("host"), accord=world.accord, reason="Settled")
    assert [state(world.accord, TODAY + n * DAY) for n in (0, 9)] == ["in_force", "suspended"]


def test_entering_into_force_does_not_lift_a_suspension_before_it(world: World) -> None:
    accord = agreed(world, start=TODAY + 9 * DAY)
    stop(world, accord, "suspend")
    assert [state(accord, TODAY + n * DAY) for n in (0, 9, 20)] == ["suspended"] * 3
    with fixed(TODAY + 12 * DAY):
        resume_accord(actor=world.actor("host"), accord=accord, reason="Settled")
    assert state(accord, TODAY + 12 * DAY) == "in_force"


def test_signed_after_a_withdrawal_to_come_it_still_ends_on_that_day(world: World) -> None:
    accord = proposed(world)
    stop(world, accord, "withdraw", TODAY + 5 * DAY)
    assert sign_accord(actor=world.actor("host"), accord=accord).state == "proposed"
    assert sign_accord(actor=world.actor("commander"), accord=accord).state == "in_force"
    assert [state(accord, TODAY + n * DAY) for n in (0, 4, 5)] == ["in_force", "in_force", "withdrawn"]


def test_what_was_known_at_a_moment(world: World) -> None:
    with fixed(at(TODAY, 15)):
        stop(world, world.accord, "withdraw")
    assert accord_states_on(TODAY, known_at=at(TODAY, 14))[world.accord.pk] == "in_force"
    assert accord_states_on(TODAY, known_at=at(TODAY, 15))[world.accord.pk] == "withdrawn"


def test_steps_of_one_instant_keep_their_order(world: World) -> None:
    for _n in range(20):
        assert state(agreed(world)) == "in_force"


# Amendments -----------------------------------------------------------------------------------------------------------


def test_amendment_takes_over_on_its_first_day_and_plans_go_with_it(world: World) -> None:
    before, after = world.planned(TODAY + 4 * DAY), world.planned(TODAY + 6 * DAY)
    new = amend_accord(
        actor=world.actor("legal"), accord=world.accord, start=TODAY + 5 * DAY, end=CONSENT_UNTIL + 99 * DAY, reason="x"
    )
    assert state(world.accord, TODAY + 5 * DAY) == "in_force"
    sign_accord(actor=world.actor("host"), accord=new)
    sign_accord(actor=world.actor("commander"), accord=new)
    assert [state(world.accord, TODAY + n * DAY) for n in (4, 5)] == ["in_force", "amended"]
    assert [state(new, TODAY + n * DAY) for n in (4, 5)] == ["agreed", "in_force"]
    accords = dict(Engagement.objects.values_list("pk", "accord"))
    assert accords == {before.pk: world.accord.pk, after.pk: new.pk}
    assert set(Engagement.objects.values_list("state", flat=True)) == {"planned"}


def test_amendment_keeps_the_scope_as_narrow_as_it_was(world: World) -> None:
    world.accord.institutions.update(with_subordinates=False)
    new = amend_accord(actor=world.actor("legal"), accord=world.accord, start=TODAY, end=TODAY + DAY, reason="x")
    assert list(new.institutions.values_list("institution", "with_subordinates")) == [(world.org["defence"].pk, False)]
    assert (new.amends, new.activity_types) == (world.accord, world.accord.activity_types)


def test_amended_while_it_was_suspended_it_does_not_come_back(world: World) -> None:
    stop(world, world.accord, "suspend")
    new = amend_accord(actor=world.actor("legal"), accord=world.accord, start=TODAY, end=TODAY + 9 * DAY, reason="x")
    sign_accord(actor=world.actor("host"), accord=new)
    sign_accord(actor=world.actor("commander"), accord=new)
    assert state(world.accord) == "amended"
    with pytest.raises(WrongState):
        resume_accord(actor=world.actor("host"), accord=world.accord, reason="x")


# The facts the gate reads ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (CONSENT_FROM - DAY, "agreed"),
        (CONSENT_FROM, "in_force"),
        (CONSENT_UNTIL - DAY, "in_force"),
        (CONSENT_UNTIL, "expired"),
    ],
)
def test_consent_counts_between_its_first_and_its_last_day(world: World, day: date, said: str) -> None:
    (consent,) = facts_on(day).consents
    assert consent.state == said
    allowed = gate.ask(world.plan(day).question()).allowed
    assert allowed == (said == "in_force")


def test_accord_without_steps_is_no_consent(world: World) -> None:
    step = AccordStep.objects.filter(accord=world.accord)
    assert step.count() == 3
    bare = Accord.objects.create(
        code="bare", title=TEXT, period=(CONSENT_FROM, CONSENT_UNTIL), state="in_force", activity_types=["advise"],
        host_signatory=world.post["representative"], host_signed_on=TODAY,
        mission_signatory=world.post["commander"], mission_signed_on=TODAY,
    )  # fmt: skip
    assert bare.pk not in {c.id for c in facts_on(TODAY).consents}
