"""Which roles and permissions an account has on a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from accord.access.choices import Role
from accord.access.models import Account, Grant
from accord.kernel.period import Period


@dataclass(frozen=True, slots=True)
class AccountRow:
    id: UUID
    username: str
    name: str
    roles: tuple[str, ...]
    is_active: bool


def roles_of(account: Account, on: date) -> tuple[str, ...]:
    return tuple(Grant.objects.filter(account=account, period__contains=on).order_by("role").values_list("role", flat=True))


def permissions_of(roles: Iterable[str]) -> frozenset[str]:
    table: Mapping[str, frozenset[str]] = import_string(settings.ACCORD_ROLES)
    return frozenset().union(*(table[role] for role in roles))


def accounts_with_role(role: str, on: date) -> list[UUID]:
    return list(Grant.objects.filter(role=role, period__contains=on, account__is_active=True).values_list("account_id", flat=True))


def accounts(on: date) -> list[AccountRow]:
    rows: list[AccountRow] = []
    for account in Account.objects.order_by("display_name").prefetch_related("grants"):
        held = tuple(str(Role(g.role).label) for g in account.grants.all() if on in Period.of(g.period))
        rows.append(AccountRow(account.id, account.username, account.display_name, held, account.is_active))
    return rows
