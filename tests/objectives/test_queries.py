"""The tree of ends, ways and means as of a day."""

from datetime import date, timedelta
from typing import Any

import pytest

from accord.kernel.clock import fixed, today
from accord.kernel.errors import NotFound, Refused
from accord.objectives.models import FocusArea
from accord.objectives.queries import (
    focus_area_records,
    focus_areas,
    objective_page,
    objective_record,
    objective_tree,
    objectives_open,
)
from accord.objectives.services import add_indicator, open_objective
from tests.objectives.conftest import ADVISOR, CHIEF, READER, Aims, acting

BEFORE = date(2026, 1, 1)


def opened(aims: Aims) -> Any:
    with fixed(BEFORE):
        way = aims.whole_way()
    with fixed(BEFORE + timedelta(days=10)):
        add_indicator(actor=CHIEF, objective=way, name={"en": "Reviews"}, baseline="1", baseline_on=BEFORE)
        return open_objective(actor=CHIEF, objective=way)


def states(day: date) -> list[str]:
    (end,) = objective_tree(READER, "en", day)
    return [branch.row.state for branch in end.children]


def test_tree_shows_the_state_of_the_day(aims: Aims) -> None:
    opened(aims)
    assert states(BEFORE - timedelta(days=1)) == []
    assert states(BEFORE) == ["proposed"]
    assert states(BEFORE + timedelta(days=10)) == ["open"]


def test_page_leads_from_its_end_and_says_what_is_missing(aims: Aims) -> None:
    way = aims.way()
    page = objective_page(READER, way.pk, "en", today())
    assert [row.id for row in page.line] == [aims.end.pk]
    assert len(page.missing) == 3
    assert [row.id for row in objective_page(READER, aims.end.pk, "en", today()).children] == [way.pk]


def test_page_unknown_on_a_day_before_the_proposal(aims: Aims) -> None:
    way = opened(aims)
    with pytest.raises(NotFound):
        objective_page(READER, way.pk, "en", BEFORE - timedelta(days=1))
    assert [s.name for s in objective_page(READER, way.pk, "en", BEFORE).steps] == ["propose"]


def test_only_open_ways_and_means_can_be_served(aims: Aims) -> None:
    way = opened(aims)
    aims.way()
    assert [row.id for row in objectives_open("en", today())] == [way.pk]


def test_reading_needs_permission(aims: Aims) -> None:
    for ask in (lambda: objective_tree(acting(), "en", today()), lambda: objective_record(acting(), aims.end.pk)):
        with pytest.raises(Refused):
            ask()
    with pytest.raises(NotFound):
        objective_record(ADVISOR, aims.area.pk)


def test_focus_areas_stand_alone_with_a_capital(aims: Aims) -> None:
    assert [row.name for row in focus_areas("en", today())] == ["Policy"]
    assert focus_areas("en", date(2017, 1, 1)) == []
    assert focus_area_records([aims.area.pk]) == list(FocusArea.objects.all())
