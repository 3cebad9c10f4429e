"""The host government asks; the mission's authorities answer (S1, S10b)."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from accord.access.choices import Role
from accord.access.queries import accounts_with_role
from accord.audit.events import announce
from accord.audit.services import record
from accord.audit.usecase import use_case
from accord.kernel.actor import Actor
from accord.kernel.clock import today
from accord.kernel.errors import Invalid, Refused, WrongState
from accord.kernel.keys import new_key
from accord.mandate.choices import ActivityType, Matter, RequestPurpose, RequestState
from accord.mandate.events import GROUND, GroundShifted
from accord.mandate.models import HostRequest, RequestStep
from accord.mandate.permissions import Permission
from accord.mandate.services.authority import signing_position
from accord.mandate.workflow import REQUEST_WORKFLOW, SUBMIT
from accord.notices.phrases import Phrase
from accord.notices.services import tell
from accord.people.models import Organisation
from accord.people.queries import accounts_of_positions
from accord.places.models import Place

DECISIONS = {s.name for s in REQUEST_WORKFLOW.steps if s.permission == Permission.DECIDE_REQUEST}


@use_case(Permission.SUBMIT_REQUEST)
def submit_request(
    *,
    actor: Actor,
    purpose: str,
    title: Mapping[str, str],
    text: Mapping[str, str],
    institution: Organisation,
    activity_types: Sequence[str],
    place: Place | None = None,
) -> HostRequest:
    """Submit a request of the host government, signed by a post with the authority to ask."""
    _require_host_asks(actor, title, institution, activity_types, purpose)
    position = signing_position(actor, Matter.REQUEST, today(), "host")
    request = HostRequest(
        purpose=purpose, title=dict(title), text=dict(text), institution=institution,
        activity_types=list(activity_types), place=place, submitted_on=today(), submitted_by=position,
        source={"kind": "record", "ref": ""},
    )  # fmt: skip
    request.code = f"request-{request.pk.hex[-8:]}"
    request.state = SUBMIT.target
    request.save()
    _step(actor, request, SUBMIT.name, RequestState.DRAFTED, "")
    record(actor, request, purpose=purpose, institution=institution.code, types=list(activity_types))
    _tell_deciders(request)
    return request


@use_case(Permission.SUBMIT_REQUEST)
def resubmit_request(
    *,
    actor: Actor,
    request: HostRequest,
    title: Mapping[str, str],
    text: Mapping[str, str],
    institution: Organisation,
    activity_types: Sequence[str],
    place: Place | None = None,
) -> HostRequest:
    """Submit a returned request again, completed as the mission asked."""
    request = HostRequest.objects.select_for_update().get(pk=request.pk)
    _require_host_asks(actor, title, institution, activity_types, request.purpose)
    origin = request.state
    if origin == RequestState.SUBMITTED:
        raise WrongState(_("This request is already waiting for a decision."))
    request.state = SUBMIT.next_state(origin, _("This request is decided. Submit a new one."))
    request.submitted_by = signing_position(actor, Matter.REQUEST, today(), "host")
    request.title, request.text, request.institution = dict(title), dict(text), institution
    request.activity_types, request.place, request.decided_on = list(activity_types), place, None
    request.save()
    _step(actor, request, SUBMIT.name, origin, "")
    record(actor, request, institution=institution.code, types=list(activity_types))
    _tell_deciders(request)
    return request


@use_case(Permission.DECIDE_REQUEST, turn=GROUND)
def decide_request(
    *,
    actor: Actor,
    request: HostRequest,
    step: str,
    valid_from: date | None = None,
    valid_until: date | None = None,
    remark: str = "",
) -> HostRequest:
    """Accept a request for a stretch of days, decline it, or return it; the last two with a reason.

    ``valid_until`` is the first day on which the requirement no longer holds.
    """
    if step not in DECISIONS:
        raise Invalid(_("Choose to accept, to decline or to return."), {"step": [_("Not in the list.")]})
    request = HostRequest.objects.select_for_update().get(pk=request.pk)
    move = REQUEST_WORKFLOW.step(step)
    origin = request.state
    request.state = move.next_state(origin, _("This request is no longer waiting for a decision."))
    if request.state == RequestState.ACCEPTED:
        if not valid_from or not valid_until or valid_until <= valid_from:
            raise Invalid(
                _("Say from when until when the requirement holds: every key expires."),
                {"valid_until": [_("Enter a day after the first one.")]},
            )
        if valid_from < today():
            raise Invalid(
                _("A requirement counts from today or later, not for days that are past."),
                {"valid_from": [_("Choose today or a later day.")]},
            )
        request.validity = DateRange(valid_from, valid_until)
    elif not remark.strip():
        raise Invalid(_("Give the reason, so that the host knows what to do."), {"remark": [_("Write a reason.")]})
    request.decided_on = today()
    request.save()
    _step(actor, request, move.name, origin, remark)
    record(actor, request, reason=remark, state=request.state, valid_from=valid_from, valid_until=valid_until)
    if request.submitted_by_id:
        tell(
            accounts_of_positions([request.submitted_by_id], today()),
            Phrase(
                _("Your request “%(title)s”: %(state)s"), title=request.title, state=RequestState(request.state).label
            ),
            link=f"request:{request.pk}",
        )
    if valid_from and request.state == RequestState.ACCEPTED:
        announce(actor, GroundShifted(valid_from, "requirement accepted"))
    return request


def _step(actor: Actor, request: HostRequest, name: str, origin: str, remark: str) -> None:
    RequestStep.objects.create(
        id=new_key(), request=request, name=name, origin=origin, target=request.state,
        effective_on=today(), actor_name=actor.name, remark=remark,
    )  # fmt: skip


def _tell_deciders(request: HostRequest) -> None:
    tell(
        [*accounts_with_role(Role.COMMANDER, today()), *accounts_with_role(Role.LEGAL, today())],
        Phrase(_("The host government submitted a request: %(title)s"), title=request.title),
        link=f"request:{request.pk}",
    )


def _require_host_asks(
    actor: Actor, title: Mapping[str, str], institution: Organisation, activity_types: Sequence[str], purpose: str
) -> None:
    if not actor.is_host:
        raise Refused(_("Only the host government’s own officials submit its requests."))
    faults: dict[str, list[object]] = {}
    if purpose not in RequestPurpose.values:
        faults["purpose"] = [_("Choose what the request is for from the list.")]
    if any(t not in ActivityType.values for t in activity_types):
        faults["activity_types"] = [_("Choose kinds of activity from the list.")]
    if purpose == RequestPurpose.ACTIVITY and not activity_types:
        faults["activity_types"] = [_("Choose at least one kind of activity.")]
    if not any(words.strip() for words in title.values()):
        faults["title"] = [_("Say in a few words what is asked.")]
    if institution.side != "host":
        faults["institution"] = [_("Choose an institution of the host nation.")]
    if faults:
        raise Invalid(_("The request is not complete."), faults)
