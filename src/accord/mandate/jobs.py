"""What the mandate does when it hears of something below."""

from accord.access.models import Account
from accord.access.services import put_forward
from accord.kernel.actor import Actor
from accord.kernel.clock import today
from accord.mandate.queries.authorities import matters_of
from accord.people.events import TourBegan


def on_tour_began(actor: Actor, event: TourBegan) -> None:
    """Whoever is given a post that signs is verified in that post by somebody else before he can use it."""
    if event.account_id and matters_of([event.position_id], today()):
        put_forward(actor, Account.objects.get(pk=event.account_id))
