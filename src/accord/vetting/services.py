"""Asking for vetting, checking and deciding. Everything done inside VETTING looks alike in the trail.

Nobody outside is told of a decision, not even of a clearance: a notice would outlive the answer, and planners would see
who was cleared once. They read yes or not yet where they plan.
"""

import re
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accord.access.models import Compartment
from accord.access.queries import accounts_in, emergency_compartments_of
from accord.audit.services import record
from accord.audit.usecase import use_case
from accord.kernel.actor import Actor
from accord.kernel.clock import now, today
from accord.kernel.errors import Invalid, Refused
from accord.kernel.text import plainly
from accord.kernel.workflow import Step
from accord.notices.services import tell
from accord.people.models import Organisation, Person, Tour
from accord.vetting.choices import CLEARED, COMPARTMENT
from accord.vetting.models import LONGEST_REFERENCE, VettingRequest, VettingStep
from accord.vetting.permissions import Permission
from accord.vetting.queries import CasePage, Desk, case_record, case_shown, desk_shown, state_of
from accord.vetting.workflow import CHECK, VETTING_WORKFLOW
from accord.wall.standing import standing

# One word for reading, checking and deciding: the trail does not tell a decision from a look.
HANDLED = "handle_vetting"
REFERENCE = re.compile(rf"[\w./:-]{{1,{LONGEST_REFERENCE}}}")
OUTCOMES = {step.name for step in VETTING_WORKFLOW.steps} - {CHECK.name}


@use_case(Permission.REQUEST_VETTING)
def request_vetting(*, actor: Actor, subject: Person | Organisation, purpose: str, course: str) -> VettingRequest:
    """Ask whether a person or unit of the host nation may be trained, advised or equipped.

    Asking again is always possible and changes nothing: a refusal would tell what is pending.
    """
    if actor.account_id is None or actor.side != "mission":
        raise Refused(_("Only people of the mission ask for vetting. Ask your advisor."))
    faults: dict[str, list[object]] = {}
    if subject.side != "host":
        faults["subject"] = [_("Choose a person or unit of the host nation.")]
    if not purpose.strip():
        faults["purpose"] = [_("Say what the vetting is for.")]
    if not course.strip():
        faults["course"] = [_("Name the course or the assistance.")]
    if faults:
        raise Invalid(_("Some things are missing."), faults)
    request = VettingRequest.objects.create(
        person=subject if isinstance(subject, Person) else None,
        unit=subject if isinstance(subject, Organisation) else None,
        serving_in=_unit_of(subject) if isinstance(subject, Person) else None,
        purpose=purpose.strip(), course=course.strip(), course_key=plainly(course), requested_by=actor.account_id,
        requested_by_name=actor.name, requested_on=today(),
    )  # fmt: skip
    record(actor, request)
    told = [account for account in accounts_in(COMPARTMENT, today()) if account != actor.account_id]
    tell(told, _("A vetting request waits to be taken into check."), link=f"vetting:{request.pk}")
    return request


@use_case(Permission.READ_CASES)
def open_vetting_desk(*, actor: Actor, language: str) -> Desk:
    """Look over all vetting cases; that somebody did stays in the trail."""
    with standing(actor):  # a use case under way would also read what is marked for nobody
        desk = desk_shown(actor, language, today())
    record(actor, Compartment.objects.get(code=COMPARTMENT), action=HANDLED)
    return desk


@use_case(Permission.READ_CASES)
def open_vetting_case(*, actor: Actor, request: VettingRequest, language: str) -> CasePage:
    """Read a vetting case with its outcome; that it was read stays in the trail."""
    with standing(actor):
        request = case_record(actor, request.pk)
        case = case_shown(actor, request, language)
    record(actor, request, action=HANDLED)
    return case


@use_case(Permission.DECIDE_VETTING)
def take_into_check(*, actor: Actor, request: VettingRequest) -> VettingStep:
    """Begin to check a request, or check a decided one again; until it is decided, planners read not yet."""
    return _take(actor, request, CHECK, None, "")


@use_case(Permission.DECIDE_VETTING)
def decide_vetting(
    *, actor: Actor, request: VettingRequest, step: str, valid_until: date | None = None, reference: str = ""
) -> VettingStep:
    """Clear, clear under conditions, or deny. ``valid_until`` is the first day on which it no longer holds."""
    if step not in OUTCOMES:
        raise Invalid(_("Choose from the list."), {"step": [_("Choose one of the outcomes.")]})
    move = VETTING_WORKFLOW.step(step)
    faults: dict[str, list[object]] = {}
    if move.target in CLEARED and (valid_until is None or valid_until <= today()):
        faults["last_day"] = [_("Every clearance ends: choose today or a later day.")]
    if not REFERENCE.fullmatch(reference):
        faults["reference"] = [_("Write the file number only, without blanks: no reasons are kept here.")]
    if faults:
        raise Invalid(_("Some things are missing."), faults)
    return _take(actor, request, move, valid_until if move.target in CLEARED else None, reference)


def _take(actor: Actor, request: VettingRequest, move: Step, until: date | None, reference: str) -> VettingStep:
    request = case_record(actor, request.pk)
    account = _deciding(actor, request)
    VettingRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    origin = state_of(request)
    step = VettingStep.objects.create(
        request=request, name=move.name, origin=origin,
        target=move.next_state(origin, _("The case is not in a state for this: look at its present state first.")),
        effective_on=today(), valid_until=until, reference=reference, account_id=account, actor_name=actor.name,
    )  # fmt: skip
    record(actor, request, action=HANDLED)
    return step


def _deciding(actor: Actor, request: VettingRequest) -> UUID:
    """The account of an officer who may work on this request."""
    if actor.account_id is None or COMPARTMENT in emergency_compartments_of(actor.account_id, now()):
        raise Refused(_("Emergency access is for reading. Ask a vetting officer to do this."))
    if request.requested_by == actor.account_id:
        raise Refused(_("Nobody decides on what he asked for. Ask another vetting officer."))
    return actor.account_id


def _unit_of(person: Person) -> Organisation | None:
    tour = Tour.objects.filter(person=person, period__contains=today()).select_related("position__organisation").first()
    return tour.position.organisation if tour else None
