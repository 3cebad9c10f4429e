"""The forms of signing in, what was typed before one had to, and what a request says about passkeys."""

from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accord.access.queries import credentials, may_enter, number_of, verifying_roles
from accord.access.webauthn import Party
from accord.kernel.actor import Actor
from accord.kernel.clock import today
from accord.web import words

PASSKEY, CODE, PASSWORD = "proof_passkey", "proof_code", "proof_password"
NOT_CARRIED = {"csrfmiddlewaretoken", "username", "password", "resume", "next", PASSKEY, CODE, PASSWORD}


class SignIn(forms.Form):
    username = forms.CharField(label=gettext_lazy("User name"), max_length=80)
    password = forms.CharField(label=gettext_lazy("Password"), widget=forms.PasswordInput, max_length=200, strip=False)


def why_not(account: Any) -> str:
    """Why somebody whose password is right does not enter today, and whom to ask."""
    if may_enter(account, today()):
        return _("None of your tours covers this day, so your account is closed. Ask your administrator.")
    told = _(
        "Nobody has verified yet that this account is yours. Read out the number %(number)s to one of these: %(who)s."
    )
    return told % {"number": words.digits(number_of(account)), "who": words.listed(verifying_roles())}


def sign_in_context(request: HttpRequest, form: SignIn, *, resume: str = "") -> dict[str, Any]:
    """``resume`` is the address to which the typed fields go again after signing in."""
    return {
        "form": form,
        "problem": "",
        "action": reverse("sign-in"),
        "passkeys": party_of(request) is not None,
        "demonstration": settings.DEMONSTRATION,
        **carried_context(request, resume=resume),
    }


def proof_context(
    request: HttpRequest, actor: Actor, *, again: bool, resume: str = "", problem: str = ""
) -> dict[str, Any]:
    """What to ask of somebody: his passkey or a code where he has one, else the password.

    ``again`` tells that he is signed in and about to do something dangerous.
    """
    has = credentials(actor)
    return {
        "again": again,
        "action": reverse("prove" if again else "second-step"),
        "problem": problem,
        "by_passkey": bool(has.passkeys) and party_of(request) is not None,
        "by_code": has.code_app_since is not None,
        "by_recovery_code": has.codes_left > 0,
        "by_password": not has.has_second_step,
        **carried_context(request, resume=resume),
    }


def carried_context(request: HttpRequest, *, resume: str) -> dict[str, Any]:
    return {
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "resume": resume,
        "carried": [
            {"name": name, "value": value}
            for name in request.POST
            if name not in NOT_CARRIED
            for value in request.POST.getlist(name)
        ],
    }


def party_of(request: HttpRequest) -> Party | None:
    """Whom passkeys are tied to at this address; None where browsers have none: without HTTPS, or at a bare number.

    Behind a web server that changes the host name, the browser's own word counts if the mission has listed it.
    """
    own, said = f"{request.scheme}://{request.get_host()}", request.headers.get("Origin", "")
    origin = said if said in settings.CSRF_TRUSTED_ORIGINS else own
    host = urlsplit(origin).hostname or ""
    is_safe = origin.startswith("https://") or host == "localhost"
    return Party(host, origin) if is_safe and not _is_number(host) else None


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
