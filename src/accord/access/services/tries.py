"""How often somebody may try to prove who he is. Kept as keyed hashes, for a quarter of an hour, only if it failed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.utils.translation import gettext as _

from accord.access.limits import TRIES, TRIES_OF_A_NETWORK, WINDOW, TooManyTries, blocked_until
from accord.access.models import Attempt
from accord.access.sealing import keyed_hash
from accord.kernel.clock import now, zone
from accord.wall.standing import house


@contextmanager
def counted(subject: str, network: str) -> Iterator[None]:
    """A try counts before it is made and is forgotten once it succeeds: many at a time get no further than one by one.

    A limit belongs to account and network together, so that nobody locks out the owner from elsewhere.
    """
    mine = _tried(subject, network)
    yield
    _forgiven(mine)


@house("tries", writes=True)
def _tried(subject: str, network: str) -> Attempt:
    who, where = keyed_hash("subject", subject), keyed_hash("network", network)
    moment = now()
    Attempt.objects.filter(at__lte=moment - WINDOW).delete()
    mine = Attempt.objects.create(subject=who, network=where, at=moment)
    of_network = Attempt.objects.filter(network=where, at__gt=moment - WINDOW).order_by("at")
    tries = of_network.values_list("at", flat=True)
    until = blocked_until(list(tries.filter(subject=who)), TRIES) or blocked_until(list(tries), TRIES_OF_A_NETWORK)
    if until:
        mine.delete()
        minute = (until + timedelta(minutes=1)).astimezone(zone())  # the first that lies wholly after it
        raise TooManyTries(_("Too many tries. Try again after %(time)s.") % {"time": f"{minute:%H:%M}"}, until)
    return mine


@house("tries", writes=True)
def _forgiven(attempt: Attempt) -> None:
    attempt.delete()
