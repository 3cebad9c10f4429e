"""Passkeys, code app and recovery codes of one's own account. Changing any of them is a dangerous act."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

import pyotp
import segno
from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accord.access import queries, services
from accord.access.permissions import Permission
from accord.access.sessions import here
from accord.access.webauthn import ask_to_enrol
from accord.kernel.errors import AccordError, Conflict, Invalid
from accord.web.fields import WordsForm, carried_out
from accord.web.home.entry import CHALLENGE
from accord.web.pages import Visit, page, render
from accord.web.signing_in import PASSKEY, party_of


class PasskeyForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name of the passkey"),
        help_text=gettext_lazy("So that you know it again, for example: my telephone."),
        max_length=80,
    )


class CodeForm(WordsForm):
    code = forms.CharField(
        label=gettext_lazy("Code the app shows"),
        max_length=20,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code", "dir": "ltr"}),
    )


@page(Permission.SIGN_IN)
def overview(request: Visit) -> HttpResponse:
    return _overview(request, PasskeyForm())


@page(Permission.SIGN_IN, proven=True)
def passkey_options(request: Visit) -> HttpResponse:
    """What the browser needs to make a passkey."""
    party, account = party_of(request), queries.signed_in(request.user)
    if request.method != "POST" or party is None or account is None:
        return JsonResponse({}, status=HTTPStatus.CONFLICT)
    options, request.session[CHALLENGE] = ask_to_enrol(
        party,
        holder=account.pk.bytes,
        username=account.username,
        name=account.display_name,
        known=queries.credential_ids(account),
    )
    return JsonResponse(options)


@page(Permission.SIGN_IN, proven=True)
def add_passkey(request: Visit) -> HttpResponse:
    if request.method != "POST":
        return _home()
    party, form, made = party_of(request), PasskeyForm(request.POST), request.POST.get(PASSKEY, "")
    if not form.is_valid() or party is None or not made:
        # Without the browser's part: it was asked who is there in between, or the script did not run.
        return _overview(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        services.add_passkey(
            actor=request.actor, name=form.cleaned_data["name"], party=party,
            challenge=request.session.pop(CHALLENGE, None), response=made, here=here(request.session),
        )  # fmt: skip
    except (Invalid, Conflict) as error:
        return _overview(request, form, error, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, _("The passkey is added. Next time you sign in with it alone."))
    return _home()


@page(Permission.SIGN_IN, proven=True)
def remove_passkey(request: Visit, key: UUID) -> HttpResponse:
    if request.method == "POST":
        services.remove_passkey(actor=request.actor, key=key, here=here(request.session))
        messages.success(request, _("The passkey is removed here. Delete it on your device too."))
    return _home()


@page(Permission.SIGN_IN, proven=True)
def prepare_code_app(request: Visit) -> HttpResponse:
    if request.method == "POST":
        services.prepare_code_app(actor=request.actor)
        return HttpResponseRedirect(reverse("code-app"))
    return _home()


@page(Permission.SIGN_IN, proven=True)
def code_app(request: Visit) -> HttpResponse:
    """The secret as a picture and in letters, until the first code made from it is typed in."""
    secret = queries.secret_to_confirm(request.actor)
    account = queries.signed_in(request.user)
    if not secret or account is None:
        return _home()
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code, this = form.cleaned_data["code"], here(request.session)
        if carried_out(form, lambda: _confirmed(request, code, this)):
            messages.success(request, _("The code app counts from now on. Make recovery codes next, if you have none."))
            return _home()
    address = pyotp.TOTP(secret).provisioning_uri(name=account.username, issuer_name="Accord")
    context = {
        "form": form,
        **_picture(address),
        "groups": _in_fours(secret),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "account/code_app.html", context, status=status)


@page(Permission.SIGN_IN, proven=True)
def remove_code_app(request: Visit) -> HttpResponse:
    if request.method == "POST":
        services.remove_code_app(actor=request.actor, here=here(request.session))
        messages.success(request, _("The code app no longer counts."))
    return _home()


@page(Permission.SIGN_IN, proven=True)
def recovery_codes(request: Visit) -> HttpResponse:
    """A fresh set, shown in this answer and nowhere else."""
    if request.method != "POST":
        return _home()
    codes = services.renew_recovery_codes(actor=request.actor, here=here(request.session))
    return render(request, "account/recovery_codes.html", {"codes": ["-".join(_in_fours(code)) for code in codes]})


def _confirmed(request: Visit, code: str, this: str) -> bool:
    services.confirm_code_app(actor=request.actor, code=code, here=this)
    return True


def _picture(address: str) -> dict[str, Any]:
    """Drawn in the page itself: the browser's wall lets in no picture that is made of text."""
    rows = [list(row) for row in segno.make(address, error="m").matrix_iter(border=4)]
    dark = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    return {"side": len(rows), "squares": "".join(dark)}


def _in_fours(code: str) -> list[str]:
    return [code[start : start + 4] for start in range(0, len(code), 4)]


def _home() -> HttpResponse:
    return HttpResponseRedirect(reverse("security"))


def _overview(
    request: Visit, form: PasskeyForm, problem: AccordError | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "has": queries.credentials(request.actor),
        "is_possible": party_of(request) is not None,
        "problem": str(problem) if problem else "",
    }
    return render(request, "account/security.html", context, status=status)
