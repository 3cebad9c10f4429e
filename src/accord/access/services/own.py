"""The account of whoever acts."""

from django.utils.translation import gettext_lazy as _

from accord.access.models import Account
from accord.kernel.actor import Actor
from accord.kernel.errors import Refused


def own_account(actor: Actor) -> Account:
    """Locked until the use case ends, so that what belongs to one account changes one step after the other."""
    if actor.account_id is None:
        raise Refused(_("Only a person with an account can do this."))
    return Account.objects.select_for_update().get(pk=actor.account_id)
