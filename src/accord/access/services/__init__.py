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

__all__ = [
    "SHORTEST_PASSWORD",
    "change_password",
    "choose_language",
    "close_account",
    "end_grant",
    "grant_role",
    "open_account",
]
