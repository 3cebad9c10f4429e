"""Telling people."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accord.audit.services import record
from accord.audit.usecase import use_case
from accord.kernel.actor import Actor
from accord.kernel.clock import now
from accord.kernel.errors import Refused
from accord.notices.models import Notice
from accord.notices.permissions import Permission


def in_every_language(message: Any) -> dict[str, str]:
    """A lazy translation rendered in each language of the installation."""
    words: dict[str, str] = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            words[code] = str(message)
    return words


def tell(accounts: Iterable[UUID], message: Any, *, link: str = "", urgent: bool = False) -> int:
    """Queue a notice inside the caller's use case; returns how many people are told."""
    text = in_every_language(message)
    told = Notice.objects.bulk_create(
        [Notice(account_id=account, text=text, link=link, urgent=urgent) for account in sorted(set(accounts))]
    )
    return len(told)


@use_case(Permission.READ_NOTICES)
def mark_read(*, actor: Actor) -> int:
    """Mark everything told to the actor as read."""
    if actor.account_id is None:
        raise Refused(_("Only somebody with an account has notices."))
    unread = Notice.objects.filter(account_id=actor.account_id, read_at=None)
    first = unread.first() or Notice(account_id=actor.account_id, text={})
    count = unread.update(read_at=now())
    record(actor, first, count=count)
    return count
