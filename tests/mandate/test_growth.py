"""Versions rest on three acts; expansion is bounded, upon request, and step by step (S1, S9, S10)."""

from datetime import date, timedelta
from typing import Any

import pytest

from accord.kernel.clock import fixed
from accord.kernel.errors import Invalid, WrongState
from accord.mandate import gate
from accord.mandate.facts import facts_on
from accord.mandate.models import Area, ExpansionStep, HostRequest, MandateVersion, VersionInstitution
from accord.mandate.services import (
    activate_expansion,
    activate_version,
    complete_version,
    decide_request,
    draft_version,
    propose_expansion,
    record_instrument,
    review_expansion,
    submit_request,
    word_clause,
)
from tests.cast import CLAUSES, START, TODAY, World

DAY = timedelta(days=1)
TEXT = {"en": "Words", "ar": "كلمات"}


def draft(world: World, **acts: Any) -> MandateVersion:
    whole = {"request": world.request, "invitation": world.instrument, "decision": world.instrument}
    return draft_version(
        actor=world.actor("legal"), title=TEXT, summary=TEXT, add_institutions=[world.org["interior"]],
        **{**whole, **acts},
    )  # fmt: skip


def activate(world: World, version: MandateVersion, start: date = TODAY) -> MandateVersion:
    return activate_version(actor=world.actor("commander"), version=version, start=start)


def test_draft_takes_over_clauses_and_institutions(world: World) -> None:
    VersionInstitution.objects.update(with_subordinates=False)
    version = draft(world)
    assert version.number == 2
    assert {c.code for c in version.clauses.all()} == set(CLAUSES.values())
    named = {i.institution.code: i.with_subordinates for i in version.institutions.all()}
    assert named == {"defence": False, "interior": True}


@pytest.mark.parametrize("act", ["request", "invitation", "decision"])
def test_no_version_in_force_while_an_act_is_missing(world: World, act: str) -> None:
    version = draft(world, **{act: None})
    with pytest.raises(Invalid, match="Missing"):
        activate(world, version)
    complete_version(
        actor=world.actor("legal"), version=version, request=world.request, invitation=world.instrument,
        decision=world.instrument,
    )  # fmt: skip
    assert activate(world, version).state == "in_force"


def test_request_that_is_only_submitted_is_no_act(world: World) -> None:
    world.request.state, world.request.validity = "submitted", None
    world.request.save()
    with pytest.raises(Invalid, match="accepted request"):
        activate(world, draft(world))


def test_institution_is_named_from_the_first_day_of_its_version(world: World) -> None:
    activate(world, draft(world), TODAY + 5 * DAY)
    interior = world.org["interior"]
    rules = [
        {r.rule for r in gate.ask(world.plan(day, institution=interior).question()).refusals}
        for day in (TODAY + 4 * DAY, TODAY + 5 * DAY)
    ]
    assert "institution" in rules[0]
    assert "institution" not in rules[1]
    assert MandateVersion.objects.get(number=1).period.upper == TODAY + 5 * DAY


def test_no_version_for_the_past_nor_before_one_already_set(world: World) -> None:
    version = draft(world)
    with pytest.raises(Invalid):
        activate(world, version, TODAY - DAY)
    activate(world, version, TODAY + 9 * DAY)
    with pytest.raises(Invalid):
        activate(world, draft(world), TODAY + 5 * DAY)
    with pytest.raises(WrongState):
        activate(world, version, TODAY + 20 * DAY)


def test_what_is_in_force_is_not_worded_anew(world: World) -> None:
    with pytest.raises(WrongState):
        word_clause(actor=world.actor("legal"), version=world.version, code="S4", text=TEXT)
    with pytest.raises(WrongState):
        complete_version(
            actor=world.actor("legal"), version=world.version, request=None, invitation=None, decision=None
        )


def test_clauses_of_a_draft_are_worded_added_and_taken_out(world: World) -> None:
    version, legal = draft(world), world.actor("legal")
    word_clause(actor=legal, version=version, code="S4", text={"en": "New words"})
    word_clause(actor=legal, version=version, code="S99", text=TEXT)
    word_clause(actor=legal, version=version, code="S2", text={})
    texts = {c.code: c.text for c in version.clauses.all()}
    assert texts["S4"] == {"en": "New words"}
    assert "S99" in texts
    assert "S2" not in texts
    with pytest.raises(Invalid):
        word_clause(actor=legal, version=version, code="S1000", text={})


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "treaty"}, "kind"),
        ({"title": {}}, "title"),
        ({"issued_by": {"en": " "}}, "issued_by"),
        ({"issued_on": TODAY + DAY}, "issued_on"),
        ({"date_precision": "century"}, "date_precision"),
    ],
)
def test_incomplete_instrument_names_its_field(world: World, changes: dict[str, Any], field: str) -> None:
    whole: dict[str, Any] = {"kind": "decision", "title": TEXT, "issued_by": TEXT, "issued_on": TODAY}
    with pytest.raises(Invalid) as refusal:
        record_instrument(actor=world.actor("legal"), **{**whole, **changes})
    assert set(refusal.value.fields) == {field}


