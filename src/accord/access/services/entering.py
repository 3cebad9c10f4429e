"""Coming in, and showing again who one is before a dangerous act."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import pyotp
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from accord.access import webauthn
from accord.access.limits import plain_code
from accord.access.models import Account, Passkey, RecoveryCode, Totp
from accord.access.permissions import Permission
from accord.access.queries.entering import has_second_step, may_enter
from accord.access.sealing import keyed_hash, unseal
from accord.access.services.own import own_account
from accord.access.services.tries import counted
from accord.audit.services import record
from accord.audit.usecase import use_case
from accord.kernel.actor import Actor
from accord.kernel.clock import now, today
from accord.kernel.errors import Invalid, Refused

STEP = 30  # seconds a code of the app is shown (RFC 6238)


@dataclass(frozen=True, slots=True)
class Password:
    """It was right: the authentication backend has looked. Enough only for accounts without a second step."""


@dataclass(frozen=True, slots=True)
class Code:
    """Of the app, or a recovery code."""

    typed: str


@dataclass(frozen=True, slots=True)
class Assertion:
    """A passkey's answer to a challenge of ours."""

    party: webauthn.Party
    challenge: webauthn.Challenge | None
    response: str


T = TypeVar("T")
Proof = Password | Code | Assertion


def enter(*, actor: Actor, proof: Proof) -> str:
    """Sign in within the limits on tries; returns the method for the list of sessions."""
    return _within_limits(actor, proof, sign_in)


def prove(*, actor: Actor, proof: Proof) -> str:
    """Show again who one is, within the limits on tries."""
    return _within_limits(actor, proof, prove_again)


def limited(actor: Actor, act: Callable[[], T]) -> T:
    """Count what somebody shows who has shown his password before, or is signed in: codes, or the password again.

    The limit is his account's alone, wherever he tries from: nobody comes this far from whom it could be a weapon.
    """
    with counted(f"known:{actor.account_id}", f"known:{actor.account_id}"):
        return act()


@use_case(Permission.SIGN_IN)
def sign_in(*, actor: Actor, proof: Proof) -> str:
    """Come in with a passkey, or with a password and a second step where the account has one."""
    return _proven(actor, proof)


@use_case(Permission.SIGN_IN)
def prove_again(*, actor: Actor, proof: Proof) -> str:
    """Show again who one is before a dangerous act."""
    return _proven(actor, proof)


def code_digest(account: Account, code: str) -> str:
    return keyed_hash("recovery-code", f"{account.pk}:{code}")


def step_shown(totp: Totp, code: str) -> int | None:
    """The time step whose code this is: the present one, the one before or the one after, and none twice."""
    present = int(now().timestamp()) // STEP
    app = pyotp.TOTP(unseal(totp.sealed_seed))
    fitting = [s for s in (present - 1, present, present + 1) if constant_time_compare(app.generate_otp(s), code)]
    return next((step for step in fitting if step > totp.last_step), None)


def _within_limits(actor: Actor, proof: Proof, step: Callable[..., str]) -> str:
    if isinstance(proof, Code):
        return limited(actor, lambda: step(actor=actor, proof=proof))
    # The backend has counted the password. A passkey nobody can guess: counting would only help to lock its owner out.
    return step(actor=actor, proof=proof)


def _proven(actor: Actor, proof: Proof) -> str:
    account = own_account(actor)
    if not may_enter(account, today()):
        raise Refused(_("This account is closed. Ask your administrator."))
    method, details = _accepted(account, proof)
    record(actor, account, method=method, **details)
    return method


def _accepted(account: Account, proof: Proof) -> tuple[str, dict[str, Any]]:
    if isinstance(proof, Assertion):
        return _by_passkey(account, proof)
    if isinstance(proof, Code):
        return _by_code(account, plain_code(proof.typed))
    if has_second_step(account.pk):
        raise Refused(_("The password alone is not enough for this account."))
    return "password", {}


def _by_code(account: Account, code: str) -> tuple[str, dict[str, Any]]:
    totp = Totp.objects.filter(account=account, confirmed_at__isnull=False).first()
    step = step_shown(totp, code) if totp else None
    if totp and step:
        totp.last_step = step
        totp.save(update_fields=["last_step"])
        return "code", {}
    fresh = RecoveryCode.objects.filter(account=account, used_at=None)
    if not fresh.filter(digest=code_digest(account, code)).update(used_at=now()):
        raise Invalid(_("The code does not fit, or it was used already. Wait for the next one and type it in."))
    return "recovery_code", {"recovery_codes_left": fresh.count()}


def _by_passkey(account: Account, shown: Assertion) -> tuple[str, dict[str, Any]]:
    found = Passkey.objects.filter(account=account, credential_id=webauthn.named_by(shown.response)).first()
    if found is None:
        raise webauthn.not_proven()
    known = webauthn.Credential(bytes(found.credential_id), bytes(found.public_key), found.signatures)
    found.signatures = webauthn.proven(shown.party, shown.challenge, shown.response, known, account.pk.bytes)
    found.used_at = now()
    found.save(update_fields=["signatures", "used_at"])
    return "passkey", {"passkey": found.name}
