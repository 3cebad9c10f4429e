"""Opening accounts and granting roles; and what takes two people."""

from datetime import date

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from accord.access.choices import Role
from accord.access.events import RoleGranted
from accord.access.models import Account, Grant
from accord.access.permissions import Permission
from accord.access.queries import takes_two
from accord.access.services.sessions import drop_all_but
from accord.audit.events import announce
from accord.audit.services import record
from accord.audit.usecase import use_case
from accord.kernel.actor import Actor
from accord.kernel.clock import now
from accord.kernel.errors import Conflict, Invalid, Refused, WrongState

SHORTEST_PASSWORD = 10


@use_case(Permission.MANAGE_ACCOUNTS)
def open_account(*, actor: Actor, username: str, name: str, password: str, language: str = "") -> Account:
    """Open a verified sign-in with a first password: for the software's owner. People invite each other instead."""
    if actor.side != "system":
        raise Refused(_("Invite the person: then nobody else ever knows the password."))
    require_strong(password, "password")
    require_free(username)
    account = Account(username=username, display_name=name, language=language, verified_at=now())
    account.set_password(password)
    account.save()
    record(actor, account, username=username)
    return account


@use_case(Permission.MANAGE_ACCOUNTS)
def grant_role(*, actor: Actor, account: Account, role: str, start: date, end: date | None = None) -> Grant:
    """Let an account hold a role for a period. A weighty one closes the account until somebody else verifies it."""
    if account.pk == actor.account_id:
        raise Refused(_("Nobody grants himself a role. Ask another administrator."))
    if role not in Role.values:
        raise Invalid(_("Choose from the list."), {"role": [_("Choose one of the roles.")]})
    if end is not None and end <= start:
        raise Invalid(_("The last day lies before the first."), {"end": [_("Choose a later day.")]})
    grant = Grant(account=account, role=role, period=DateRange(start, end), granted_by=actor.name)
    try:
        with transaction.atomic():
            grant.save()
    except IntegrityError as error:
        raise Conflict(_("The account holds this role during that time already.")) from error
    record(actor, account, role=role, start=start, end=end)
    if takes_two(role):
        put_forward(actor, account)
    announce(actor, RoleGranted(account.pk, role))
    return grant


@use_case(Permission.MANAGE_ACCOUNTS)
def end_grant(*, actor: Actor, grant: Grant, end: date) -> Grant:
    """Take a role away from an account; ``end`` is the first day without it."""
    grant = Grant.objects.select_for_update(of=("self",)).select_related("account").get(pk=grant.pk)
    if grant.period.upper is not None and grant.period.upper <= end:
        raise WrongState(_("This role has ended already."))
    record(actor, grant.account, role=grant.role, end=end)
    if end <= grant.period.lower:
        grant.delete()
        return grant
    grant.period = DateRange(grant.period.lower, end)
    grant.save(update_fields=["period"])
    return grant


@use_case(Permission.MANAGE_ACCOUNTS)
def close_account(*, actor: Actor, account: Account, reason: str = "") -> Account:
    """Close a sign-in for good: its holder is signed out and its history stays."""
    if account.pk == actor.account_id:
        raise Conflict(_("Nobody closes his own account. Ask another administrator."))
    account.is_active = False
    account.save(update_fields=["is_active"])
    record(actor, account, reason=reason, is_active=False, sessions=drop_all_but(account.pk, ""))
    return account


@use_case(Permission.SIGN_IN)
def change_password(*, actor: Actor, account: Account, old: str, new: str, here: str = "") -> None:
    """Choose another password for one's own account; every session but the one known by ``here`` ends."""
    if account.pk != actor.account_id:
        raise Refused(_("Everybody chooses his own password."))
    if not account.check_password(old):
        message = _("This is not your present password.")
        raise Invalid(message, {"old": [message]})
    require_strong(new, "new")
    account.set_password(new)
    account.save(update_fields=["password"])
    record(actor, account, sessions=drop_all_but(account.pk, here))


@use_case(Permission.SIGN_IN)
def choose_language(*, actor: Actor, account: Account, language: str) -> None:
    """Remember the language a person works in."""
    if account.pk != actor.account_id:
        raise Refused(_("Everybody chooses his own language."))
    if language not in dict(settings.LANGUAGES):
        raise Invalid(_("Choose a language from the list."), {"language": [_("Not in the list.")]})
    account.language = language
    account.save(update_fields=["language"])
    record(actor, account, language=language)


def put_forward(actor: Actor, account: Account) -> None:
    """Ask for a second pair of eyes: until somebody else has verified it again, nobody enters with this account.

    For every change that could make the account somebody else's or more powerful: another person, post or sign-in. Who
    makes it counts as the inviter from now on and cannot verify it. What the software's owner does is verified.
    """
    fields = ["invited_by", "verified_by", "verified_at"]
    account.refresh_from_db(fields=fields, from_queryset=Account.objects.select_for_update())
    waits_already = account.verified_at is None and account.invited_by == actor.account_id
    if actor.side == "system" or waits_already:
        return
    account.invited_by, account.verified_by, account.verified_at = actor.account_id, None, None
    account.save(update_fields=fields)
    record(actor, account, action="put_forward")


def require_free(username: str) -> None:
    if Account.objects.filter(username__iexact=username).exists():
        raise Conflict(_("This user name is taken. Choose another."))


def require_strong(password: str, field: str) -> None:
    """Length is what makes a password strong; rules about signs only make people write it down."""
    if len(password) < SHORTEST_PASSWORD:
        message = _("Choose a longer password: at least %(count)s characters.") % {"count": SHORTEST_PASSWORD}
        raise Invalid(message, {field: [message]})
