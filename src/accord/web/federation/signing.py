"""Coming in by a provider: to it, and back."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from accord.access.queries import account_behind
from accord.access.services import enter_by_identity
from accord.kernel.actor import system
from accord.kernel.clock import today
from accord.people.queries import actor_for, enters
from accord.web.cookies import keep
from accord.web.federation import flow
from accord.web.federation.answers import provider_of, told
from accord.web.federation.errors import Failure, Unfit, Unknown
from accord.web.federation.linking import proved
from accord.web.federation.providers import Provider
from accord.web.federation.tokens import Identity
from accord.web.home.entry import open_session
from accord.web.pages import Visit, ours, public_page


@require_GET
@public_page
def begin(request: Visit, code: str) -> HttpResponse:
    """Off to the provider; nothing but a try in this browser's session begins here."""
    provider = provider_of(code)
    returning = request.build_absolute_uri(reverse("federated-return", kwargs={"code": code}))
    onward = ours(request, request.GET.get("next", ""))
    try:
        return HttpResponseRedirect(flow.begin(request, provider, returning=returning, onward=onward))
    except Failure as failure:
        return told(request, provider, failure)


@require_GET
@public_page
def returned(request: Visit, code: str) -> HttpResponse:
    """Back from the provider, to sign in or to link."""
    provider = provider_of(code)
    try:
        started = flow.take(request, provider)
        identity = flow.complete(provider, started, request.GET)
        if not started.account:
            return _entered(request, provider, identity, started.onward)
        if started.account != str(request.actor.account_id):
            raise Unfit("somebody else is signed in than who wanted to link")
        return proved(request, provider, identity)
    except Failure as failure:
        return told(request, provider, failure)


def _entered(request: Visit, provider: Provider, identity: Identity, onward: str) -> HttpResponse:
    account: Any = account_behind(identity.issuer, identity.subject)
    if account is None or not enters(account, today()) or actor_for(account, today()).side not in provider.sides:
        raise Unknown("no account that may be entered by this identity")
    enter_by_identity(actor=system("sign-in"), account=account, issuer=identity.issuer, subject=identity.subject)
    open_session(request, account, provider.method)
    response = HttpResponseRedirect(ours(request, onward))
    if account.language:
        keep(response, settings.LANGUAGE_COOKIE_NAME, account.language)
    return response
