"""The states of a host request and of an accord, as tables."""

from django.utils.translation import gettext_lazy as _

from accord.kernel.workflow import Step, Workflow
from accord.mandate.choices import AccordState as A
from accord.mandate.choices import RequestState as R
from accord.mandate.permissions import Permission

SUBMIT = Step("submit", frozenset({R.DRAFTED, R.RETURNED}), R.SUBMITTED, Permission.SUBMIT_REQUEST, _("Submit"))
ACCEPT = Step("accept", frozenset({R.SUBMITTED}), R.ACCEPTED, Permission.DECIDE_REQUEST, _("Accept"))
DECLINE = Step("decline", frozenset({R.SUBMITTED}), R.DECLINED, Permission.DECIDE_REQUEST, _("Decline"))
RETURN = Step("return", frozenset({R.SUBMITTED}), R.RETURNED, Permission.DECIDE_REQUEST, _("Return for completion"))
REQUEST_WORKFLOW = Workflow("request", (SUBMIT, ACCEPT, DECLINE, RETURN))

SIGN_HOST = Step(
    "sign_for_host", frozenset({A.PROPOSED}), A.PROPOSED, Permission.SIGN_FOR_HOST, _("Agree for the host")
)
SIGN_MISSION = Step(
    "sign_for_mission", frozenset({A.PROPOSED}), A.PROPOSED, Permission.SIGN_FOR_MISSION, _("Agree for the mission")
)
AGREE = Step("agree", frozenset({A.PROPOSED}), A.AGREED, Permission.SIGN_FOR_HOST, _("Agreed by both sides"))
ENTER_INTO_FORCE = Step(
    "enter_into_force", frozenset({A.AGREED}), A.IN_FORCE, Permission.SIGN_FOR_HOST, _("Enters into force")
)
SUSPEND = Step("suspend", frozenset({A.AGREED, A.IN_FORCE}), A.SUSPENDED, Permission.STOP_ACCORD, _("Suspend consent"))
RESUME = Step("resume", frozenset({A.SUSPENDED}), A.IN_FORCE, Permission.STOP_ACCORD, _("Resume consent"))
WITHDRAW = Step(
    "withdraw",
    frozenset({A.PROPOSED, A.AGREED, A.IN_FORCE, A.SUSPENDED}),
    A.WITHDRAWN,
    Permission.STOP_ACCORD,
    _("Withdraw consent"),
)
AMEND = Step("amend", frozenset({A.IN_FORCE, A.SUSPENDED}), A.AMENDED, Permission.SIGN_FOR_HOST, _("Amend"))
EXPIRE = Step("expire", frozenset({A.AGREED, A.IN_FORCE, A.SUSPENDED}), A.EXPIRED, Permission.RUN_CHECKS, _("Expire"))
ACCORD_WORKFLOW = Workflow(
    "accord", (SIGN_HOST, SIGN_MISSION, AGREE, ENTER_INTO_FORCE, SUSPEND, RESUME, WITHDRAW, AMEND, EXPIRE)
)
ENDED = frozenset({A.WITHDRAWN, A.AMENDED, A.EXPIRED})
