"""A plan of an engagement, before anything is written, and the question it puts to the gate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accord.kernel.clock import day_of
from accord.mandate import gate
from accord.mandate.rules import Question
from accord.objectives.models import FocusArea, Objective
from accord.people.models import Organisation, Position
from accord.places.models import Place


@dataclass(frozen=True, slots=True)
class Plan:
    """What an advisor plans. Instants are aware; ``lead`` is the billet that answers for it."""

    type: str
    topic: str
    institution: Organisation
    place: Place
    mode: str
    starts_at: datetime
    ends_at: datetime
    lead: Position
    counterparts: Sequence[Position]
    focus_areas: Sequence[FocusArea]
    objective: Objective | None = None
    colleagues: Sequence[Position] = ()
    interpreter: bool = False

    def question(self) -> Question:
        """What the gate is asked: units are those the counterparts belong to."""
        return gate.question(
            type=self.type, on=day_of(self.starts_at), institution=self.institution, place=self.place, mode=self.mode,
            units=tuple(p.organisation for p in self.counterparts), topic=self.topic,
        )  # fmt: skip


def concerned(plan: Plan) -> list[UUID]:
    """The organisations at the table: the institution that is met and those the counterparts come from."""
    return sorted({plan.institution.pk} | {p.organisation_id for p in plan.counterparts})
