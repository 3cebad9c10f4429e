"""Inviting and verifying people, granting roles, compartments, and everything one does with one's own account."""

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
from accord.access.services.compartments import (
    answer_grant,
    end_compartment_grant,
    open_grant,
    review_grant,
    shorten_grants,
)
from accord.access.services.emergencies import answer_emergency, ask_emergency, end_emergency
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
    "answer_emergency",
    "answer_grant",
    "ask_emergency",
    "change_password",
    "choose_language",
    "close_account",
    "create_token",
    "end_compartment_grant",
    "end_emergency",
    "end_grant",
    "end_token",
    "grant_role",
    "invite",
    "note_use",
    "open_account",
    "open_grant",
    "put_forward",
    "renew_invitation",
    "review_grant",
    "shorten_grants",
    "verify_account",
]
