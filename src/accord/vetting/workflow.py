"""The states of a vetting request as a table. A decided case can be taken into check again."""

from django.utils.translation import gettext_lazy as _

from accord.kernel.workflow import Step, Workflow
from accord.vetting.choices import CaseState as S
from accord.vetting.permissions import Permission

DECIDED = frozenset({S.CLEAR, S.CONDITIONAL, S.DENIED})

CHECK = Step("check", frozenset({S.REQUESTED}) | DECIDED, S.IN_CHECK, Permission.DECIDE_VETTING, _("Take into check"))
CLEAR = Step("clear", frozenset({S.IN_CHECK}), S.CLEAR, Permission.DECIDE_VETTING, _("Clear"))
CONDITION = Step(
    "condition", frozenset({S.IN_CHECK}), S.CONDITIONAL, Permission.DECIDE_VETTING, _("Clear under conditions")
)
DENY = Step("deny", frozenset({S.IN_CHECK}), S.DENIED, Permission.DECIDE_VETTING, _("Deny"))
VETTING_WORKFLOW = Workflow("vetting", (CHECK, CLEAR, CONDITION, DENY))
