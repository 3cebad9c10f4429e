"""Personal access tokens: one's own, and those of others for who manages accounts."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from accord.access import services
from accord.access.permissions import Permission
from accord.access.queries import account_record, scopes_of, token_record, tokens_of
from accord.kernel.clock import today
from accord.people.queries import tour_until
from accord.web import words
from accord.web.accounts.forms import TokenForm
from accord.web.fields import WordsForm, carried_out
from accord.web.pages import Visit, page, render
from accord.web.sheets import Sheet, filled, page_of, posted

FIRST_OFFER = timedelta(days=30)


@page(Permission.SIGN_IN)
def listing(request: Visit) -> HttpResponse:
    return _listed(request, request.actor.account_id, "")


@page(Permission.MANAGE_ACCOUNTS)
def of_account(request: Visit, key: UUID) -> HttpResponse:
    return _listed(request, key, str(account_record(request.actor, key)))


def _listed(request: Visit, account_id: Any, name: str) -> HttpResponse:
    tokens = tokens_of(request.actor, account_id)
    return render(request, "accounts/tokens.html", {"tokens": tokens, "of": name, "is_own": not name})


@page(Permission.SIGN_IN)
def new(request: Visit) -> HttpResponse:
    """The token is shown once, in the answer and nowhere else."""
    actor = request.actor
    until = tour_until(actor, today())
    last = min(filter(None, [today() + FIRST_OFFER, until]))
    scopes = [(scope.value, scope.label) for scope in scopes_of(actor)]
    form = TokenForm(posted(request), scopes=scopes, until=until, initial={"last_day": last})
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        secret = carried_out(
            form,
            lambda: services.create_token(
                actor=actor, name=found["name"], scopes=found["scopes"], last_day=found["last_day"]
            ),
        )
        if secret is not None:
            return render(request, "accounts/token_made.html", {"secret": secret, **found})
    lead = _("A program reads with it in your name: it changes nothing, and it is good for %(days)s days at most.")
    sheet = Sheet(
        "", _("Make a token"), _("Make it"), "", page_of("tokens"), lead % {"days": words.number(services.LONGEST.days)}
    )
    status = 422 if request.method == "POST" else 200
    return render(request, "mandate/form.html", {"sheet": sheet, "form": form}, status=status)


@page(Permission.SIGN_IN)
def end(request: Visit, key: UUID) -> HttpResponse:
    token = token_record(request.actor, key)
    is_own = token.account_id == request.actor.account_id
    listed = page_of("tokens") if is_own else page_of("account-tokens", token.account_id)
    sheet = Sheet(
        "", _("End a token"), _("End it"), _("The token is ended."), listed,
        _("Whatever reads with it stops at the next request."), str(token), kind="danger",
    )  # fmt: skip

    def finish(_found: dict[str, Any]) -> bool:
        services.end_token(actor=request.actor, token=token)
        return True

    return filled(request, sheet, WordsForm(posted(request)), finish)
