"""One's own account: roles, tour, security, tokens, language, and what Accord keeps of its holder."""

from typing import Any

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.utils.translation import gettext as _

from accord.access import services
from accord.access.permissions import Permission
from accord.access.queries import account_shown, email_of, tokens_of
from accord.access.sessions import here
from accord.kernel.actor import Actor
from accord.people.permissions import Permission as People
from accord.people.queries import account_holders
from accord.web.accounts.forms import PasswordForm
from accord.web.pages import Visit, page, render
from accord.web.sheets import Sheet, filled, page_of, posted


@page(Permission.SIGN_IN)
def own(request: Visit) -> HttpResponse:
    actor = request.actor
    shown = account_shown(actor, request.day)
    (holder,) = account_holders(actor, request.language, request.day, only=shown.id)
    return render(
        request,
        "accounts/own.html",
        {
            "a": shown,
            "h": holder,
            "choices": settings.LANGUAGES,
            "security": _security(actor),
            "tokens": sum(token.is_good for token in tokens_of(actor, shown.id)),
            "email": email_of(actor, shown.id),
            "may_read_register": actor.may(People.READ_REGISTER),
        },
    )


def _security(actor: Actor) -> list[dict[str, str]]:
    """What protects the account, each with the page where its holder changes it."""
    found = [
        {
            "title": _("Password"),
            "why": _("Other sign-ins of this account end when you change it."),
            "label": _("Change the password"),
            "url": page_of("change-password"),
        },
        {
            "title": _("Passkeys and codes"),
            "why": _("A passkey, or a code beside the password, keeps others out who learn your password."),
            "label": _("Sign-in and security"),
            "url": page_of("security"),
        },
        {
            "title": _("Where you are signed in"),
            "why": _("Browsers in which your account is open; end those you do not know."),
            "label": _("See them"),
            "url": page_of("sessions"),
        },
    ]
    if actor.may(Permission.READ_COMPARTMENTS):
        found.append(
            {
                "title": _("Need-to-know"),
                "why": _("The compartments there are, those you are in, and whom to ask."),
                "label": _("See compartments"),
                "url": page_of("compartments"),
            }
        )
    return found


@page(Permission.SIGN_IN)
def password(request: Visit) -> HttpResponse:
    account: Any = request.user

    def change(found: dict[str, Any]) -> bool:
        this = here(request.session)
        services.limited(
            request.actor,
            lambda: services.change_password(
                actor=request.actor, account=account, old=found["old"], new=found["new"], here=this
            ),
        )
        # Other sign-ins of this account end; this one goes on.
        update_session_auth_hash(request, account)
        return True

    # Without a key: a browser must not keep passwords as it keeps other unsent forms.
    sheet = Sheet("", _("Change the password"), _("Change it"), _("Your password is changed."), page_of("account"))
    return filled(request, sheet, PasswordForm(posted(request)), change)
