"""One clock; days are those of the mission's zone."""

from datetime import UTC, date, datetime

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
