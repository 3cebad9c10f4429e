"""The sign-in form, and what was typed before a session ended."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accord.access.queries import may_enter, number_of, verifying_roles
from accord.kernel.clock import today
from accord.web import words

NOT_CARRIED = {"csrfmiddlewaretoken", "username", "password", "resume", "next"}


class SignIn(forms.Form):
    username = forms.CharField(label=gettext_lazy("User name"), max_length=80)
    password = forms.CharField(label=gettext_lazy("Password"), widget=forms.PasswordInput, max_length=200)


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
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "resume": resume,
        "carried": [
            {"name": name, "value": value}
            for name in request.POST
            if name not in NOT_CARRIED
            for value in request.POST.getlist(name)
        ],
        "demonstration": settings.DEMONSTRATION,
    }
