"""Who may read what lets people in, and what they may read."""

from accord.access.models import (
    Account,
    AccountContact,
    Attempt,
    BreakGlass,
    Compartment,
    CompartmentGrant,
    ExternalIdentity,
    Grant,
    Invitation,
    Level,
    Marking,
    Passkey,
    RecoveryCode,
    Session,
    Token,
    Totp,
)
from accord.access.permissions import Permission
from accord.wall.rule import Kept, May, Nobody, OnSide, Own

MANAGES = May(Permission.MANAGE_ACCOUNTS)
LOOKS_AFTER = MANAGES | May(Permission.VERIFY_ACCOUNTS) | May(Permission.SEE_READERS)
SIGNED_IN = OnSide(("mission", "host", "partner"))
WATCHES = May(Permission.GRANT_COMPARTMENTS) | May(Permission.SECOND_GRANTS) | May(Permission.SEE_READERS)
KEEPS = May(Permission.CONFIRM_GRANTS) & Kept("compartment")

RULES = {
    Account: Own("id") | LOOKS_AFTER,
    AccountContact: Own("account") | MANAGES,
    Grant: Own("account") | LOOKS_AFTER,
    Invitation: MANAGES,
    Session: Own("account"),
    Passkey: Own("account"),
    Totp: Own("account"),
    RecoveryCode: Own("account"),
    Token: Own("account") | MANAGES,
    ExternalIdentity: Own("account") | MANAGES,
    Attempt: Nobody(),
    Level: SIGNED_IN,
    Compartment: SIGNED_IN,
    Marking: SIGNED_IN,
    CompartmentGrant: Own("account") | WATCHES | KEEPS,
    BreakGlass: Own("account") | WATCHES | KEEPS,
}
