"""What people does when it hears of something below."""

from accord.access.choices import side_of
from accord.access.events import RoleGranted
from accord.access.services import put_forward
from accord.kernel.actor import Actor
from accord.people.models import Person


def on_role_granted(actor: Actor, event: RoleGranted) -> None:
    """A role of one side for a person of another takes a second pair of eyes."""
    person = Person.objects.filter(account=event.account_id).select_related("account").first()
    if person is not None and person.account is not None and person.side != side_of(event.role):
        put_forward(actor, person.account)
