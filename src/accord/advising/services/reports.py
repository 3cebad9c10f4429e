"""Reports: written by who was there, read by the legal advisor if the wording asks for it, judged by somebody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from accord.access.choices import Role
from accord.access.queries import accounts_with_role
from accord.advising.choices import Atmosphere, EngagementState, ReportState
from accord.advising.models import Commitment, Engagement, Report, ReportStep
from accord.advising.permissions import Permission
from accord.advising.rules import may_judge, needs_legal_review
from accord.advising.services.engagements import require_party
from accord.advising.workflow import REFER, REPORT_WORKFLOW, SUBMIT
from accord.audit.services import record
from accord.audit.usecase import use_case
from accord.kernel.actor import Actor
from accord.kernel.clock import day_of, now, today
from accord.kernel.errors import Invalid, Refused, WrongState
from accord.kernel.workflow import Step
from accord.mandate.facts import the_mission
from accord.notices.phrases import Phrase
from accord.notices.services import tell
from accord.people.models import Position

# The host learns of promises once the report is with the chief: a draft may still change.
SHARED = {ReportState.SUBMITTED, ReportState.APPROVED}
WRITABLE = SUBMIT.origins
CLEARING = {s.name for s in REPORT_WORKFLOW.steps if s.permission == Permission.CLEAR_WORDING}
JUDGING = {s.name for s in REPORT_WORKFLOW.steps if s.permission == Permission.JUDGE_REPORT}


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment as it is written in a report."""

    side: str
    owner: Position
    text: str
    due_on: date


@use_case(Permission.REPORT_ENGAGEMENT)
def save_report(
    *,
    actor: Actor,
    engagement: Engagement,
    discussed: str,
    outcome: str,
    atmosphere: str = "",
    promises: Sequence[Promise] = (),
) -> Report:
    """Keep a report as a draft; nothing needs to be complete. Promises written here replace the draft's open ones."""
    engagement = Engagement.objects.select_for_update().get(pk=engagement.pk)
    if engagement.state != EngagementState.CONDUCTED:
        raise WrongState(_("Record the engagement as held first; then write its report."))
    if atmosphere and atmosphere not in Atmosphere.values:
        raise Invalid(_("Choose the atmosphere from the list."), {"atmosphere": [_("Not in the list.")]})
    require_party(actor, engagement)
    _check(promises, engagement)
    report = Report.objects.select_for_update().filter(engagement=engagement).first()
    if report is None:
        report = Report(engagement=engagement, author=actor.account_id, author_name=actor.name)
    if report.state not in WRITABLE:
        raise WrongState(_("This report is submitted and can no longer be changed. Ask for it to be returned."))
    if report.author != actor.account_id:
        raise Refused(_("Only its author changes a report."))
    report.discussed, report.outcome, report.atmosphere = discussed.strip(), outcome.strip(), atmosphere
    report.wording_cleared, report.updated_at = False, now()
    report.save()
    engagement.commitments.filter(state="open").delete()
    Commitment.objects.bulk_create(
        [Commitment(engagement=engagement, side=p.side, owner=p.owner, text=p.text, due_on=p.due_on) for p in promises]
    )
    record(actor, report, promises=len(promises))
    return report


@use_case(Permission.REPORT_ENGAGEMENT)
def submit_report(*, actor: Actor, report: Report) -> Report:
    """Submit to the chief; wording that reads like operations goes to the legal advisor first (S13)."""
    report = Report.objects.select_for_update(of=("self",)).select_related("engagement").get(pk=report.pk)
    if report.author != actor.account_id:
        raise Refused(_("Only its author submits a report."))
    faults: dict[str, list[object]] = {}
    if not report.discussed:
        faults["discussed"] = [_("Say what was discussed.")]
    if not report.outcome:
        faults["outcome"] = [_("Say what came out of it.")]
    if not report.atmosphere:
        faults["atmosphere"] = [_("Choose how it went.")]
    if faults:
        raise Invalid(_("The report is not complete. Your draft is kept."), faults)
    engagement = report.engagement
    promised = [c.text for c in engagement.commitments.all()]
    legal = needs_legal_review(report.discussed, report.outcome, *promised)
    _move(actor, report, REFER if legal else SUBMIT, "")
    role = Role.LEGAL if legal else Role.CHIEF
    message = _("A report waits for you: %(topic)s, %(day)s")
    tell(
        [a for a in accounts_with_role(role, today()) if a != actor.account_id],
        Phrase(message, topic=engagement.topic, day=day_of(engagement.starts_at)),
        link=f"engagement:{engagement.pk}",
    )
    return report


