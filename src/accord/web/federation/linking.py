"""Which identities open an account: linked by its holder, or entered by an administrator at the invitation."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.access.permissions import Permission
from accord.access.queries import account_record, identity_record, own_identities
from accord.access.services import assign_identity, link_identity, unlink_identity
from accord.access.sessions import is_proven
from accord.kernel.actor import Actor
from accord.kernel.clock import now
from accord.kernel.errors import NotFound, Refused
from accord.web.federation import flow
from accord.web.federation.answers import provider_of, told
from accord.web.federation.errors import Failure
from accord.web.federation.forms import IdentityForm
from accord.web.federation.providers import Provider, providers
from accord.web.federation.tokens import Identity
from accord.web.fields import WordsForm
from accord.web.pages import Visit, page, render
from accord.web.sheets import Sheet, filled, page_of, posted

PROVED_KEY = "federation_proved"
RECENTLY = timedelta(minutes=10)


@page(Permission.SIGN_IN)
def own(request: Visit) -> HttpResponse:
    known = {provider.issuer: provider.shown_name for provider in providers().values()}
    identities = [{"row": row, "where": known.get(row.issuer, row.issuer)} for row in own_identities(request.actor)]
    offered = [provider for provider in providers().values() if _may_link(request.actor, provider)]
    return render(request, "federation/own.html", {"identities": identities, "offered": offered})


@page(Permission.SIGN_IN)
def begin(request: Visit, code: str) -> HttpResponse:
    provider = provider_of(code)
    if not _may_link(request.actor, provider):
        raise Refused(_("Your account cannot be linked to this provider. Ask your administrator."))
    if not is_proven(request.session):
        messages.info(request, _("Sign in once more first: linking an identity opens your account for good."))
        return redirect_to_login(request.get_full_path(), reverse("sign-in"))
    returning = request.build_absolute_uri(reverse("federated-return", kwargs={"code": code}))
    try:
        address = flow.begin(request, provider, returning=returning, account=str(request.actor.account_id))
    except Failure as failure:
        return told(request, provider, failure)
    return HttpResponseRedirect(address)


def proved(request: Visit, provider: Provider, identity: Identity) -> HttpResponse:
    """Back from the provider: remember who was proved, and let the holder of the account confirm it here."""
    request.session[PROVED_KEY] = {
        "provider": provider.code,
        "subject": identity.subject,
        "name": flow.name_of(provider, identity),
        "account": str(request.actor.account_id),
        "at": now().isoformat(),
    }
    return HttpResponseRedirect(reverse("confirm-identity"))


@page(Permission.SIGN_IN)
def confirm(request: Visit) -> HttpResponse:
    kept: dict[str, str] = request.session.get(PROVED_KEY, {})
    if kept.get("account") != str(request.actor.account_id) or now() - datetime.fromisoformat(kept["at"]) > RECENTLY:
        raise NotFound(_("There is nothing to confirm. Start again under My account."))
    provider = provider_of(kept["provider"])

    def link(_found: dict[str, Any]) -> Any:
        account = account_record(request.actor, UUID(kept["account"]))
        linked = link_identity(actor=request.actor, account=account, issuer=provider.issuer, subject=kept["subject"])
        del request.session[PROVED_KEY]
        return linked

    sheet = Sheet(
        "", _("Link this identity"), _("Link it"), _("The identity is linked."), page_of("identities"),
        _("You proved that you are %(name)s at %(provider)s. From now on this opens your account.")
        % {"name": kept["name"], "provider": provider.shown_name},
    )  # fmt: skip
    return filled(request, sheet, WordsForm(posted(request)), link)


@page(Permission.SIGN_IN)
def unlink(request: Visit, key: UUID) -> HttpResponse:
    identity = identity_record(request.actor, key)
    method = next((p.method for p in providers().values() if p.issuer == identity.issuer), "")

    def take_away(_found: dict[str, Any]) -> bool:
        unlink_identity(actor=request.actor, identity=identity, method=method)
        return True

    sheet = Sheet(
        "", _("Unlink this identity"), _("Unlink it"), _("The identity is unlinked."), page_of("identities"),
        _("It opens your account no longer, and who came in by it is signed out."), identity.subject, kind="danger",
    )  # fmt: skip
    return filled(request, sheet, WordsForm(posted(request)), take_away)


@page(Permission.MANAGE_ACCOUNTS)
def assign(request: Visit, key: UUID) -> HttpResponse:
    account = account_record(request.actor, key)
    known = providers()
    form = IdentityForm(posted(request), providers=[(code, p.shown_name) for code, p in known.items()])
    sheet = Sheet(
        "", _("Identity at a provider"), _("Enter it"), _("The identity is entered."), page_of("accounts"),
        _("For an invited account, before it is verified. Copy the subject from the provider; a name is no subject."),
        str(account),
    )  # fmt: skip
    return filled(
        request, sheet, form,
        lambda found: assign_identity(
            actor=request.actor, account=account, issuer=known[found["provider"]].issuer, subject=found["subject"]
        ),
    )  # fmt: skip


def _may_link(actor: Actor, provider: Provider) -> bool:
    return provider.self_linking and actor.side in provider.sides
