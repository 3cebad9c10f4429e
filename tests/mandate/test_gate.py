"""The gate over real records: any spelling, the tree and the registers of that day, one answer for every channel."""

import argparse
import json
from datetime import timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from accord.config.cli import gate as command
from accord.kernel.errors import GateRefused, NotFound
from accord.mandate import gate
from accord.mandate.facts import facts_on, the_mission
from accord.mandate.models import ControlStatus, Mission
from accord.people.models import OrganisationTie
from tests.cast import END, START, TODAY, World

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    "name", ["defence", "ministry of defence of the land", "وزارة دفاع البلاد", "MINISTRY  DEFENCE LAND"]
)
@pytest.mark.parametrize("place", ["capital", "Capital", "العاصمة", "العاصمه"])
def test_asked_by_any_spelling(world: World, name: str, place: str) -> None:
    verdict = gate.ask(gate.question_in_words(type=" advise ", on=TODAY, institution=name, place=place))
    assert verdict.allowed
    assert verdict.accord_title == world.accord.title


def test_unknown_words_are_given_back(world: World) -> None:
    plain = gate.plain(gate.ask(gate.question_in_words(type="raid", on=TODAY, institution="Ghosts", place="Atlantis")))
    assert plain["allowed"] is False
    assert plain["accord"] is None
    assert (plain["institution"], plain["place"]) == ({"en": "Ghosts"}, {"en": "Atlantis"})
    said = {r["rule"]: r["message"]["en"] for r in plain["refusals"]}
    assert "raid" in said["types"]
    assert "Ghosts" in said["institution"]
    assert "Atlantis" in said["place"]
    assert {r["clause"] for r in plain["refusals"]} == {"S4", "S6", "S10c", "S12a"}
    assert all(r["clause_text"]["ar"] for r in plain["refusals"])
    json.dumps(plain)


def test_yes_names_the_accord_and_every_rule_it_passed(world: World) -> None:
    plain = gate.plain(gate.ask(world.plan().question()))
    assert plain["accord"] == {"id": str(world.accord.pk), "title": world.accord.title}
    assert len(plain["passed"]) == 8
    assert plain["refusals"] == []


def test_demand_is_a_yes_or_an_error_that_carries_the_verdict(world: World) -> None:
    assert gate.demand(world.plan().question()).allowed
    with pytest.raises(GateRefused) as refusal:
        gate.demand(world.plan(type="combat").question())
    assert "types" in {r.rule for r in refusal.value.verdict.refusals}


def test_tree_is_that_of_the_day(world: World) -> None:
    """A school that moves under another ministry leaves the scope on that day, not before."""
    OrganisationTie.objects.filter(child=world.org["college"]).update(period=DateRange(START, TODAY + 5 * DAY))
    OrganisationTie.objects.create(
        child=world.org["college"], parent=world.org["interior"], period=DateRange(TODAY + 5 * DAY, None)
    )
    asked = [
        gate.ask(world.plan(day, institution=world.org["college"], counterparts=[world.post["dean"]]).question())
        for day in (TODAY + 4 * DAY, TODAY + 5 * DAY)
    ]
    assert asked[0].allowed
    assert {"institution", "consent", "keys"} == {r.rule for r in asked[1].refusals}


def test_parameters_left_out_are_read_strictly(world: World) -> None:
    Mission.objects.update(parameters={})
    facts = facts_on(TODAY)
    assert facts.types == frozenset()
    assert facts.keys == {"requirement", "conditions"}
    assert facts.worst_conditions == "green"
    assert not gate.ask(world.plan().question()).allowed


def test_facts_of_a_day_are_those_valid_that_day(world: World) -> None:
    ControlStatus.objects.filter(institution=world.org["defence"]).update(period=DateRange(START, TODAY + 3 * DAY))
    keys = [{c.institution for c in facts_on(day).controls} for day in (TODAY + 2 * DAY, TODAY + 3 * DAY)]
    assert world.org["defence"].pk in keys[0]
    assert world.org["defence"].pk not in keys[1]
    before, after = facts_on(START - DAY), facts_on(END)
    assert not before.has_version
    assert before.posture is None
    assert after.requirements == ()
    assert after.controls == ()
    assert after.conditions == {}


def test_without_a_mission_it_says_what_to_do(db: None) -> None:
    with pytest.raises(NotFound, match="accord load"):
        the_mission()


def test_asking_costs_the_same_however_much_is_planned(world: World, django_assert_max_num_queries: object) -> None:
    for number in range(6):
        world.planned(TODAY + (7 + number) * DAY)
        world.accord_on(START, END + number * DAY)
    with django_assert_max_num_queries(18):  # type: ignore[operator]
        assert gate.ask(world.plan(TODAY + 40 * DAY).question()).allowed


@pytest.mark.parametrize(
    ("institution", "kind", "code"), [("defence", "advise", 0), ("interior", "advise", 1), ("defence", "combat", 1)]
)
def test_command_line_answers_as_the_gate_does(
    world: World, capsys: pytest.CaptureFixture[str], institution: str, kind: str, code: int
) -> None:
    arguments = argparse.Namespace(
        institution=institution, type=kind, place="capital", on=TODAY, mode="in_person", lang="en", json=True
    )
    assert command.run(arguments) == code
    asked = gate.question_in_words(type=kind, on=TODAY, institution=institution, place="capital")
    assert json.loads(capsys.readouterr().out) == gate.plain(gate.ask(asked))
