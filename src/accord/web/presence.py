"""Who is here: the owner of a token, whoever is signed in, or nobody."""

from dataclasses import replace

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accord.access.queries import bearer, signed_in
from accord.access.services import note_use
from accord.kernel.actor import PUBLIC, Actor
from accord.kernel.clock import today
from accord.kernel.errors import AccordError, Refused
from accord.people.queries import actor_for, enters
from accord.wall.standing import house

ONLY_READS = _("A token only reads. Sign in with a browser to change something.")


class NotGood(AccordError):
    """The token lets nobody in: unknown, expired, ended, or its owner may not enter today."""


def bears_token(request: HttpRequest) -> bool:
    """Other schemes of the header belong to whatever stands in front of Accord."""
    return request.headers.get("Authorization", "").lower().startswith("bearer ")


def who_is_here(request: HttpRequest) -> Actor:
    """The person asking; the public, if nobody does. A token speaks alone: with one, no session counts."""
    with house("who is there", writes=True):
        if bears_token(request):
            return _owner(request)
        account = signed_in(request.user)
        return actor_for(account, today()) if account and enters(account, today()) else PUBLIC


def _owner(request: HttpRequest) -> Actor:
    """The token's owner, with no more permissions than its scopes name and he himself has today."""
    found = bearer(request.headers["Authorization"].split(" ", 1)[1].strip())
    if found is None or not enters(found.account, today()):
        raise NotGood(_("This token is not good: it has expired or was ended, or its owner may not enter today."))
    if request.method not in {"GET", "HEAD"}:
        raise Refused(ONLY_READS)
    note_use(found)
    owner = actor_for(found.account, today(), channel="token")
    return replace(owner, permissions=owner.permissions & found.scopes)
