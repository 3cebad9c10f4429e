"""Who comes in with a password, and who is still in: the two questions Django asks."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from accord.access.limits import network_of
from accord.access.models import Account
from accord.access.queries import entering
from accord.access.services.tries import counted
from accord.kernel.errors import Invalid
from accord.wall.standing import house


class Accounts(BaseBackend):
    @house("sign-in", writes=True)
    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_other: Any
    ) -> Account | None:
        """None for a wrong password, an unknown and a closed account alike, after the same time.

        Who knows the password of an account that nobody has verified yet is told so; he does not enter (``enters``).

        Raises TooManyTries before it looks at anything.
        """
        if not username or password is None:
            return None
        try:
            with counted(username.casefold(), _network(request)):
                return _holder(username, password)
        except Invalid:
            return None

    def get_user(self, user_id: UUID) -> Account | None:
        """Asked at every request, so that a closed account is out at the next."""
        return entering.holder(user_id)


def _holder(username: str, password: str) -> Account:
    account = entering.named(username)
    if account is None:
        make_password(password)  # as slow as checking one
        raise Invalid("")
    if not account.check_password(password) or not account.is_active:
        raise Invalid("")
    return account


def _network(request: HttpRequest | None) -> str:
    if request is None:
        return network_of("", "", ())
    peer, forwarded = request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_X_FORWARDED_FOR", "")
    return network_of(peer, forwarded, settings.ACCORD_PROXIES)
