"""Which roles and permissions an account has on a day."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from accord.access.choices import Role
from accord.access.models import Account, Grant
from accord.access.permissions import Permission
from accord.kernel.actor import Actor
from accord.kernel.errors import NotFound, Refused
from accord.kernel.period import Period


@dataclass(frozen=True, slots=True)
class GrantRow:
    """A role held for a period; ``is_held`` on the day asked for."""

    id: UUID
    role: str
    period: Any
    is_held: bool


@dataclass(frozen=True, slots=True)
class AccountRow:
    """``link_until`` is when an invitation lapses that nobody has taken up yet, past or to come."""

    id: UUID
    username: str
    name: str
    roles: tuple[str, ...]
    is_active: bool
    is_verified: bool
    link_until: datetime | None
    grants: tuple[GrantRow, ...] = ()


@dataclass(frozen=True, slots=True)
class RoleWords:
    """A role and everything its holder may do, in plain words."""

    role: str
    name: str
    may: tuple[str, ...]


def roles_of(account: Account, on: date) -> tuple[str, ...]:
    return tuple(
        Grant.objects.filter(account=account, period__contains=on).order_by("role").values_list("role", flat=True)
    )


def permissions_of(roles: Iterable[str]) -> frozenset[str]:
    table: Mapping[str, frozenset[str]] = import_string(settings.ACCORD_ROLES)
    return frozenset().union(*(table[role] for role in roles))


def roles_who_may(permission: str) -> list[str]:
    """The roles that hold a permission: whom to ask."""
    table: Mapping[str, frozenset[str]] = import_string(settings.ACCORD_ROLES)
    return [role for role in Role.values if permission in table[role]]


def whom_to_ask(permission: str) -> str:
    """The same in words: roles, never persons."""
    return " · ".join(str(Role(role).label) for role in roles_who_may(permission))


def accounts_who_may(permission: str, on: date) -> list[UUID]:
    return [account for role in roles_who_may(permission) for account in accounts_with_role(role, on)]


def accounts_with_role(role: str, on: date) -> list[UUID]:
    return list(
        Grant.objects.filter(role=role, period__contains=on, account__is_active=True).values_list(
            "account_id", flat=True
        )
    )


def verifying_roles() -> list[str]:
    """Who verifies accounts, in words: roles that may and that keep no accounts themselves."""
    table: Mapping[str, frozenset[Any]] = import_string(settings.ACCORD_ROLES)
    verify, manage = Permission.VERIFY_ACCOUNTS, Permission.MANAGE_ACCOUNTS
    return [str(Role(role).label) for role, may in table.items() if verify in may and manage not in may]


def takes_two(role: str) -> bool:
    """The role carries something for which one administrator alone is not enough."""
    weighty: frozenset[str] = import_string(settings.ACCORD_TAKES_TWO)
    return not weighty.isdisjoint(permissions_of([role]))


def accounts(on: date, *, only: UUID | None = None) -> list[AccountRow]:
    rows = Account.objects.order_by("display_name").prefetch_related("grants", "invitations")
    return [_row(account, on) for account in (rows.filter(pk=only) if only else rows)]


def account_shown(actor: Actor, on: date) -> AccountRow:
    """The actor's own account."""
    found = accounts(on, only=actor.account_id) if actor.account_id else []
    if not found:
        raise NotFound(_("There is no such account."))
    return found[0]


def account_record(actor: Actor, key: UUID) -> Account:
    """The record itself, for a use case: one's own, or any for those who manage accounts."""
    if key != actor.account_id and not actor.may(Permission.MANAGE_ACCOUNTS):
        raise Refused(_("Only an administrator manages the accounts of others."))
    found = Account.objects.filter(pk=key).first()
    if found is None:
        raise NotFound(_("There is no such account."))
    return found


def grant_record(actor: Actor, key: UUID) -> Grant:
    """The record itself, for a use case."""
    if not actor.may(Permission.MANAGE_ACCOUNTS):
        raise Refused(_("Only an administrator manages the accounts of others."))
    found = Grant.objects.filter(pk=key).select_related("account").first()
    if found is None:
        raise NotFound(_("There is no such grant."))
    return found


def roles_in_words() -> list[RoleWords]:
    """Every role with the sentence of each permission, as the contexts declare them; what is rare comes first."""
    table: Mapping[str, frozenset[Any]] = import_string(settings.ACCORD_ROLES)
    spread = Counter(permission for permissions in table.values() for permission in permissions)
    return [
        RoleWords(
            role,
            str(Role(role).label),
            tuple(str(p.label) for p in sorted(table[role], key=lambda p: (spread[p], str(p.label)))),
        )
        for role in Role.values
    ]


def _row(account: Account, on: date) -> AccountRow:
    grants = tuple(
        GrantRow(g.pk, str(Role(g.role).label), g.period, on in Period.of(g.period))
        for g in sorted(account.grants.all(), key=lambda g: (g.period.lower, g.role), reverse=True)
    )
    held = tuple(g.role for g in grants if g.is_held)
    links = [invitation.expires_at for invitation in account.invitations.all() if invitation.accepted_at is None]
    return AccountRow(
        account.id, account.username, account.display_name, held, account.is_active, account.verified_at is not None,
        max(links, default=None), grants,
    )  # fmt: skip


def signed_in(user: object) -> Account | None:
    """The account behind Django's user, which is somebody anonymous as long as nobody has signed in."""
    return user if isinstance(user, Account) else None
