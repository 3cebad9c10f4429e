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
from accord.access.queries.credentials import (
    Credentials,
    PasskeyRow,
    SessionRow,
    credential_ids,
    credentials,
    secret_to_confirm,
    sessions,
)
from accord.access.queries.entering import administrators, has_second_step, holder, may_enter, named, passkey_holder

__all__ = [
    "AccountRow",
    "Credentials",
    "GrantRow",
    "PasskeyRow",
    "RoleWords",
    "SessionRow",
    "account_record",
    "account_shown",
    "accounts",
    "accounts_with_role",
    "administrators",
    "credential_ids",
    "credentials",
    "grant_record",
    "has_second_step",
    "holder",
    "may_enter",
    "named",
    "passkey_holder",
    "permissions_of",
    "roles_in_words",
    "roles_of",
    "secret_to_confirm",
    "sessions",
    "signed_in",
]
