"""Who an account is at identity providers, and whose account an identity opens.

``account_behind`` is asked before it is known who is there.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accord.access.models import Account, ExternalIdentity
from accord.access.permissions import Permission
from accord.kernel.actor import Actor
from accord.kernel.errors import NotFound, Refused
from accord.wall.standing import house


@dataclass(frozen=True, slots=True)
class IdentityRow:
    id: UUID
    issuer: str
    subject: str
    linked_at: datetime
    used_at: datetime | None


@house("who is there")
def account_behind(issuer: str, subject: str) -> Account | None:
    """The account linked to exactly this identity, closed and unverified ones too. Nothing else finds an account."""
    found = ExternalIdentity.objects.filter(issuer=issuer, subject=subject).select_related("account").first()
    return found.account if found else None


def own_identities(actor: Actor) -> list[IdentityRow]:
    return _rows(actor.account_id)


def identities_to_verify(actor: Actor, account_id: UUID) -> list[IdentityRow]:
    """What else than a password opens an account, for whoever confirms whose it is."""
    if not actor.may(Permission.VERIFY_ACCOUNTS):
        raise Refused(_("Only who verifies accounts sees by what they open."))
    with house("whom one verifies"):
        return _rows(account_id)


def _rows(account_id: UUID | None) -> list[IdentityRow]:
    rows = ExternalIdentity.objects.filter(account=account_id).order_by("linked_at")
    return [IdentityRow(i.pk, i.issuer, i.subject, i.linked_at, i.used_at) for i in rows]


def identity_record(actor: Actor, key: UUID) -> ExternalIdentity:
    """The record itself, for a use case: one's own, or any for those who manage accounts."""
    found = ExternalIdentity.objects.filter(pk=key).select_related("account").first()
    if found is None or (found.account_id != actor.account_id and not actor.may(Permission.MANAGE_ACCOUNTS)):
        raise NotFound(_("There is no such sign-in."))
    return found
