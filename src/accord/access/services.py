"""Opening accounts and granting roles."""

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from accord.access.models import Account, Grant
from accord.access.permissions import Permission
from accord.audit.services import record
from accord.audit.usecase import use_case
from accord.kernel.actor import Actor
from accord.kernel.errors import Conflict


@use_case(Permission.MANAGE_ACCOUNTS)
def open_account(*, actor: Actor, username: str, name: str, password: str, language: str = "") -> Account:
    """Open a sign-in with a first password. It may do nothing until a role is granted."""
    if Account.objects.filter(username__iexact=username).exists():
        raise Conflict(_("This user name is taken. Choose another."))
    account = Account(username=username, display_name=name, language=language)
    account.set_password(password)
    account.save()
    record(actor, account, username=username)
    return account


@use_case(Permission.MANAGE_ACCOUNTS)
def grant_role(*, actor: Actor, account: Account, role: str, start: date, end: date | None = None) -> Grant:
    """Let an account hold a role for a period."""
    grant = Grant.objects.create(account=account, role=role, period=DateRange(start, end), granted_by=actor.name)
    record(actor, account, role=role, start=start, end=end)
    return grant


@use_case(Permission.SIGN_IN)
def choose_language(*, actor: Actor, account: Account, language: str) -> None:
    """Remember the language a person works in."""
    account.language = language
    account.save(update_fields=["language"])
    record(actor, account, language=language)
