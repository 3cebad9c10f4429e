"""Letting people into compartments: until a day that their tour reaches."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from accord.access.models import Account, Compartment, CompartmentGrant
from accord.access.permissions import Permission
from accord.access.services import open_grant
from accord.audit.services import record
from accord.audit.usecase import use_case
from accord.kernel.actor import Actor
from accord.kernel.clock import today
from accord.kernel.errors import Invalid
from accord.people.queries import tours_held


@use_case(Permission.GRANT_COMPARTMENTS)
def let_into_compartment(
    *, actor: Actor, account: Account, compartment: Compartment, purpose: str, last_day: date
) -> CompartmentGrant:
    """Let somebody into a compartment, for a purpose and until a day, at the latest the last one of his tour."""
    tours = tours_held(account.pk, today())
    if tours is None:
        message = _("This person holds no post today. Enter the tour in the register first.")
        raise Invalid(message, {"account": [message]})
    grant = open_grant(
        actor=actor, account=account, compartment=compartment, purpose=purpose, end=last_day + timedelta(days=1),
        latest=tours.end,
    )  # fmt: skip
    record(actor, grant, reason=purpose, account=account.username, last_day=last_day, state=grant.state)
    return grant
