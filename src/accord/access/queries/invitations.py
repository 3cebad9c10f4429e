"""Whom a link invites, and whose accounts wait for a second pair of eyes."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accord.access.keyed import digest, spoken
from accord.access.models import Account, AccountContact, Invitation
from accord.access.permissions import Permission
from accord.access.queries.accounts import AccountRow, accounts
from accord.kernel.actor import Actor
from accord.kernel.clock import now
from accord.kernel.errors import NotFound, Refused
from accord.wall.standing import house


@dataclass(frozen=True, slots=True)
class Invited:
    """Whom a link speaks for: as an actor he may take the invitation up, and nothing else."""

    actor: Actor
    username: str
    language: str
    until: datetime


@house("who is there")
def invited(secret: str) -> Invited:
    """The person a link invites. A link that never was, is used up or has lapsed looks the same."""
    found = Invitation.objects.filter(
        digest=digest("invitation", secret), accepted_at=None, expires_at__gt=now(), account__is_active=True
    ).select_related("account")
    for invitation in found:
        account = invitation.account
        actor = Actor(account.display_name, "public", frozenset({Permission.SIGN_IN}), account_id=account.pk)
        return Invited(actor, account.username, account.language, invitation.expires_at)
    raise NotFound(_("This invitation is not good any more. Ask your administrator for a new one."))


def number_of(account: Account) -> str:
    """What the holder reads out to whoever verifies him. It follows from his password, so a thief's is another."""
    return spoken("verify", f"{account.pk}:{account.password}")


def email_of(actor: Actor, account_id: UUID) -> str:
    """Where mail for an account goes; empty if nobody said so."""
    if account_id != actor.account_id and not actor.may(Permission.MANAGE_ACCOUNTS):
        raise Refused(_("Only an administrator manages the accounts of others."))
    contact = AccountContact.objects.filter(account=account_id).first()
    return contact.email if contact else ""


def accounts_to_verify(actor: Actor, on: date) -> list[AccountRow]:
    """Accounts that were taken up and wait for this actor: neither his own nor put forward by him."""
    if not actor.may(Permission.VERIFY_ACCOUNTS) or actor.may(Permission.MANAGE_ACCOUNTS):
        return []
    mine = {actor.account_id}
    waiting = [a for a in Account.objects.filter(is_active=True, verified_at=None) if a.has_usable_password()]
    keys = {a.pk for a in waiting if mine.isdisjoint({a.pk, a.invited_by})}
    return [row for row in accounts(on) if row.id in keys] if keys else []


def account_to_verify(actor: Actor, key: UUID) -> Account:
    """The record itself, for a use case."""
    if not actor.may(Permission.VERIFY_ACCOUNTS):
        raise Refused(_("Your role does not verify accounts."))
    found = Account.objects.filter(pk=key).first()
    if found is None:
        raise NotFound(_("There is no such account."))
    return found
