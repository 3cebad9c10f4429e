"""Personal access tokens: who stands behind one, and which there are."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from accord.access.keyed import digest
from accord.access.models import Account, Token
from accord.access.permissions import Permission
from accord.kernel.actor import Actor
from accord.kernel.clock import day_of, now
from accord.kernel.errors import NotFound, Refused


@dataclass(frozen=True, slots=True)
class Bearer:
    """A token that is good now, and whose it is."""

    token_id: UUID
    account: Account
    scopes: frozenset[str]
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class TokenRow:
    id: UUID
    name: str
    scopes: tuple[str, ...]
    last_day: date
    used_at: datetime | None
    ended_at: datetime | None
    is_good: bool


def bearer(secret: str) -> Bearer | None:
    """Nobody, if the token never was, has expired or was ended. Whether its owner may enter is asked elsewhere."""
    found = Token.objects.filter(digest=digest("token", secret), ended_at=None, expires_at__gt=now())
    for token in found.select_related("account"):
        return Bearer(token.pk, token.account, frozenset(token.scopes), token.used_at)
    return None


def scopes_of(actor: Actor) -> list[Any]:
    """What the actor may let a program read: the permissions on the closed list that he holds himself."""
    return [scope for scope in _all_scopes() if scope in actor.permissions]


def tokens_of(actor: Actor, account_id: UUID) -> list[TokenRow]:
    """One's own tokens, or anybody's for those who manage accounts; the newest first."""
    _require_own_or_manager(actor, account_id)
    words = {str(scope.value): str(getattr(scope, "label", scope)) for scope in _all_scopes()}
    return [
        TokenRow(
            id=t.pk,
            name=t.name,
            scopes=tuple(words.get(scope, scope) for scope in t.scopes),
            last_day=day_of(t.expires_at) - timedelta(days=1),
            used_at=t.used_at,
            ended_at=t.ended_at,
            is_good=t.ended_at is None and t.expires_at > now(),
        )
        for t in Token.objects.filter(account=account_id).order_by("-created_at")
    ]


def token_record(actor: Actor, key: UUID) -> Token:
    """The record itself, for a use case."""
    found = Token.objects.filter(pk=key).first()
    if found is None:
        raise NotFound(_("There is no such token."))
    _require_own_or_manager(actor, found.account_id)
    return found


def _all_scopes() -> tuple[StrEnum, ...]:
    scopes: tuple[StrEnum, ...] = import_string(settings.ACCORD_SCOPES)
    return scopes


def _require_own_or_manager(actor: Actor, account_id: UUID) -> None:
    if account_id != actor.account_id and not actor.may(Permission.MANAGE_ACCOUNTS):
        raise Refused(_("Only an administrator manages the accounts of others."))
