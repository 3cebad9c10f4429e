"""Reports and promises: written by who was there, read by the legal advisor if need be, judged by somebody else."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from accord.access.models import Grant
from accord.advising.choices import ReportState
from accord.advising.models import Commitment, Engagement, Report
from accord.advising.rules import is_overdue, may_judge
from accord.advising.services import (
    Promise,
    judge_report,
    review_wording,
    save_report,
    settle_commitment,
    submit_report,
)
from accord.kernel.errors import Invalid, Refused, WrongState
from accord.mandate.models import Mission
from accord.notices.models import Notice
from accord.people.queries import actor_for
from tests.cast import SINCE, TODAY, World

LATER = TODAY + timedelta(days=20)


@pytest.fixture
def held(world: World) -> Engagement:
    return world.conducted()


def write(world: World, engagement: Engagement, who: str = "advisor", **changes: Any) -> Report:
    whole: dict[str, Any] = {"discussed": "Plans", "outcome": "Agreed", "atmosphere": "neutral"}
    return save_report(actor=world.actor(who), engagement=engagement, **{**whole, **changes})


def submit(world: World, engagement: Engagement, who: str = "advisor", **changes: Any) -> Report:
    return submit_report(actor=world.actor(who), report=write(world, engagement, who, **changes))


def promises(world: World) -> list[Promise]:
    return [
        Promise("host", world.post["planner"], "Name a team", LATER),
        Promise("mission", world.post["advisor"], "Send two papers", LATER),
    ]


def test_from_draft_to_approval(world: World, held: Engagement) -> None:
    report = write(world, held, outcome="")
    with pytest.raises(Invalid) as refusal:
        submit_report(actor=world.actor("advisor"), report=report)
    assert set(refusal.value.fields) == {"outcome"}
    report = submit(world, held)
    assert report.state == "submitted"
    assert Notice.objects.filter(account=world.account["chief"]).exists()
    report = judge_report(actor=world.actor("chief"), report=report, step="return", remark="Who was there?")
    report = submit(world, held, outcome="Agreed, with three officials")
    report = judge_report(actor=world.actor("second-chief"), report=report, step="approve")
    assert [s.name for s in report.steps.all()] == ["submit", "return", "submit", "approve"]
    notice = Notice.objects.filter(account=world.account["advisor"]).first()
    assert notice
    for language, words in notice.text.items():
        with translation.override(language):
            assert str(ReportState.APPROVED.label) in words


def test_nothing_is_reported_that_was_not_held(world: World) -> None:
    engagement = world.planned()
    with pytest.raises(WrongState):
        write(world, engagement)
    engagement.state = "conducted"  # what a caller believes does not count, what is recorded does
    with pytest.raises(WrongState):
        write(world, engagement)
    assert not Report.objects.exists()


def test_only_its_author_writes_and_submits(world: World, held: Engagement) -> None:
    report = write(world, held)
    with pytest.raises(Refused):
        write(world, held, "chief")
    with pytest.raises(Refused):
        submit_report(actor=world.actor("chief"), report=report)
    with pytest.raises(Refused):
        write(world, held, "second-advisor")


def test_submitted_it_is_not_changed(world: World, held: Engagement) -> None:
    report = submit(world, held)
    with pytest.raises(WrongState):
        write(world, held)
    with pytest.raises(WrongState):
        submit_report(actor=world.actor("advisor"), report=report)


def test_nobody_approves_his_own(world: World) -> None:
    held = world.conducted(by="chief", lead=world.post["chief"])
    report = submit(world, held, "chief")
    for step in ("approve", "return"):
        with pytest.raises(Refused):
            judge_report(actor=world.actor("chief"), report=report, step=step, remark="x")
    assert judge_report(actor=world.actor("second-chief"), report=report, step="approve").state == "approved"


def test_own_report_only_where_the_mission_says_so_in_so_many_words(world: World) -> None:
    mission = Mission.objects.get()
    mission.parameters = {**mission.parameters, "self_approval": True}
    mission.save()
    report = submit(world, world.conducted(by="chief", lead=world.post["chief"]), "chief")
    assert judge_report(actor=world.actor("chief"), report=report, step="approve").state == "approved"


def test_nobody_clears_his_own_wording(world: World, held: Engagement) -> None:
    """Somebody may be advisor and legal advisor at once; not of the same report."""
    Grant.objects.create(account=world.account["advisor"], role="legal", period=SINCE, granted_by="Test")
    both = actor_for(world.account["advisor"], TODAY)
    report = submit(world, held, discussed="We went on patrol with the brigade")
    assert report.state == "legal_review"
    for step in ("clear", "reject"):
        with pytest.raises(Refused):
            review_wording(actor=both, report=report, step=step, remark="x")
    assert review_wording(actor=world.actor("legal"), report=report, step="clear").state == "submitted"


def test_wording_of_operations_goes_to_the_legal_advisor_first(world: World, held: Engagement) -> None:
    report = submit(world, held, promises=[Promise("mission", world.post["advisor"], "Join the next patrol", LATER)])
    assert report.state == "legal_review"
    assert Notice.objects.filter(account=world.account["legal"]).exists()
    with pytest.raises(WrongState):
        judge_report(actor=world.actor("chief"), report=report, step="approve")
    with pytest.raises(Invalid):
        review_wording(actor=world.actor("legal"), report=report, step="reject")
    report = review_wording(actor=world.actor("legal"), report=report, step="reject", remark="Not so")
    report = submit(world, held)
    assert (report.state, report.wording_cleared) == ("submitted", False)


def test_cleared_wording_is_read_again_when_it_changes(world: World, held: Engagement) -> None:
    report = submit(world, held, discussed="On patrol")
    review_wording(actor=world.actor("legal"), report=report, step="clear")
    judge_report(actor=world.actor("chief"), report=report, step="return", remark="More")
    assert submit(world, held, discussed="On patrol again").state == "legal_review"


@pytest.mark.parametrize("step", ["clear", "submit", "publish", ""])
def test_judging_knows_its_own_steps_only(world: World, held: Engagement, step: str) -> None:
    with pytest.raises(Invalid):
        judge_report(actor=world.actor("chief"), report=submit(world, held), step=step, remark="x")


@pytest.mark.parametrize("step", ["approve", "refer", ""])
def test_clearing_knows_its_own_steps_only(world: World, held: Engagement, step: str) -> None:
    with pytest.raises(Invalid):
        review_wording(actor=world.actor("legal"), report=submit(world, held), step=step, remark="x")


def test_return_says_why(world: World, held: Engagement) -> None:
    with pytest.raises(Invalid):
        judge_report(actor=world.actor("chief"), report=submit(world, held), step="return", remark=" ")


def test_atmosphere_is_one_of_the_list(world: World, held: Engagement) -> None:
    with pytest.raises(Invalid):
        write(world, held, atmosphere="frosty")


# Promises -------------------------------------------------------------------------------------------------------------


def test_promises_of_a_draft_replace_each_other(world: World, held: Engagement) -> None:
    write(world, held, promises=promises(world))
    write(world, held, promises=promises(world)[:1])
    (kept,) = Commitment.objects.all()
    assert (kept.side, kept.owner, kept.state) == ("host", world.post["planner"], "open")


@pytest.mark.parametrize(
    "change",
    [
        {"text": " "},
        {"side": "mission"},
        {"side": "partner"},
        {"due_on": TODAY - timedelta(days=9)},
    ],
)
def test_promise_has_words_an_owner_of_its_side_and_a_day_to_come(
    world: World, held: Engagement, change: dict[str, Any]
) -> None:
    with pytest.raises(Invalid):
        write(world, held, promises=[replace(promises(world)[0], **change)])
    assert not Commitment.objects.exists()
    assert not Report.objects.exists()


def test_each_side_settles_its_own(world: World, held: Engagement) -> None:
    submit(world, held, promises=promises(world))
    of_host, of_mission = Commitment.objects.get(side="host"), Commitment.objects.get(side="mission")
    for who, other in (("advisor", of_host), ("host", of_mission)):
        with pytest.raises(Refused):
            settle_commitment(actor=world.actor(who), commitment=other, state="kept")
    kept = settle_commitment(actor=world.actor("host"), commitment=of_host, state="kept")
    assert (kept.state, kept.settled_on) == ("kept", TODAY)
    with pytest.raises(WrongState):
        settle_commitment(actor=world.actor("host"), commitment=of_host, state="dropped", remark="x")
    with pytest.raises(Invalid):
        settle_commitment(actor=world.actor("advisor"), commitment=of_mission, state="dropped")
    with pytest.raises(Invalid):
        settle_commitment(actor=world.actor("advisor"), commitment=of_mission, state="open")


# Rules ----------------------------------------------------------------------------------------------------------------


def test_who_may_judge() -> None:
    one, other = (w.pk for w in (Report(), Report()))
    assert may_judge(author=one, judge=other, parameters={})
    assert not may_judge(author=one, judge=one, parameters={})
    assert not may_judge(author=None, judge=None, parameters={})
    assert may_judge(author=one, judge=one, parameters={"self_approval": True})


def test_overdue_from_the_day_after() -> None:
    assert not is_overdue("open", TODAY, TODAY)
    assert is_overdue("open", TODAY - timedelta(days=1), TODAY)
    assert not is_overdue("kept", TODAY - timedelta(days=1), TODAY)
