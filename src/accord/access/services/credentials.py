"""Passkeys, the code app and recovery codes of one's own account. Each change ends every other session."""

import secrets
from uuid import UUID

import pyotp
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accord.access import webauthn
from accord.access.limits import CODES, plain_code
from accord.access.models import Account, Passkey, RecoveryCode, Totp
from accord.access.permissions import Permission
from accord.access.queries.entering import has_second_step
from accord.access.sealing import seal
from accord.access.services.entering import code_digest, step_shown
from accord.access.services.own import own_account
from accord.access.services.sessions import drop_all_but
from accord.audit.services import record
from accord.audit.usecase import use_case
from accord.kernel.actor import Actor
from accord.kernel.clock import now
from accord.kernel.errors import Conflict, Invalid, NotFound, WrongState

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another
CODE_LENGTH = 12  # of 31 letters: 59 bits


@use_case(Permission.SIGN_IN)
def add_passkey(
    *,
    actor: Actor,
    name: str,
    party: webauthn.Party,
    challenge: webauthn.Challenge | None,
    response: str,
    here: str = "",
) -> Passkey:
    """Add a passkey to one's own account."""
    account = own_account(actor)
    found = webauthn.enrolled(party, challenge, response)
    passkey = Passkey(
        account=account,
        name=name,
        credential_id=found.id,
        public_key=found.public_key,
        signatures=found.signatures,
    )
    try:
        with transaction.atomic():
            passkey.save()
    except IntegrityError as error:
        raise Conflict(_("This passkey is known already.")) from error
    record(actor, account, passkey=name, sessions=drop_all_but(account.pk, here))
    return passkey


@use_case(Permission.SIGN_IN)
def remove_passkey(*, actor: Actor, key: UUID, here: str = "") -> None:
    """Remove a passkey from one's own account."""
    account = own_account(actor)
    found = Passkey.objects.filter(pk=key, account=account).first()
    if found is None:
        raise NotFound(_("This passkey is no longer there."))
    found.delete()
    _removed(actor, account, here, passkey=found.name)


@use_case(Permission.SIGN_IN)
def prepare_code_app(*, actor: Actor) -> None:
    """Make a secret for a code app. It counts for nothing until a code made from it is typed in."""
    account = own_account(actor)
    if Totp.objects.filter(account=account, confirmed_at__isnull=False).exists():
        raise WrongState(_("A code app is set up already. Remove it before you set up another."))
    Totp.objects.update_or_create(
        account=account, defaults={"sealed_seed": seal(pyotp.random_base32()), "last_step": 0, "created_at": now()}
    )
    record(actor, account)


@use_case(Permission.SIGN_IN)
def confirm_code_app(*, actor: Actor, code: str, here: str = "") -> None:
    """Let the code app count, once it has shown a right code."""
    account = own_account(actor)
    totp = Totp.objects.filter(account=account, confirmed_at=None).first()
    if totp is None:
        raise WrongState(_("No code app waits to be confirmed. Begin again."))
    step = step_shown(totp, plain_code(code))
    if step is None:
        said = _("This code does not fit. Check that the clock of your device is right, and type in the next one.")
        raise Invalid(said, {"code": [said]})
    totp.confirmed_at, totp.last_step = now(), step
    totp.save(update_fields=["confirmed_at", "last_step"])
    record(actor, account, sessions=drop_all_but(account.pk, here))


@use_case(Permission.SIGN_IN)
def remove_code_app(*, actor: Actor, here: str = "") -> None:
    """Remove the code app from one's own account."""
    account = own_account(actor)
    if not Totp.objects.filter(account=account).delete()[0]:
        raise WrongState(_("No code app is set up."))
    _removed(actor, account, here)


@use_case(Permission.SIGN_IN)
def renew_recovery_codes(*, actor: Actor, here: str = "") -> list[str]:
    """Make a fresh set of recovery codes; the old ones are void. They are returned this once and kept nowhere."""
    account = own_account(actor)
    if not has_second_step(account.pk):
        raise WrongState(_("Add a passkey or a code app first: recovery codes stand in for them."))
    codes = ["".join(secrets.choice(LETTERS) for _n in range(CODE_LENGTH)) for _n in range(CODES)]
    RecoveryCode.objects.filter(account=account).delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(account=account, digest=code_digest(account, c)) for c in codes)
    record(actor, account, codes=len(codes), sessions=drop_all_but(account.pk, here))
    return codes


@use_case(Permission.MANAGE_ACCOUNTS)
def remove_credentials(*, actor: Actor, account: Account, reason: str = "") -> Account:
    """Take away every passkey, code app and recovery code of somebody who has lost them, and end his sessions."""
    if account.pk == actor.account_id:
        raise Conflict(_("Nobody takes away his own. Ask another administrator."))
    for kind in (Passkey, Totp, RecoveryCode):
        kind.objects.filter(account=account).delete()
    record(actor, account, reason=reason, sessions=drop_all_but(account.pk, ""))
    return account


def _removed(actor: Actor, account: Account, here: str, **changes: str) -> None:
    """Recovery codes stand in for something; when the last of it goes, they go too."""
    if not has_second_step(account.pk):
        RecoveryCode.objects.filter(account=account).delete()
    record(actor, account, sessions=drop_all_but(account.pk, here), **changes)
