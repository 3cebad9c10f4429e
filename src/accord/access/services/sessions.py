"""Sessions: what the session engine keeps of each, and what its holder may end."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accord.access.models import Session
from accord.access.permissions import Permission
from accord.access.queries.credentials import over
from accord.access.services.own import own_account
from accord.audit.services import record
from accord.audit.usecase import use_case
from accord.kernel.actor import Actor
from accord.kernel.clock import now
from accord.kernel.errors import NotFound
from accord.wall.standing import house

SEEN_AT_MOST_EVERY = timedelta(minutes=1)


@house("session", writes=True)
def opened(digest: str) -> Session | None:
    """The session, as long as it lasts; that it was used is noted at most once a minute."""
    found = Session.objects.filter(~over(), digest=digest).first()
    if found and now() - found.seen_at >= SEEN_AT_MOST_EVERY:
        Session.objects.filter(pk=found.pk).update(seen_at=now())
    return found


@house("session", writes=True)
def is_kept(digest: str) -> bool:
    return Session.objects.filter(digest=digest).exists()


@house("session", writes=True)
def keep(digest: str, data: str, account: str | None, beside: Mapping[str, Any], *, is_new: bool) -> bool:
    """Write a session down; False if it is no longer there."""
    if not is_new:
        return bool(Session.objects.filter(digest=digest).update(data=data, account_id=account, **beside))
    sweep()
    ends = now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)
    Session.objects.create(digest=digest, data=data, account_id=account, expires_at=ends, **beside)
    return True


@house("session", writes=True)
def rekey(before: str, after: str) -> bool:
    return bool(Session.objects.filter(digest=before).update(digest=after))


@house("session", writes=True)
def drop(digest: str) -> None:
    Session.objects.filter(digest=digest).delete()


@house("session", writes=True)
def sweep() -> None:
    """Forget the sessions that are over."""
    Session.objects.filter(over()).delete()


def drop_all_but(account_id: UUID, here: str) -> int:
    """End every session of an account except the one known by ``here``; how many those were."""
    return Session.objects.filter(account_id=account_id).exclude(digest=here).delete()[0]


@use_case(Permission.SIGN_IN)
def end_session(*, actor: Actor, key: UUID) -> None:
    """End one of one's own sessions."""
    account = own_account(actor)
    found = Session.objects.filter(pk=key, account=account).first()
    if found is None:
        raise NotFound(_("This session has ended already."))
    found.delete()
    record(actor, account, sessions=1, browser=found.browser)


@use_case(Permission.SIGN_IN)
def end_other_sessions(*, actor: Actor, here: str) -> int:
    """End all of one's own sessions but the one from which it is asked."""
    account = own_account(actor)
    ended = drop_all_but(account.pk, here)
    record(actor, account, sessions=ended)
    return ended
