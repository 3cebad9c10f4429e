"""Focus areas are public; objectives belong to both sides."""

from accord.objectives.models import FocusArea, Indicator, Objective, ObjectiveFocus, ObjectiveStep
from accord.objectives.permissions import Permission
from accord.wall.rule import Marked, May, Through

RULES = {
    FocusArea: Marked(),
    Objective: Marked() & May(Permission.READ_OBJECTIVES),
    ObjectiveFocus: Through("objective"),
    Indicator: Through("objective"),
    ObjectiveStep: Through("objective"),
}
