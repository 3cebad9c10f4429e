"""What an objective needs before it may open, and what hangs on what."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from accord.objectives.rules import Change, Draft, may_hang, missing_to_open, state_at

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@given(st.booleans(), st.booleans(), st.booleans(), st.sampled_from(["proposed", "open", "closed"]))
def test_exactly_what_is_missing_is_named(owner: bool, indicator: bool, criterion: bool, parent: str) -> None:
    missing = missing_to_open(Draft(owner, indicator, criterion, parent))
    assert ("host_owner" in missing, "indicators" in missing) == (not owner, not indicator)
    assert ("exit_criterion" in missing, "parent" in missing) == (not criterion, parent != "open")


def test_ways_hang_on_ends_and_means_on_ways() -> None:
    levels = ("end", "way", "means")
    assert {(low, high) for low in levels for high in levels if may_hang(low, high)} == {
        ("way", "end"),
        ("means", "way"),
    }


def test_state_of_a_day_is_that_of_the_last_step_by_then() -> None:
    changes = (Change(NOON, "", "proposed"), Change(NOON + timedelta(days=2), "proposed", "open"))
    assert state_at("open", changes, NOON) == ""
    assert state_at("open", changes, NOON + timedelta(days=1)) == "proposed"
    assert state_at("open", changes, NOON + timedelta(days=3)) == "open"


def test_what_was_loaded_has_no_steps_and_keeps_its_state() -> None:
    assert state_at("open", (), NOON) == "open"
    assert state_at("closed", (Change(NOON, "open", "closed"),), NOON) == "open"
