"""Looked up before it is known who is there, or while it is being found out."""

from datetime import date
from uuid import UUID

from accord.access.choices import Role
from accord.access.models import Account, Passkey, Totp
from accord.kernel.clock import today
from accord.wall.standing import house


def may_enter(account: Account, on: date) -> bool:  # noqa: ARG001 - what ends with a day asks for it
    """Whether an account may be used on a day: the only place that says so."""
    return account.is_active and account.verified_at is not None


@house("who is there")
def named(username: str) -> Account | None:
    """The account of that user name, whether it may be used or not."""
    return Account.objects.filter(username__iexact=username).first()


@house("who is there")
def holder(key: UUID | str) -> Account | None:
    """The account with that key, if it may be used today."""
    found = Account.objects.filter(pk=key).first()
    return found if found and may_enter(found, today()) else None


@house("who is there")
def passkey_holder(credential_id: bytes) -> Account | None:
    """Whose passkey it claims to be, if that account may be used today."""
    found = Passkey.objects.filter(credential_id=credential_id).select_related("account").first()
    return found.account if found and may_enter(found.account, today()) else None


@house("who is there")
def has_second_step(account_id: UUID) -> bool:
    """Whether a password alone is not enough."""
    confirmed = Totp.objects.filter(account_id=account_id, confirmed_at__isnull=False)
    return confirmed.exists() or Passkey.objects.filter(account_id=account_id).exists()


@house("who is there")
def administrators(on: date) -> list[str]:
    """The names of those to ask who cannot go on."""
    asked = Account.objects.filter(
        is_active=True, grants__role=Role.ADMINISTRATOR, grants__period__contains=on
    ).distinct()
    return list(asked.order_by("display_name").values_list("display_name", flat=True))
