"""The states of an engagement and of its report, as tables."""

from django.utils.translation import gettext_lazy as _

from accord.advising.choices import EngagementState as E
from accord.advising.choices import ReportState as R
from accord.advising.permissions import Permission
from accord.kernel.workflow import Step, Workflow

PLAN = Step("plan", frozenset({E.DRAFT, E.ON_HOLD, E.PLANNED}), E.PLANNED, Permission.PLAN_ENGAGEMENT, _("Plan"))
HOLD = Step("hold", frozenset({E.PLANNED}), E.ON_HOLD, Permission.REVIEW_HOLDS, _("Put on hold"))
RELEASE = Step("release", frozenset({E.ON_HOLD}), E.PLANNED, Permission.REVIEW_HOLDS, _("Release from hold"))
CONDUCT = Step("conduct", frozenset({E.PLANNED}), E.CONDUCTED, Permission.REPORT_ENGAGEMENT, _("Record as held"))
CANCEL = Step(
    "cancel", frozenset({E.DRAFT, E.PLANNED, E.ON_HOLD}), E.CANCELLED, Permission.PLAN_ENGAGEMENT, _("Cancel")
)
ENGAGEMENT_WORKFLOW = Workflow("engagement", (PLAN, HOLD, RELEASE, CONDUCT, CANCEL))

SUBMIT = Step("submit", frozenset({R.DRAFT, R.RETURNED}), R.SUBMITTED, Permission.REPORT_ENGAGEMENT, _("Submit"))
REFER = Step(
    "refer", frozenset({R.DRAFT, R.RETURNED}), R.LEGAL_REVIEW, Permission.REPORT_ENGAGEMENT, _("Refer to legal advisor")
)
CLEAR = Step("clear", frozenset({R.LEGAL_REVIEW}), R.SUBMITTED, Permission.CLEAR_WORDING, _("Clear the wording"))
REJECT = Step("reject", frozenset({R.LEGAL_REVIEW}), R.RETURNED, Permission.CLEAR_WORDING, _("Return for rewording"))
RETURN = Step("return", frozenset({R.SUBMITTED}), R.RETURNED, Permission.JUDGE_REPORT, _("Return with remark"))
APPROVE = Step("approve", frozenset({R.SUBMITTED}), R.APPROVED, Permission.JUDGE_REPORT, _("Approve"))
REPORT_WORKFLOW = Workflow("report", (SUBMIT, REFER, CLEAR, REJECT, RETURN, APPROVE))
