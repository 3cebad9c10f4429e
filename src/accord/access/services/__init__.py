"""Opening accounts, granting roles, letting people into compartments, and what one does with one's own account."""

from accord.access.services.accounts import (
    SHORTEST_PASSWORD,
    change_password,
    choose_language,
    close_account,
    end_grant,
    grant_role,
    open_account,
)
from accord.access.services.compartments import (
    answer_grant,
    end_compartment_grant,
    open_grant,
    review_grant,
    shorten_grants,
)
from accord.access.services.emergencies import answer_emergency, ask_emergency, end_emergency

__all__ = [
    "SHORTEST_PASSWORD",
    "answer_emergency",
    "answer_grant",
    "ask_emergency",
    "change_password",
    "choose_language",
    "close_account",
    "end_compartment_grant",
    "end_emergency",
    "end_grant",
    "grant_role",
    "open_account",
    "open_grant",
    "review_grant",
    "shorten_grants",
]
