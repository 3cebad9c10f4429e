"""Objectives are proposed, made whole, opened and closed; never opened while something is missing."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from accord.audit.models import Entry
from accord.kernel.errors import Invalid, Refused, WrongState
from accord.objectives.models import Objective, ObjectiveStep
from accord.objectives.services import (
    add_indicator,
    close_objective,
    complete_objective,
    open_objective,
    propose_objective,
)
from tests.objectives.conftest import ADVISOR, CHIEF, READER, Aims
from tests.people.cast import position

TODAY = date(2026, 1, 1)


def baselined(objective: Objective) -> Objective:
    add_indicator(actor=CHIEF, objective=objective, name={"en": "Reviews"}, baseline="0 of 6", baseline_on=TODAY)
    return objective


def test_proposed_way_hangs_on_its_end_and_is_on_the_trail(aims: Aims) -> None:
    way = aims.way()
    assert (way.state, way.parent, way.focus.get().focus_area) == ("proposed", aims.end, aims.area)
    assert Entry.objects.filter(action="propose_objective", object_id=way.pk).exists()


def test_propose_refused_without_permission_in_the_wrong_place_and_without_focus(aims: Aims) -> None:
    title = {"en": "X"}
    with pytest.raises(Refused):
        propose_objective(actor=READER, level="way", parent=aims.end, title=title, focus_areas=[aims.area])
    for level in ("means", "end"):
        with pytest.raises(Invalid):
            propose_objective(actor=CHIEF, level=level, parent=aims.end, title=title, focus_areas=[aims.area])
    with pytest.raises(Invalid) as refused:
        propose_objective(
            actor=CHIEF, level="way", parent=aims.end, title={}, focus_areas=[],
            host_owner=position("Advisor", side="mission"), self_reliance="magic",
        )  # fmt: skip
    assert set(refused.value.fields) == {"title", "focus_areas", "host_owner", "self_reliance"}


def test_open_names_each_missing_thing(aims: Aims) -> None:
    way = aims.way()
    with pytest.raises(Invalid) as refused:
        open_objective(actor=CHIEF, objective=way)
    assert set(refused.value.fields) == {"host_owner", "indicators", "exit_criterion"}
    way.refresh_from_db()
    assert way.state == "proposed"


def test_indicator_without_baseline_is_not_enough(aims: Aims) -> None:
    way = aims.whole_way()
    add_indicator(actor=CHIEF, objective=way, name={"en": "Reviews"})
    with pytest.raises(Invalid) as refused:
        open_objective(actor=CHIEF, objective=way)
    assert set(refused.value.fields) == {"indicators"}


def test_whole_objective_opens_with_a_step_and_a_trail_row(aims: Aims) -> None:
    way = open_objective(actor=CHIEF, objective=baselined(aims.whole_way()))
    assert way.state == "open"
    assert [s.name for s in way.steps.all()] == ["propose", "open"]
    assert Entry.objects.get(action="open_objective").changes == {"state": "open"}
    with pytest.raises(WrongState):
        open_objective(actor=CHIEF, objective=way)


def test_open_and_close_refused_without_permission(aims: Aims) -> None:
    way = baselined(aims.whole_way())
    with pytest.raises(Refused):
        open_objective(actor=ADVISOR, objective=way)
    with pytest.raises(Refused):
        close_objective(actor=ADVISOR, objective=way, reason="Done")


def test_means_open_after_their_way(aims: Aims) -> None:
    way = baselined(aims.whole_way())
    means = propose_objective(
        actor=CHIEF, level="means", parent=way, title={"en": "Means"}, focus_areas=[aims.area], host_owner=aims.owner,
        exit_criterion={"en": "Done"},
    )  # fmt: skip
    baselined(means)
    with pytest.raises(Invalid) as refused:
        open_objective(actor=CHIEF, objective=means)
    assert set(refused.value.fields) == {"parent"}
    open_objective(actor=CHIEF, objective=way)
    assert open_objective(actor=CHIEF, objective=means).state == "open"
    with pytest.raises(WrongState, match="first"):
        close_objective(actor=CHIEF, objective=way, reason="Done")


def test_completed_while_proposed_only(aims: Aims) -> None:
    way = aims.way()
    complete_objective(
        actor=ADVISOR, objective=way, title={"en": "Better"}, focus_areas=[aims.area], host_owner=aims.owner,
        exit_criterion={"en": "Done alone", "ar": " "}, self_reliance="shared",
    )  # fmt: skip
    way.refresh_from_db()
    assert (way.title, way.exit_criterion, way.self_reliance) == ({"en": "Better"}, {"en": "Done alone"}, "shared")
    open_objective(actor=CHIEF, objective=baselined(way))
    for objective in (way, aims.end):
        with pytest.raises(WrongState):
            complete_objective(
                actor=CHIEF, objective=objective, title={"en": "Other"}, focus_areas=[aims.area], host_owner=aims.owner,
                exit_criterion={"en": "Done"},
            )  # fmt: skip


def test_indicator_needs_a_name_and_a_day_for_its_baseline(aims: Aims) -> None:
    way = aims.way()
    with pytest.raises(Invalid) as refused:
        add_indicator(actor=CHIEF, objective=way, name={}, baseline="40")
    assert set(refused.value.fields) == {"name", "baseline_on"}
    with pytest.raises(Refused):
        add_indicator(actor=READER, objective=way, name={"en": "Reviews"})


def test_closed_with_a_reason_and_then_nothing_more(aims: Aims) -> None:
    way = aims.way()
    with pytest.raises(Invalid):
        close_objective(actor=CHIEF, objective=way, reason=" ")
    close_objective(actor=CHIEF, objective=way, reason="Overtaken by events")
    way.refresh_from_db()
    assert (way.state, way.steps.last().remark) == ("closed", "Overtaken by events")  # type: ignore[union-attr]
    with pytest.raises(WrongState):
        close_objective(actor=CHIEF, objective=way, reason="Again")
    with pytest.raises(WrongState):
        add_indicator(actor=CHIEF, objective=way, name={"en": "Reviews"})
    with pytest.raises(WrongState):
        propose_objective(actor=CHIEF, level="means", parent=way, title={"en": "X"}, focus_areas=[aims.area])
    with pytest.raises(WrongState):
        close_objective(actor=CHIEF, objective=aims.end, reason="Over")


def test_database_refuses_an_open_way_without_owner(aims: Aims) -> None:
    way = aims.way()
    with pytest.raises(IntegrityError), transaction.atomic():
        Objective.objects.filter(pk=way.pk).update(state="open")


def test_steps_are_written_once(aims: Aims) -> None:
    aims.way()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM objectives_objectivestep")
    assert ObjectiveStep.objects.count() == 1
