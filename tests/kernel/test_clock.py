"""One clock; days are those of the mission's zone."""

from datetime import UTC, date, datetime

import pytest

from accord.kernel import clock


def test_a_day_begins_where_the_mission_is() -> None:
    late = datetime(2025, 6, 1, 22, 30, tzinfo=UTC)
    assert str(clock.zone()) == "Asia/Baghdad"
    assert clock.day_of(late) == date(2025, 6, 2)
    with clock.fixed(late):
        assert clock.today() == date(2025, 6, 2)


def test_clock_held_still_is_released_even_when_nested() -> None:
    with clock.fixed(date(2021, 6, 30)):
        with clock.fixed(date(2022, 1, 1)):
            assert clock.today() == date(2022, 1, 1)
        assert clock.today() == date(2021, 6, 30)
        assert clock.now() == clock.now()
    assert clock.today() >= date(2026, 1, 1)


@pytest.mark.parametrize("text", ["9999-12-31", "0001-01-01", "1899-12-31", "2200-01-01", "tomorrow", ""])
def test_a_day_that_nobody_can_mean_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        clock.day_written(text)


def test_a_day_is_read_as_written() -> None:
    assert clock.day_written("2021-06-30") == date(2021, 6, 30)
