"""Stretches of days are half-open, everywhere."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.kernel.period import Period

DAYS = st.dates(date(2020, 1, 1), date(2020, 3, 1))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start, end = draw(st.none() | DAYS), draw(st.none() | DAYS)
    if start and end and end <= start:
        start, end = end, start if start > end else None
    return Period(start, end)


def test_first_day_belongs_and_last_does_not() -> None:
    period = Period(date(2020, 1, 1), date(2020, 2, 1))
    assert date(2020, 1, 1) in period
    assert date(2020, 2, 1) not in period


@pytest.mark.parametrize("end", [date(2020, 1, 1), date(2019, 12, 31)])
def test_end_comes_after_start(end: date) -> None:
    with pytest.raises(ValueError, match="ends after"):
        Period(date(2020, 1, 1), end)


@given(periods(), periods())
def test_overlap_means_a_day_in_common(one: Period, other: Period) -> None:
    edges = [d for d in (one.start, other.start, date(2019, 1, 1)) if d]
    assert one.overlaps(other) == any(d in one and d in other for d in edges)
    assert one.overlaps(other) == other.overlaps(one)
