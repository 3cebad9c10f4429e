"""Inviting people, verifying them, granting roles, and everything one does with one's own account."""

from accord.access.services.accounts import (
    SHORTEST_PASSWORD,
    change_password,
    choose_language,
    close_account,
    end_grant,
    grant_role,
    open_account,
    put_forward,
)
from accord.access.services.invitations import (
    GOOD_FOR,
    accept_invitation,
    invite,
    renew_invitation,
    verify_account,
)
from accord.access.services.tokens import LONGEST, create_token, end_token, note_use

__all__ = [
    "GOOD_FOR",
    "LONGEST",
    "SHORTEST_PASSWORD",
    "accept_invitation",
    "change_password",
    "choose_language",
    "close_account",
    "create_token",
    "end_grant",
    "end_token",
    "grant_role",
    "invite",
    "note_use",
    "open_account",
    "put_forward",
    "renew_invitation",
    "verify_account",
]
