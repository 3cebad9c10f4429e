"""The host asks, the mission answers; an accepted request is the requirement, the first key (S1, S10b, S11)."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from accord.kernel.errors import Invalid, Refused, WrongState
from accord.mandate import gate
from accord.mandate.choices import RequestState
from accord.mandate.models import HostRequest
from accord.mandate.services import decide_request, resubmit_request, submit_request
from accord.notices.models import Notice
from tests.cast import TODAY, World

LATER = TODAY + timedelta(days=60)


def ask(world: World, who: str = "host", **changes: Any) -> HostRequest:
    whole: dict[str, Any] = {
        "purpose": "activity",
        "title": {"en": "Advice"},
        "text": {},
        "institution": world.org["defence"],
        "activity_types": ["advise"],
    }
    return submit_request(actor=world.actor(who), **{**whole, **changes})


def decide(world: World, request: HostRequest, step: str, **changes: Any) -> HostRequest:
    return decide_request(actor=world.actor("commander"), request=request, step=step, **changes)


def test_submitted_by_the_post_that_may_ask(world: World) -> None:
    request = ask(world)
    assert (request.state, request.submitted_by, request.submitted_on) == (
        "submitted", world.post["representative"], TODAY,
    )  # fmt: skip
    assert [s.name for s in request.steps.all()] == ["submit"]
    assert Notice.objects.filter(account=world.account["commander"]).exists()


def test_an_official_without_authority_does_not_ask(world: World) -> None:
    with pytest.raises(Refused):
        ask(world, "second-host")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"purpose": "war"}, "purpose"),
        ({"activity_types": ["combat"]}, "activity_types"),
        ({"activity_types": []}, "activity_types"),
        ({"title": {"en": " "}}, "title"),
    ],
)
def test_incomplete_request_names_its_field(world: World, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        ask(world, **changes)
    assert field in refusal.value.fields
    assert HostRequest.objects.count() == 1


def test_accepted_it_counts_for_its_days_and_frees_what_waited(world: World) -> None:
    engagement = world.planned()
    world.request.validity = (TODAY - timedelta(days=9), TODAY - timedelta(days=1))
    world.request.save()
    assert not gate.ask(world.plan().question()).allowed
    request = ask(world)
    decide(world, request, "accept", valid_from=TODAY, valid_until=LATER)
    assert gate.ask(world.plan().question()).allowed
    assert not gate.ask(world.plan(LATER).question()).allowed
    engagement.refresh_from_db()
    assert engagement.state == "planned"
    (said,) = [n.text for n in Notice.objects.filter(account=world.account["host"]) if "Your request" in n.text["en"]]
    for language, words in said.items():
        with translation.override(language):
            assert str(RequestState.ACCEPTED.label) in words


@pytest.mark.parametrize(
    ("step", "changes", "field"),
    [
        ("accept", {}, "valid_until"),
        ("accept", {"valid_from": TODAY, "valid_until": TODAY}, "valid_until"),
        ("accept", {"valid_from": TODAY - timedelta(days=1), "valid_until": LATER}, "valid_from"),
        ("decline", {}, "remark"),
        ("return", {"remark": " "}, "remark"),
        ("submit", {"remark": "For the host"}, "step"),
        ("agree", {"remark": "x"}, "step"),
    ],
)
def test_decision_refused(world: World, step: str, changes: dict[str, Any], field: str) -> None:
    request = ask(world)
    with pytest.raises(Invalid) as refusal:
        decide(world, request, step, **changes)
    assert field in refusal.value.fields
    request.refresh_from_db()
    assert (request.state, request.validity) == ("submitted", None)


def test_mission_never_submits_a_returned_request_for_the_host(world: World) -> None:
    request = decide(world, ask(world), "return", remark="Say where")
    with pytest.raises(Invalid):
        decide(world, request, "submit", remark="We know where")
    request.refresh_from_db()
    assert request.state == "returned"


def test_returned_it_comes_back_complete(world: World) -> None:
    request = decide(world, ask(world), "return", remark="Say where")
    again = resubmit_request(
        actor=world.actor("host"), request=request, title={"en": "Advice in the capital"}, text={},
        institution=world.org["defence"], activity_types=["advise"], place=world.place["capital"],
    )  # fmt: skip
    assert (again.state, again.place) == ("submitted", world.place["capital"])
    assert [s.name for s in again.steps.all()] == ["submit", "return", "submit"]


@pytest.mark.parametrize("end", ["accept", "decline"])
def test_decided_is_decided(world: World, end: str) -> None:
    request = ask(world)
    decide(world, request, end, valid_from=TODAY, valid_until=LATER, remark="So")
    for step in ("accept", "decline", "return"):
        with pytest.raises(WrongState):
            decide(world, request, step, valid_from=TODAY, valid_until=LATER, remark="x")
    with pytest.raises(WrongState):
        resubmit_request(
            actor=world.actor("host"), request=request, title={"en": "x"}, text={}, institution=world.org["defence"],
            activity_types=["advise"],
        )  # fmt: skip


def test_request_for_one_place_opens_no_other(world: World) -> None:
    world.request.place = world.place["academy-site"]
    world.request.save()
    assert not gate.ask(world.plan().question()).allowed
    assert gate.ask(world.plan(place=world.place["academy-site"]).question()).allowed