@use_case(Permission.CLEAR_WORDING)
def review_wording(*, actor: Actor, report: Report, step: str, remark: str = "") -> Report:
    """The legal advisor clears the wording or returns the report for rewording, with a remark."""
    if step not in CLEARING:
        raise Invalid(_("Choose to clear the wording or to return it."), {"step": [_("Not in the list.")]})
    report = Report.objects.select_for_update(of=("self",)).select_related("engagement").get(pk=report.pk)
    move = REPORT_WORKFLOW.step(step)
    if report.author == actor.account_id:
        raise Refused(_("Nobody clears the wording of his own report. Ask another legal advisor."))
    if step == "reject" and not remark.strip():
        raise Invalid(_("Say what to word differently."), {"remark": [_("Write a remark.")]})
    report.wording_cleared = step == "clear"
    _move(actor, report, move, remark)
    _tell_author(report)
    if step == "clear":
        tell(
            accounts_with_role(Role.CHIEF, today()),
            Phrase(_("A report waits for you: %(topic)s"), topic=report.engagement.topic),
            link=f"engagement:{report.engagement_id}",
        )
    return report


@use_case(Permission.JUDGE_REPORT)
def judge_report(*, actor: Actor, report: Report, step: str, remark: str = "") -> Report:
    """Approve a report or return it with a remark. Nobody approves his own."""
    if step not in JUDGING:
        raise Invalid(_("Choose to approve or to return."), {"step": [_("Not in the list.")]})
    report = Report.objects.select_for_update(of=("self",)).select_related("engagement").get(pk=report.pk)
    move = REPORT_WORKFLOW.step(step)
    if not may_judge(author=report.author, judge=actor.account_id, parameters=the_mission().parameters):
        raise Refused(_("Nobody approves his own report. Ask another chief."))
    if step == "return" and not remark.strip():
        raise Invalid(_("Say what is missing, so that the author can mend it."), {"remark": [_("Write a remark.")]})
    _move(actor, report, move, remark)
    _tell_author(report)
    return report


def _move(actor: Actor, report: Report, move: Step, remark: str) -> None:
    origin = report.state
    report.state = move.next_state(origin, _("The report is not in a state that allows this step."))
    report.updated_at = now()
    report.save()
    report.engagement.commitments.update(is_shared=report.state in SHARED)
    ReportStep.objects.create(
        report=report, name=move.name, origin=origin, target=report.state, account_id=actor.account_id,
        actor_name=actor.name, remark=remark,
    )  # fmt: skip
    record(actor, report, reason=remark, state=report.state)


def _tell_author(report: Report) -> None:
    if report.author:
        tell(
            [report.author],
            Phrase(_("Your report “%(topic)s”: %(state)s"), topic=report.engagement.topic, state=_State(report)),
            link=f"engagement:{report.engagement_id}",
        )


def _check(promises: Sequence[Promise], engagement: Engagement) -> None:
    for promise in promises:
        if not promise.text.strip():
            raise Invalid(_("A commitment needs words."), {"promises": [_("Say what is promised.")]})
        if promise.owner.organisation.side != promise.side:
            raise Invalid(
                _("A commitment is owned by somebody of the side that makes it."),
                {"promises": [_("Choose an owner of that side.")]},
            )
        if promise.due_on < day_of(engagement.starts_at):
            raise Invalid(
                _("A commitment is due after the meeting that made it."), {"promises": [_("Choose a later day.")]}
            )


class _State:
    """The state's label, in whatever language it is read."""

    def __init__(self, report: Report) -> None:
        self.report = report

    def __str__(self) -> str:
        return str(self.report.get_state_display())
