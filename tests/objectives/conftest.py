"""An end of the mandate, a host owner and a focus area."""

from dataclasses import dataclass
from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from accord.kernel.actor import Actor
from accord.objectives.models import FocusArea, Objective
from accord.objectives.permissions import Permission
from accord.objectives.services import propose_objective
from accord.people.models import Position
from tests.people.cast import position

SINCE = DateRange(date(2018, 1, 1), None)


def acting(*permissions: Permission) -> Actor:
    return Actor(name="Chief (fictional)", side="mission", permissions=frozenset(permissions))


CHIEF = acting(Permission.READ_OBJECTIVES, Permission.PROPOSE_OBJECTIVE, Permission.OPEN_OBJECTIVE)
ADVISOR = acting(Permission.READ_OBJECTIVES, Permission.PROPOSE_OBJECTIVE)
READER = acting(Permission.READ_OBJECTIVES)


@dataclass(frozen=True)
class Aims:
    end: Objective
    area: FocusArea
    owner: Position

    def way(self, **more: object) -> Objective:
        return propose_objective(
            actor=CHIEF,
            level="way",
            parent=self.end,
            title={"en": "A way"},
            focus_areas=[self.area],
            **more,  # type: ignore[arg-type]
        )

    def whole_way(self) -> Objective:
        return self.way(host_owner=self.owner, exit_criterion={"en": "Done alone"})


@pytest.fixture
def aims(db: None) -> Aims:
    return Aims(
        end=Objective.objects.create(code="end", level="end", title={"en": "An end"}, state="open", period=SINCE),
        area=FocusArea.objects.create(code="area", order=1, name={"en": "policy"}, period=SINCE),
        owner=position("Director"),
    )
