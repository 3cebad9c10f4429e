"""Which roles and permissions an account has on a day, and what its holder keeps in it."""

from accord.access.queries.accounts import (
    AccountRow,
    GrantRow,
    RoleWords,
    account_record,
    account_shown,
    accounts,
    accounts_with_role,
    grant_record,
    permissions_of,
    roles_in_words,
    roles_of,
    signed_in,
)

__all__ = [
    "AccountRow",
    "GrantRow",
    "RoleWords",
    "account_record",
    "account_shown",
    "accounts",
    "accounts_with_role",
    "grant_record",
    "permissions_of",
    "roles_in_words",
    "roles_of",
    "signed_in",
]
