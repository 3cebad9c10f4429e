from accord.access.models.accounts import Account, AccountContact, Grant, Invitation
from accord.access.models.credentials import Attempt, ExternalIdentity, Passkey, RecoveryCode, Session, Token, Totp
from accord.access.models.need_to_know import BreakGlass, Compartment, CompartmentGrant, Level, Marking
from accord.wall.fields import MarkingField

__all__ = [
    "Account",
    "AccountContact",
    "Attempt",
    "BreakGlass",
    "Compartment",
    "CompartmentGrant",
    "ExternalIdentity",
    "Grant",
    "Invitation",
    "Level",
    "Marking",
    "MarkingField",
    "Passkey",
    "RecoveryCode",
    "Session",
    "Token",
    "Totp",
]
