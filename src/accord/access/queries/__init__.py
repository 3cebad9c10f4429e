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
from accord.access.queries.need_to_know import NeedToKnow, clearance_rank, marking_facts, need_to_know_of

__all__ = [
    "AccountRow",
    "GrantRow",
    "NeedToKnow",
    "RoleWords",
    "account_record",
    "account_shown",
    "accounts",
    "accounts_with_role",
    "clearance_rank",
    "grant_record",
    "marking_facts",
    "need_to_know_of",
    "permissions_of",
    "roles_in_words",
    "roles_of",
    "signed_in",
]
