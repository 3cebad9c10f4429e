"""Opening accounts, granting roles and everything one does with one's own account."""

from accord.access.services.accounts import (
    SHORTEST_PASSWORD,
    change_password,
    choose_language,
    close_account,
    end_grant,
    grant_role,
    open_account,
)
from accord.access.services.identities import (
    METHOD_KEY,
    assign_identity,
    end_by_provider,
    end_sessions,
    enter_by_identity,
    link_identity,
    unlink_identity,
)

__all__ = [
    "METHOD_KEY",
    "SHORTEST_PASSWORD",
    "assign_identity",
    "change_password",
    "choose_language",
    "close_account",
    "end_by_provider",
    "end_grant",
    "end_sessions",
    "enter_by_identity",
    "grant_role",
    "link_identity",
    "open_account",
    "unlink_identity",
]