# Expansion ------------------------------------------------------------------------------------------------------------


def asked(world: World, purpose: str = "expansion") -> HostRequest:
    request = submit_request(
        actor=world.actor("host"), purpose=purpose, title=TEXT, text=TEXT, institution=world.org["interior"],
        activity_types=["train"],
    )  # fmt: skip
    return decide_request(
        actor=world.actor("commander"), request=request, step="accept", valid_from=TODAY, valid_until=TODAY + 99 * DAY
    )


def step(world: World, **changes: Any) -> ExpansionStep:
    whole: dict[str, Any] = {
        "title": TEXT,
        "request": changes.pop("request") if "request" in changes else asked(world),
        "institutions": [world.org["interior"]],
        "places": [world.place["coast"]],
        "activity_types": ["train"],
        "headcount_cap": 5,
        "start": TODAY,
        "end": TODAY + 30 * DAY,
    }
    return propose_expansion(actor=world.actor("commander"), **{**whole, **changes})


def start_it(world: World, expansion: ExpansionStep) -> ExpansionStep:
    return activate_expansion(actor=world.actor("commander"), step=expansion)


def test_bounded_step_adds_its_places_and_institutions_for_its_days_and_kinds(world: World) -> None:
    start_it(world, step(world))
    question = world.plan(institution=world.org["interior"], place=world.place["port"], type="train").question()
    assert {r.rule for r in gate.ask(question).refusals} & {"institution", "place"} == set()
    advise = world.plan(institution=world.org["interior"], place=world.place["port"]).question()
    assert {r.rule for r in gate.ask(advise).refusals} >= {"institution", "place"}
    late = world.plan(
        TODAY + 30 * DAY, institution=world.org["interior"], place=world.place["port"], type="train"
    ).question()
    assert {r.rule for r in gate.ask(late).refusals} >= {"institution", "place"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"request": None}, "request"),
        ({"start": None}, "end"),
        ({"end": None}, "end"),
        ({"headcount_cap": None}, "headcount_cap"),
        ({"institutions": [], "places": []}, "places"),
        ({"activity_types": []}, "activity_types"),
        ({"start": TODAY - 9 * DAY, "end": TODAY}, "end"),
    ],
)
def test_open_ended_step_is_refused(world: World, changes: dict[str, Any], field: str) -> None:
    expansion = step(world, **changes)
    with pytest.raises(Invalid) as refusal:
        start_it(world, expansion)
    assert set(refusal.value.fields) == {field}
    expansion.refresh_from_db()
    assert expansion.state == "proposed"
    assert facts_on(TODAY).growth == ()


def test_step_rests_on_a_request_for_expansion(world: World) -> None:
    with pytest.raises(Invalid) as refusal:
        start_it(world, step(world, request=asked(world, "activity")))
    assert "request" in refusal.value.fields


def test_next_step_waits_for_the_review_of_the_one_before(world: World) -> None:
    first, second = step(world), step(world, places=[world.place["port"]])
    with pytest.raises(Invalid):
        start_it(world, second)
    start_it(world, first)
    with pytest.raises(Invalid) as refusal:
        start_it(world, second)
    assert set(refusal.value.fields) == {"number"}
    with pytest.raises(Invalid):
        review_expansion(actor=world.actor("commander"), step=first, review={"en": " "})
    reviewed = review_expansion(actor=world.actor("commander"), step=first, review=TEXT)
    assert (reviewed.state, reviewed.reviewed_by) == ("reviewed", world.actor("commander").name)
    assert start_it(world, second).state == "in_force"
    with pytest.raises(WrongState):
        review_expansion(actor=world.actor("commander"), step=first, review=TEXT)
    with pytest.raises(WrongState):
        start_it(world, second)


def test_step_begun_late_adds_nothing_for_days_past(world: World) -> None:
    expansion = step(world)
    with fixed(TODAY + 9 * DAY):
        start_it(world, expansion)
    assert facts_on(TODAY + 8 * DAY).growth == ()
    assert len(facts_on(TODAY + 9 * DAY).growth) == 1


def test_area_of_a_step_that_is_only_proposed_opens_no_place(world: World) -> None:
    """A file could name such an area; it must not be a way around the request and the review."""
    expansion = step(world)
    area = Area.objects.create(code="early", name=TEXT, period=(START, None), expansion=expansion)
    area.places.create(place=world.place["coast"])
    rules = {r.rule for r in gate.ask(world.plan(place=world.place["port"]).question()).refusals}
    assert "place" in rules


@pytest.mark.parametrize("changes", [{"activity_types": ["combat"]}, {"title": {"en": ""}}, {"end": TODAY}])
def test_nonsense_is_not_even_proposed(world: World, changes: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        step(world, **changes)
    assert not ExpansionStep.objects.exists()
