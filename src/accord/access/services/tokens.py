"""Personal access tokens: what a person lets a program read in his name."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accord.access.keyed import digest, new_secret
from accord.access.models import Token
from accord.access.permissions import Permission
from accord.access.queries import Bearer, scopes_of
from accord.audit.services import record
from accord.audit.usecase import use_case
from accord.kernel.actor import Actor
from accord.kernel.clock import now, today, zone
from accord.kernel.errors import Invalid, Refused, WrongState

LONGEST = timedelta(days=90)
NOTED_EVERY = timedelta(minutes=1)


@use_case(Permission.SIGN_IN)
def create_token(*, actor: Actor, name: str, scopes: Sequence[str], last_day: date) -> str:
    """Make a token that reads within ``scopes`` until the end of its last day; what it returns is kept nowhere."""
    if actor.account_id is None:
        raise Refused(_("Everybody makes his own tokens."))
    faults: dict[str, list[object]] = {}
    if not scopes or set(scopes) - {scope.value for scope in scopes_of(actor)}:
        faults["scopes"] = [_("Choose from what you may read yourself.")]
    if not today() <= last_day <= today() + LONGEST:
        faults["last_day"] = [_("Choose a day within the next %(days)s days.") % {"days": LONGEST.days}]
    if faults:
        raise Invalid(_("Some things are missing."), faults)
    secret = f"accord_{new_secret()}"
    token = Token.objects.create(
        account_id=actor.account_id, name=name, digest=digest("token", secret), scopes=sorted(scopes),
        expires_at=datetime.combine(last_day + timedelta(days=1), time(), zone()),
    )  # fmt: skip
    record(actor, token, scopes=token.scopes, last_day=last_day)
    return secret


@use_case(Permission.SIGN_IN)
def end_token(*, actor: Actor, token: Token) -> None:
    """End a token at once: one's own, or anybody's for those who manage accounts."""
    if token.account_id != actor.account_id and not actor.may(Permission.MANAGE_ACCOUNTS):
        raise Refused(_("Only an administrator manages the accounts of others."))
    token = Token.objects.select_for_update(of=("self",)).get(pk=token.pk)
    if token.ended_at:
        raise WrongState(_("This token has ended already."))
    token.ended_at = now()
    token.save(update_fields=["ended_at"])
    record(actor, token)


def note_use(bearer: Bearer) -> None:
    """Remember that a token was used, once a minute at most. Reading changes nothing else, so the trail has no line."""
    before = now() - NOTED_EVERY
    if bearer.used_at is None or bearer.used_at < before:
        unnoted = Q(used_at=None) | Q(used_at__lt=before)
        Token.objects.filter(unnoted, pk=bearer.token_id).update(used_at=now())
