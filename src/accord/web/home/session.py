"""Signing out; language, appearance and as-of day of this browser."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accord.access.queries import signed_in
from accord.access.services import choose_language
from accord.kernel.clock import day_written, today
from accord.web.cookies import keep
from accord.web.pages import AS_OF, Visit, back, public_page


@public_page
def sign_out(request: Visit) -> HttpResponse:
    response = HttpResponseRedirect(reverse("sign-in"))
    if request.method == "POST":
        logout(request)
        messages.success(request, _("You are signed out."))
        response.delete_cookie(settings.AS_OF_COOKIE_NAME)
        response.headers["Clear-Site-Data"] = '"storage"'  # what was typed and not sent
    return response


@public_page
def language(request: Visit) -> HttpResponse:
    """Change the language of this browser, and of the account if signed in."""
    response = back(request)
    code = request.POST.get("language", "")
    if request.method == "POST" and code in dict(settings.LANGUAGES):
        account = signed_in(request.user)
        if account and account.pk == request.actor.account_id:  # whose account was stopped meanwhile is nobody here
            choose_language(actor=request.actor, account=account, language=code)
        translation.activate(code)
        keep(response, settings.LANGUAGE_COOKIE_NAME, code)
    return response


@public_page
def theme(request: Visit) -> HttpResponse:
    response = back(request)
    chosen = request.POST.get("theme", "")
    if request.method == "POST" and chosen in {"light", "dark", "system"}:
        keep(response, settings.THEME_COOKIE_NAME, chosen)
    return response


@public_page
def as_of(request: Visit) -> HttpResponse:
    """Read every page as of a day; an empty day means today."""
    response = back(request)
    chosen = request.POST.get(AS_OF, "").strip()
    try:
        day = day_written(chosen) if chosen else today()
    except ValueError:
        messages.error(request, _("This is not a day. Enter it as year-month-day, such as 2021-06-30."))
        return response
    if day == today():
        response.delete_cookie(settings.AS_OF_COOKIE_NAME)
    else:
        keep(response, settings.AS_OF_COOKIE_NAME, day.isoformat(), seconds=None)
    return response
