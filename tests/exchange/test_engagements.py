"""Engagements in files pass the gate like everything else."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from accord.advising.choices import EngagementState
from accord.advising.models import Engagement
from accord.exchange.errors import BrokenMission
from accord.exchange.services import load_mission
from accord.mandate.choices import ActivityType
from tests.exchange import folders
from tests.exchange.conftest import LOADER

pytestmark = pytest.mark.django_db
MEETING = "time: {from: 2024-09-10 10:00, until: 2024-09-10 11:00}"


def refused(folder: Path) -> str:
    with pytest.raises(BrokenMission) as broken:
        load_mission(actor=LOADER, folder=folder)
    assert {p.file for p in broken.value.problems} == {"engagements.yaml"}
    assert not Engagement.objects.exists()
    return str(broken.value)


def test_what_the_gate_allows_is_loaded_under_its_accord(velmora: Path) -> None:
    load_mission(actor=LOADER, folder=velmora)
    engagement = Engagement.objects.get()
    assert engagement.state == EngagementState.CONDUCTED
    assert engagement.accord is not None
    assert engagement.accord.code == "accord-justice"
    assert engagement.starts_at == datetime(2024, 9, 10, 10, tzinfo=ZoneInfo("Etc/GMT-2"))
    assert [step.name for step in engagement.steps.all()] == ["plan", "conduct"]


@pytest.mark.parametrize(
    ("old", "new", "clause"),
    [
        (MEETING, "time: {from: 2025-08-15 10:00, until: 2025-08-15 11:00}", "V4"),
        (MEETING, "time: {from: 2026-03-10 10:00, until: 2026-03-10 11:00}", "V8"),
        ("place: velmora-city", "place: port-arden", "V3"),
        ("institution: ministry-of-justice", "institution: academy-of-port-arden", "V2"),
        ("type: advise", "type: capacity_build", "V1"),
        ("topic: First look", "topic: Joint patrol and first look", "V6"),
    ],
)
def test_what_the_gate_refuses_breaks_the_load_and_names_the_clause(
    velmora: Path, old: str, new: str, clause: str
) -> None:
    folders.change(velmora, "engagements.yaml", old, new)
    assert f"The gate refuses it ({clause})" in refused(velmora)


@pytest.mark.parametrize("word", ["combat", "raid", "accompany", "ADVISE", "strike", "intelligence"])
def test_no_other_type_of_activity_comes_in(velmora: Path, word: str) -> None:
    assert word not in ActivityType.values
    folders.change(velmora, "engagements.yaml", "type: advise", f"type: {word}")
    assert "closed list" in refused(velmora)


def test_a_change_in_the_file_is_asked_anew(velmora: Path) -> None:
    folders.change(velmora, "engagements.yaml", "state: conducted", "state: planned")
    load_mission(actor=LOADER, folder=velmora)
    folders.change(velmora, "engagements.yaml", "First look", "Second look")
    assert load_mission(actor=LOADER, folder=velmora).counts["engagement"].updated == 1
    assert Engagement.objects.get().topic.startswith("Second look")
    folders.change(velmora, "engagements.yaml", "state: planned", "state: cancelled\n  cancel_reason: host")
    load_mission(actor=LOADER, folder=velmora)
    assert Engagement.objects.get().state == EngagementState.CANCELLED


def test_an_engagement_is_cancelled_and_not_dropped(velmora: Path) -> None:
    load_mission(actor=LOADER, folder=velmora)
    (velmora / "engagements.yaml").write_text("", encoding="utf-8")
    with pytest.raises(BrokenMission) as broken:
        load_mission(actor=LOADER, folder=velmora)
    assert "cancel it there" in str(broken.value)
    assert Engagement.objects.exists()


def test_history_is_loaded_without_consent_and_says_so(velmora: Path) -> None:
    folders.change(velmora, "engagements.yaml", MEETING, "time: {from: 2024-01-10 10:00, until: 2024-01-10 11:00}")
    assert "The gate refuses it" in refused(velmora)
    folders.change(velmora, "engagements.yaml", "state: conducted", "state: conducted\n  history: true")
    load_mission(actor=LOADER, folder=velmora)
    engagement = Engagement.objects.get()
    assert engagement.is_history
    assert engagement.accord is None
