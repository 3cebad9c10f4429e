"""A second pair of eyes: somebody who manages no accounts confirms whose an account is."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from accord.access import services
from accord.access.choices import side_of
from accord.access.keyed import digest
from accord.access.permissions import Permission
from accord.access.queries import account_to_verify, accounts_to_verify, identities_to_verify, roles_of
from accord.kernel.clock import today
from accord.mandate.queries.authorities import matters_of
from accord.people.choices import Side
from accord.people.queries import account_holders
from accord.web import words
from accord.web.accounts.forms import VerifyForm
from accord.web.pages import Visit, page, render
from accord.web.sheets import Sheet, filled, page_of, posted


@page(Permission.VERIFY_ACCOUNTS)
def waiting(request: Visit) -> HttpResponse:
    return render(request, "accounts/waiting.html", {"waiting": accounts_to_verify(request.actor, today())})


@page(Permission.VERIFY_ACCOUNTS)
def verify(request: Visit, key: UUID) -> HttpResponse:
    """What is confirmed, in plain words; and the number that ties it to the person who was asked."""
    account = account_to_verify(request.actor, key)
    (holder,) = account_holders(request.actor, request.language, today(), only=key)
    sheet = Sheet(
        "", _("Verify an account"), _("I asked the person: it is so"),
        _("The account is verified. Its holder may sign in."), page_of("verify-accounts"),
        _("Ask the person face to face or by telephone, and take the number from nobody else."),
    )  # fmt: skip

    def confirm(found: dict[str, Any]) -> Any:
        return services.verify_account(actor=request.actor, account=account, number=found["number"])

    signs = matters_of([post.id for post in holder.posts], today())
    opens = [(one.issuer, one.subject) for one in identities_to_verify(request.actor, key)]
    seen = digest("seen", repr((holder, signs, opens)))
    if request.method == "POST" and request.POST.get("seen") != seen:
        messages.error(request, _("What you confirm has changed meanwhile. Read it again."))
        return HttpResponseRedirect(request.path)
    crosses = any(side_of(role) != (holder.side or Side.MISSION) for role in roles_of(account, today()))
    context = {"h": holder, "signs": words.listed(signs), "opens": opens, "crosses": crosses, "seen": seen}
    return filled(
        request, sheet, VerifyForm(posted(request)), confirm, context=context,
        possible=not holder.account.is_verified and holder.account.is_active, template="accounts/verify.html",
    )  # fmt: skip
