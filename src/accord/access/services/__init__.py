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
from accord.access.services.credentials import (
    add_passkey,
    confirm_code_app,
    prepare_code_app,
    remove_code_app,
    remove_credentials,
    remove_passkey,
    renew_recovery_codes,
)
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
from accord.access.services.sessions import end_other_sessions, end_session

__all__ = [
    "SHORTEST_PASSWORD",
    "Assertion",
    "Code",
    "Password",
    "Proof",
    "add_passkey",
    "change_password",
    "choose_language",
    "close_account",
    "confirm_code_app",
    "end_grant",
    "end_other_sessions",
    "end_session",
    "enter",
    "grant_role",
    "limited",
    "open_account",
    "prepare_code_app",
    "prove",
    "prove_again",
    "remove_code_app",
    "remove_credentials",
    "remove_passkey",
    "renew_recovery_codes",
    "sign_in",
]
