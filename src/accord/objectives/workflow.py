"""The states of an objective, as a table."""

from django.utils.translation import gettext_lazy as _

from accord.kernel.workflow import Step, Workflow
from accord.objectives.choices import ObjectiveState as O
from accord.objectives.permissions import Permission

OPEN = Step("open", frozenset({O.PROPOSED}), O.OPEN, Permission.OPEN_OBJECTIVE, _("Open"))
CLOSE = Step("close", frozenset({O.PROPOSED, O.OPEN}), O.CLOSED, Permission.OPEN_OBJECTIVE, _("Close"))
OBJECTIVE_WORKFLOW = Workflow("objective", (OPEN, CLOSE))
