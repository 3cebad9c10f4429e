"""The sign-in form, and what was typed before a session ended."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

NOT_CARRIED = {"csrfmiddlewaretoken", "username", "password", "resume", "next"}


class SignIn(forms.Form):
    username = forms.CharField(label=_("User name"), max_length=80)
    password = forms.CharField(label=_("Password"), widget=forms.PasswordInput, max_length=200, strip=False)


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
