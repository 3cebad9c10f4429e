"""No state moves except along a line somebody wrote down."""

from itertools import product

import pytest

from accord.advising.choices import EngagementState, ReportState
from accord.advising.workflow import ENGAGEMENT_WORKFLOW, REPORT_WORKFLOW
from accord.kernel.errors import WrongState
from accord.kernel.workflow import Workflow
from accord.mandate.choices import AccordState, RequestState
from accord.mandate.workflow import ACCORD_WORKFLOW, ENDED, REQUEST_WORKFLOW

ALL = [
    (ENGAGEMENT_WORKFLOW, EngagementState.values),
    (REPORT_WORKFLOW, ReportState.values),
    (ACCORD_WORKFLOW, AccordState.values),
    (REQUEST_WORKFLOW, RequestState.values),
]


@pytest.mark.parametrize(("workflow", "states"), ALL)
def test_steps_lead_from_and_to_states_that_exist(workflow: Workflow, states: list[str]) -> None:
    assert len({s.name for s in workflow.steps}) == len(workflow.steps)
    for step, state in product(workflow.steps, states):
        if state in step.origins:
            assert step.next_state(state, "no") in states
        else:
            with pytest.raises(WrongState):
                step.next_state(state, "no")


@pytest.mark.parametrize(
    ("workflow", "ends"),
    [
        (ENGAGEMENT_WORKFLOW, {EngagementState.CONDUCTED, EngagementState.CANCELLED}),
        (REPORT_WORKFLOW, {ReportState.APPROVED}),
        (ACCORD_WORKFLOW, ENDED),
        (REQUEST_WORKFLOW, {RequestState.ACCEPTED, RequestState.DECLINED}),
    ],
)
def test_what_has_ended_stays_ended(workflow: Workflow, ends: set[str]) -> None:
    assert not [s.name for s in workflow.steps if s.origins & ends]


def test_only_a_planned_meeting_is_conducted() -> None:
    assert [s.name for s in ENGAGEMENT_WORKFLOW.open_steps(EngagementState.ON_HOLD)] == ["plan", "release", "cancel"]
    assert ENGAGEMENT_WORKFLOW.step("conduct").origins == {EngagementState.PLANNED}


def test_open_steps_are_those_one_may_take() -> None:
    steps = REPORT_WORKFLOW.open_steps(ReportState.SUBMITTED, {"advising.judge_report"})
    assert [s.name for s in steps] == ["return", "approve"]
    assert REPORT_WORKFLOW.open_steps(ReportState.SUBMITTED, ()) == ()
