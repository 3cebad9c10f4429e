"""Identities at identity providers: linked, used, taken away, and ended from there."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accord.access.models import Account, ExternalIdentity, Session
from accord.access.permissions import Permission
from accord.audit.models import Entry
from accord.audit.services import record
from accord.audit.usecase import use_case
from accord.kernel.actor import Actor
from accord.kernel.clock import now
from accord.kernel.errors import Conflict, NotFound, Refused, WrongState


@use_case(Permission.MANAGE_ACCOUNTS)
def enter_by_identity(*, actor: Actor, account: Account, issuer: str, subject: str) -> None:
    """Note that somebody came in by an identity; ``actor`` is the system, since nobody is signed in yet."""
    if not ExternalIdentity.objects.filter(account=account, issuer=issuer, subject=subject).update(used_at=now()):
        raise NotFound(_("There is no such sign-in."))
    record(actor, account, issuer=issuer)


@use_case(Permission.SIGN_IN)
def link_identity(*, actor: Actor, account: Account, issuer: str, subject: str) -> ExternalIdentity:
    """Let an identity that its holder has just proved open his own account."""
    if account.pk != actor.account_id:
        raise Refused(_("Everybody links his own identity."))
    return _link(actor, account, issuer, subject)


@use_case(Permission.MANAGE_ACCOUNTS)
def assign_identity(*, actor: Actor, account: Account, issuer: str, subject: str) -> ExternalIdentity:
    """Say who an invited person is at an identity provider, before somebody else verifies the account.

    Later only the holder links: otherwise an administrator could step into any account.
    """
    account = Account.objects.select_for_update().get(pk=account.pk)
    if account.verified_at is not None:
        raise WrongState(_("This account is verified already. Its holder links his identity himself under My account."))
    return _link(actor, account, issuer, subject)


@use_case(Permission.SIGN_IN)
def unlink_identity(*, actor: Actor, identity: ExternalIdentity, method: str) -> None:
    """Take an identity away from an account; who came in by it is signed out. The only way in stays."""
    account = Account.objects.select_for_update().get(pk=identity.account_id)
    if account.pk != actor.account_id and not actor.may(Permission.MANAGE_ACCOUNTS):
        raise Refused(_("Everybody unlinks his own identity."))
    others = account.external_identities.exclude(pk=identity.pk).exists() or account.passkeys.exists()
    has_password = bool(account.password) and account.has_usable_password()
    if account.is_active and not others and not has_password:
        raise Conflict(_("This is the only way into the account. Set up another one first."))
    record(actor, account, issuer=identity.issuer, known_as=identity.subject)
    identity.delete()
    end_sessions(account, method)


@use_case(Permission.MANAGE_ACCOUNTS, turn="back-channel logout")
def end_by_provider(*, actor: Actor, account: Account, method: str, order: str) -> int:
    """Sign out whoever came into the account by a provider, since the provider says so.

    ``order`` is the identifier of its logout token, good once: the trail remembers it for every process.
    """
    done = Entry.objects.filter(object_type=account._meta.label_lower, object_id=account.pk, action="end_by_provider")
    if done.filter(changes__order=order, changes__method=method).exists():
        raise Conflict(_("This logout token was used already."))
    ended = end_sessions(account, method)
    record(actor, account, method=method, order=order, ended=ended)
    return ended


def end_sessions(account: Account, method: str) -> int:
    """End every session of the account that began by this method; how many there were. For use inside a use case."""
    return Session.objects.filter(account=account, method=method).delete()[0]


def _link(actor: Actor, account: Account, issuer: str, subject: str) -> ExternalIdentity:
    if not account.is_active:
        raise WrongState(_("This account is closed."))
    try:
        with transaction.atomic():
            identity = ExternalIdentity.objects.create(account=account, issuer=issuer, subject=subject)
    except IntegrityError as error:
        raise Conflict(_("This identity is linked to an account already.")) from error
    record(actor, account, issuer=issuer, known_as=subject)
    return identity
