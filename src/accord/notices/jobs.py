"""What people are told because of events below. Notices say that something happened, never why."""

from django.utils.translation import gettext_lazy as _

from accord.access.events import EmergencyAllowed, EmergencyAsked
from accord.access.permissions import Permission
from accord.access.queries import accounts_who_may, accounts_with_role
from accord.kernel.actor import Actor
from accord.kernel.clock import today
from accord.notices.phrases import Phrase
from accord.notices.services import tell


def on_emergency_asked(actor: Actor, event: EmergencyAsked) -> None:
    """Tell those who may allow it, and the stewards."""
    told = {*accounts_who_may(Permission.SECOND_GRANTS, today()), *accounts_with_role(event.steward_role, today())}
    tell(
        told - {actor.account_id},
        Phrase(_("%(who)s asks for emergency access: %(what)s"), who=event.asker, what=event.compartment),
        link=f"emergency:{event.emergency_id}",
        urgent=True,
    )


def on_emergency_allowed(_actor: Actor, event: EmergencyAllowed) -> None:
    """Tell the stewards, and who asked."""
    tell(
        {*accounts_with_role(event.steward_role, today()), event.account_id},
        Phrase(
            _("Emergency access is open for four hours: %(what)s, for %(who)s"), who=event.asker, what=event.compartment
        ),
        link=f"emergency:{event.emergency_id}",
        urgent=True,
    )
