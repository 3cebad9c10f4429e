"""Emergency access to a compartment: two people, a reason, four hours, reading only; its steward is told at once."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accord.access.events import EmergencyAllowed, EmergencyAsked
from accord.access.models import BreakGlass, Compartment
from accord.access.permissions import Permission
from accord.access.queries import granted_compartments_of, is_steward, manages_compartments, state_of
from accord.audit.events import announce
from accord.audit.services import record
from accord.audit.usecase import use_case
from accord.kernel.actor import Actor
from accord.kernel.clock import now, today
from accord.kernel.errors import Conflict, Invalid, Refused, WrongState

LASTS = timedelta(hours=4)
SHORTEST_REASON = 20


@use_case(Permission.ASK_EMERGENCY)
def ask_emergency(*, actor: Actor, compartment: Compartment, reason: str) -> BreakGlass:
    """Ask to read in a compartment in an emergency; a second person must allow it."""
    if len(reason.strip()) < SHORTEST_REASON:
        message = _("Say in a sentence what the emergency is: at least %(count)s characters.") % {
            "count": SHORTEST_REASON
        }
        raise Invalid(message, {"reason": [message]})
    if actor.account_id is None or manages_compartments(actor.account_id, today()):
        raise Refused(_("Whoever manages grants holds none, not even in an emergency."))
    if compartment.code in granted_compartments_of(actor.account_id, today()):
        raise Conflict(_("You are in this compartment already."))
    earlier = BreakGlass.objects.filter(account_id=actor.account_id, compartment=compartment.code)
    if any(state_of(one, now()) != "over" for one in earlier):
        raise Conflict(_("You have asked already, or your emergency access is still open."))
    emergency = BreakGlass.objects.create(
        account_id=actor.account_id, compartment=compartment.code, reason=reason.strip()
    )
    record(actor, emergency, reason=reason.strip())
    told = EmergencyAsked(
        emergency.pk, emergency.account_id, actor.name, dict(compartment.name), compartment.steward_role
    )
    announce(actor, told)
    return emergency


@use_case(Permission.SECOND_GRANTS)
def answer_emergency(*, actor: Actor, emergency: BreakGlass, allows: bool) -> BreakGlass:
    """Allow, as second person, four hours of reading in a compartment; or refuse them."""
    emergency = _locked(emergency)
    if state_of(emergency, now()) != "asked":
        raise WrongState(_("This emergency access no longer waits for an answer."))
    if actor.account_id is None or actor.account_id == emergency.account_id:
        raise Refused(_("It takes two people. Ask somebody else to allow it."))
    if not allows:
        return _closed(actor, emergency)
    emergency.allowed_by, emergency.allowed_by_name = actor.account_id, actor.name
    emergency.starts_at, emergency.ends_at = now(), now() + LASTS
    emergency.save()
    record(actor, emergency, account=emergency.account.username, ends_at=emergency.ends_at)
    compartment = Compartment.objects.get(code=emergency.compartment)
    told = EmergencyAllowed(
        emergency.pk, emergency.account_id, emergency.account.display_name, dict(compartment.name),
        compartment.steward_role,
    )  # fmt: skip
    announce(actor, told)
    return emergency


@use_case(Permission.ASK_EMERGENCY)
def end_emergency(*, actor: Actor, emergency: BreakGlass) -> BreakGlass:
    """End emergency access before its time, or take back that it was asked for."""
    emergency = _locked(emergency)
    steward = is_steward(actor, Compartment.objects.get(code=emergency.compartment))
    if not (steward or actor.may(Permission.SECOND_GRANTS) or actor.account_id == emergency.account_id):
        raise Refused(_("Who asked, the steward, or a second person ends emergency access."))
    if state_of(emergency, now()) == "over":
        raise WrongState(_("This emergency access is over already."))
    return _closed(actor, emergency)


def _closed(actor: Actor, emergency: BreakGlass) -> BreakGlass:
    emergency.ends_at = now()
    emergency.save(update_fields=["ends_at"])
    record(actor, emergency, account=emergency.account.username, ends_at=emergency.ends_at)
    return emergency


def _locked(emergency: BreakGlass) -> BreakGlass:
    return BreakGlass.objects.select_for_update(of=("self",)).select_related("account").get(pk=emergency.pk)
