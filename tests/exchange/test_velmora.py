"""A second, fictional mission: another host, other languages, clauses and rules, and no change of code."""

from datetime import date
from typing import Any

import pytest

from accord.exchange.services import load_mission
from accord.mandate import gate
from accord.mandate.models import Clause, Mission
from accord.places.models import Place
from accord.publishing.models import ClaimTemplate
from tests.exchange import folders
from tests.exchange.conftest import LOADER


@pytest.fixture(autouse=True)
def _loaded(db: None) -> None:
    load_mission(actor=LOADER, folder=folders.VELMORA)


def clauses(institution: str, place: str, on: date, **asked: Any) -> list[str]:
    question = gate.question_in_words(
        **{"type": "advise", "institution": institution, "place": place, "on": on, **asked}
    )
    return [refusal.clause for refusal in gate.ask(question).refusals]


def test_it_is_another_mission() -> None:
    mission = Mission.objects.get()
    assert (mission.acronym, mission.languages) == ("VISM", ["en", "fr"])
    assert mission.host_government.code == "government-of-velmora"
    assert set(Clause.objects.values_list("code", flat=True)) == {f"V{n}" for n in range(1, 9)}
    assert all(set(claim.sentence) == {"en", "fr"} for claim in ClaimTemplate.objects.all())
    assert Place.objects.filter(outline__type="Polygon").count() == 2


def test_the_gate_cites_its_clauses_and_keeps_its_rules() -> None:
    assert clauses("Ministère de la Justice", "Velmora-Ville", date(2025, 3, 1)) == []
    assert clauses("MoJ", "Velmora City", date(2025, 3, 1), type="capacity_build") == ["V1", "V4", "V7"]
    assert clauses("MoJ", "Velmora City", date(2025, 8, 15)) == ["V4"]
    assert clauses("MoJ", "Velmora City", date(2026, 3, 1)) == ["V8"]


def test_suspended_on_the_ground_it_still_advises_from_a_distance() -> None:
    assert clauses("MoJ", "Velmora City", date(2026, 3, 1), mode="remote") == []


def test_conditions_are_no_key_here() -> None:
    assert "conditions" not in Mission.objects.get().parameters["keys"]
    assert clauses("MoJ", "Velmora City", date(2025, 3, 1)) == []


def test_an_expansion_step_opens_a_place_while_it_lasts() -> None:
    assert clauses("Port Arden Academy", "Port Arden", date(2025, 6, 1)) == []
    assert "V2" in clauses("Port Arden Academy", "Port Arden", date(2024, 12, 31))
    assert {"V2", "V3"} <= set(clauses("Port Arden Academy", "Port Arden", date(2026, 1, 1)))
