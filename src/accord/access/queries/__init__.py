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
from accord.access.queries.identities import (
    IdentityRow,
    account_behind,
    identity_record,
    is_admitted,
    own_identities,
)

__all__ = [
    "AccountRow",
    "GrantRow",
    "IdentityRow",
    "RoleWords",
    "account_behind",
    "account_record",
    "account_shown",
    "accounts",
    "accounts_with_role",
    "grant_record",
    "identity_record",
    "is_admitted",
    "own_identities",
    "permissions_of",
    "roles_in_words",
    "roles_of",
    "signed_in",
]
