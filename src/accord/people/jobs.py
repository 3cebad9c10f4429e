"""What people does when it hears of something below."""

from accord.access.choices import side_of
from accord.access.events import RoleGranted
from accord.access.models import Account
from accord.access.services import put_forward
from accord.kernel.actor import Actor
from accord.people.choices import Side


def on_role_granted(actor: Actor, event: RoleGranted) -> None:
    """A role of one side for a person of another takes a second pair of eyes. Nobody in particular is the mission's."""
    account = Account.objects.select_related("person").get(pk=event.account_id)
    person = getattr(account, "person", None)
    if side_of(event.role) != (person.side if person else Side.MISSION):
        put_forward(actor, account)
