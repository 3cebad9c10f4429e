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
from accord.access.services.credentials import (
    add_passkey,
    confirm_code_app,
    prepare_code_app,
    remove_code_app,
    remove_credentials,
    remove_passkey,
    renew_recovery_codes,
)
from accord.access.services.emergencies import answer_emergency, ask_emergency, end_emergency
from accord.access.services.entering import (
    Assertion,
    Code,
    Password,
    Proof,
    enter,
    limited,
    prove,
    prove_again,
    sign_in,
)
from accord.access.services.invitations import GOOD_FOR, accept_invitation, invite, renew_invitation, verify_account
from accord.access.services.sessions import end_other_sessions, end_session
from accord.access.services.tokens import LONGEST, create_token, end_token, note_use

__all__ = [
    "GOOD_FOR",
    "LONGEST",
    "SHORTEST_PASSWORD",
    "Assertion",
    "Code",
    "Password",
    "Proof",
    "accept_invitation",
    "add_passkey",
    "answer_emergency",
    "answer_grant",
    "ask_emergency",
    "change_password",
    "choose_language",
    "close_account",
    "confirm_code_app",
    "create_token",
    "end_compartment_grant",
    "end_emergency",
    "end_grant",
    "end_other_sessions",
    "end_session",
    "end_token",
    "enter",
    "grant_role",
    "invite",
    "limited",
    "note_use",
    "open_account",
    "open_grant",
    "prepare_code_app",
    "prove",
    "prove_again",
    "put_forward",
    "remove_code_app",
    "remove_credentials",
    "remove_passkey",
    "renew_invitation",
    "renew_recovery_codes",
    "review_grant",
    "shorten_grants",
    "sign_in",
    "verify_account",
]
