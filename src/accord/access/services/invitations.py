"""From invitation to the first sign-in: one invites, the invited chooses his password, somebody else verifies."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accord.access.keyed import digest, new_secret
from accord.access.models import Account, AccountContact, Invitation, Token
from accord.access.permissions import Permission
from accord.access.queries import number_of
from accord.access.services.accounts import put_forward, require_free, require_strong
from accord.audit.services import record
from accord.audit.usecase import use_case
from accord.kernel.actor import Actor
from accord.kernel.clock import now
from accord.kernel.errors import Conflict, Invalid, NotFound, Refused, WrongState

GOOD_FOR = timedelta(hours=72)


@use_case(Permission.MANAGE_ACCOUNTS)
def invite(*, actor: Actor, username: str, name: str, language: str = "", email: str = "") -> tuple[Account, str]:
    """Invite a person: an account that nobody enters yet, and the secret of the link with which it is taken up."""
    require_free(username)
    account = Account(username=username, display_name=name, language=language, invited_by=actor.account_id)
    account.set_unusable_password()
    account.save()
    if email:
        AccountContact.objects.create(account=account, email=email)
    record(actor, account, username=username)
    return account, _new_link(account)


@use_case(Permission.MANAGE_ACCOUNTS)
def renew_invitation(*, actor: Actor, account: Account) -> str:
    """Make a new link; those made before end. The account waits to be verified again, whoever takes the link up."""
    if account.pk == actor.account_id:
        raise Conflict(_("Nobody invites himself. Change your password under My account."))
    if not account.is_active:
        raise WrongState(_("This account is closed."))
    Invitation.objects.filter(account=account, accepted_at=None).delete()
    record(actor, account)
    put_forward(actor, account)
    return _new_link(account)


@use_case(Permission.SIGN_IN)
def accept_invitation(*, actor: Actor, secret: str, password: str) -> Account:
    """Take up an invitation with a password of one's own choice; ``actor`` is whom the link speaks for.

    Tokens from before end: whoever made them may have been somebody else.
    """
    found = Invitation.objects.select_for_update(of=("self",)).select_related("account")
    invitation = found.filter(
        digest=digest("invitation", secret), accepted_at=None, expires_at__gt=now(), account__is_active=True
    ).first()
    if invitation is None:
        raise NotFound(_("This invitation is not good any more. Ask your administrator for a new one."))
    if invitation.account_id != actor.account_id:
        raise Refused(_("This invitation is for somebody else."))
    require_strong(password, "new")
    account, invitation.accepted_at = invitation.account, now()
    invitation.save(update_fields=["accepted_at"])
    account.set_password(password)
    account.verified_by, account.verified_at = None, None
    account.save(update_fields=["password", "verified_by", "verified_at"])
    Token.objects.filter(account=account, ended_at=None).update(ended_at=now())
    record(actor, account)
    return account


@use_case(Permission.VERIFY_ACCOUNTS)
def verify_account(*, actor: Actor, account: Account, number: str) -> Account:
    """Confirm that the account belongs to the person it names, in that post, who has read out his ``number``.

    A link that was not taken up ends with it: nobody slips in through it afterwards.
    """
    account = Account.objects.select_for_update().get(pk=account.pk)
    if account.verified_at or not account.is_active or not account.has_usable_password():
        raise WrongState(_("This account does not wait to be verified."))
    if account.pk == actor.account_id:
        raise Refused(_("Nobody verifies his own account. Ask somebody else who may."))
    if account.invited_by == actor.account_id or actor.may(Permission.MANAGE_ACCOUNTS):
        raise Refused(_("It takes two: whoever invites people or keeps their accounts does not verify them."))
    if "".join(str(int(sign)) for sign in number if sign.isdecimal()) != number_of(account):
        message = _("This is not the number of this account. Ask the person again, face to face or by telephone.")
        raise Invalid(message, {"number": [message]})
    account.verified_by, account.verified_at = actor.account_id, now()
    account.save(update_fields=["verified_by", "verified_at"])
    Invitation.objects.filter(account=account, accepted_at=None).delete()
    record(actor, account)
    return account


def _new_link(account: Account) -> str:
    secret = new_secret()
    Invitation.objects.create(account=account, digest=digest("invitation", secret), expires_at=now() + GOOD_FOR)
    return secret
