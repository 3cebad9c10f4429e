"""Promises kept or dropped."""

from django.utils.translation import gettext_lazy as _

from accord.advising.choices import CommitmentState
from accord.advising.models import Commitment
from accord.advising.permissions import Permission
from accord.audit.services import record
from accord.audit.usecase import use_case
from accord.kernel.actor import Actor
from accord.kernel.clock import today
from accord.kernel.errors import Invalid, Refused, WrongState


@use_case(Permission.SETTLE_COMMITMENT)
def settle_commitment(*, actor: Actor, commitment: Commitment, state: str, remark: str = "") -> Commitment:
    """Mark a promise as kept or dropped. The host settles the host's promises, the mission its own."""
    if state not in {CommitmentState.KEPT, CommitmentState.DROPPED}:
        raise Invalid(_("Choose kept or dropped."), {"state": [_("Not in the list.")]})
    commitment = Commitment.objects.select_for_update().get(pk=commitment.pk)
    if commitment.state != CommitmentState.OPEN:
        raise WrongState(_("This commitment is settled already."))
    if actor.is_host != (commitment.side == "host"):
        raise Refused(_("Each side settles its own commitments."))
    if state == CommitmentState.DROPPED and not remark.strip():
        raise Invalid(_("Say why it is dropped; the other side will read it."), {"remark": [_("Write a reason.")]})
    commitment.state, commitment.settled_on = state, today()
    commitment.save(update_fields=["state", "settled_on"])
    record(actor, commitment, reason=remark, state=state)
    return commitment
