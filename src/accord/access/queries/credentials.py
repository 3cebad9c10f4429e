"""What an account has to show who its holder is, and where it is signed in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accord.access.limits import CODES
from accord.access.models import Account, Passkey, RecoveryCode, Session, Totp
from accord.access.sealing import unseal
from accord.kernel.actor import Actor
from accord.kernel.clock import now
from accord.kernel.errors import NotFound
from accord.wall.standing import house


@dataclass(frozen=True, slots=True)
class PasskeyRow:
    id: UUID
    name: str
    created_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Credentials:
    """``code_app_since`` is None while no app is confirmed; ``codes_left`` counts recovery codes."""

    passkeys: tuple[PasskeyRow, ...]
    code_app_since: datetime | None
    codes_left: int
    codes: int = CODES

    @property
    def has_second_step(self) -> bool:
        return bool(self.passkeys) or self.code_app_since is not None


@dataclass(frozen=True, slots=True)
class SessionRow:
    """``browser`` and ``system`` as their makers call them; ``method`` how its holder came in."""

    id: UUID
    browser: str
    system: str
    method: str
    created_at: datetime
    seen_at: datetime
    is_here: bool


@house("who is there")
def credentials(actor: Actor) -> Credentials:
    own = _own(actor)
    rows = Passkey.objects.filter(account_id=own).order_by("created_at")
    app = Totp.objects.filter(account_id=own, confirmed_at__isnull=False).first()
    left = RecoveryCode.objects.filter(account_id=own, used_at=None).count()
    return Credentials(
        tuple(PasskeyRow(p.pk, p.name, p.created_at, p.used_at) for p in rows), app.confirmed_at if app else None, left
    )


@house("who is there")
def credential_ids(account: Account) -> list[bytes]:
    return [bytes(one) for one in Passkey.objects.filter(account=account).values_list("credential_id", flat=True)]


def secret_to_confirm(actor: Actor) -> str:
    """The secret of the code app that is being set up; empty when none is. Nobody sees a confirmed one again."""
    own = _own(actor)
    waiting = Totp.objects.filter(account_id=own, confirmed_at=None).first()
    return unseal(waiting.sealed_seed) if waiting else ""


def sessions(actor: Actor, here: str) -> list[SessionRow]:
    """Where the actor is signed in, this session first, then the latest seen."""
    rows = Session.objects.filter(~over(), account_id=_own(actor)).order_by("-seen_at")
    shown = [_session(row, is_here=row.digest == here) for row in rows]
    return sorted(shown, key=lambda row: not row.is_here)


def over() -> Q:
    """Which sessions have ended by themselves."""
    idle = timedelta(seconds=settings.SESSION_IDLE_AGE)
    return Q(expires_at__lte=now()) | Q(seen_at__lte=now() - idle)


def _own(actor: Actor) -> UUID:
    if actor.account_id is None:
        raise NotFound(_("There is no such account."))
    return actor.account_id


def _session(row: Session, *, is_here: bool) -> SessionRow:
    browser, _slash, system = row.browser.partition("/")
    return SessionRow(row.pk, browser, system, row.method, row.created_at, row.seen_at, is_here)
