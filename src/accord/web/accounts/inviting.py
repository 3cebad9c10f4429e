"""Inviting a person: the link, shown once and sent if mail is set up; and taking the invitation up."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accord.access import services
from accord.access.permissions import Permission
from accord.access.queries import account_record, email_of, invited, number_of, verifying_roles
from accord.kernel.clock import now, today
from accord.people.permissions import Permission as People
from accord.people.queries import person_record, persons_to_choose
from accord.people.services import give_account
from accord.web import words
from accord.web.accounts.forms import ChosenPassword, InviteForm
from accord.web.accounts.mail import send_link
from accord.web.fields import WordsForm, carried_out
from accord.web.pages import Visit, page, public_page, render
from accord.web.sheets import Sheet, page_of, posted


@page(Permission.MANAGE_ACCOUNTS)
def new(request: Visit) -> HttpResponse:
    actor = request.actor
    persons = []
    if actor.may(People.MANAGE_REGISTER):
        persons = [(str(p.id), p.name) for p in persons_to_choose(actor, request.language, without_account=True)]
    form = InviteForm(posted(request), persons=persons)
    if request.method == "POST" and form.is_valid():
        made = carried_out(form, lambda: _invite(request, form.cleaned_data))
        if made is not None:
            return _link_shown(request, *made)
    lead = _("The person chooses a password with a link; then somebody else verifies whose account it is.")
    sheet = Sheet("", _("Invite a person"), _("Invite"), "", page_of("accounts"), lead)
    status = 422 if request.method == "POST" else 200
    return render(request, "mandate/form.html", {"sheet": sheet, "form": form}, status=status)


def _invite(request: Visit, found: dict[str, Any]) -> tuple[Any, str]:
    actor = request.actor
    person = person_record(actor, UUID(found["person"])) if found["person"] else None
    account, secret = services.invite(
        actor=actor, username=found["username"], name=found["name"], language=found["language"], email=found["email"]
    )
    if person:
        give_account(actor=actor, person=person, account=account)
    if found["role"]:
        services.grant_role(actor=actor, account=account, role=found["role"], start=today())
    return account, secret


@page(Permission.MANAGE_ACCOUNTS)
def renew(request: Visit, key: UUID) -> HttpResponse:
    """A new link, for who lost his or his password."""
    account = account_record(request.actor, key)
    form = WordsForm(posted(request))
    if request.method == "POST" and form.is_valid():
        secret = carried_out(form, lambda: services.renew_invitation(actor=request.actor, account=account))
        if secret is not None:
            return _link_shown(request, account, secret)
    lead = _("Links from before end. Nobody enters until the link is taken up and somebody else has verified it.")
    sheet = Sheet("", _("Make a new link"), _("Make it"), "", page_of("accounts"), lead, str(account), kind="danger")
    status = 422 if request.method == "POST" else 200
    return render(request, "mandate/form.html", {"sheet": sheet, "form": form}, status=status)


def _link_shown(request: Visit, account: Any, secret: str) -> HttpResponse:
    link = request.build_absolute_uri(reverse("invitation", kwargs={"secret": secret}))
    email = email_of(request.actor, account.pk)
    context = {
        "invitee": account,
        "link": link,
        "email": email,
        "mail": send_link(email, link, account.language or request.language),
        "until": now() + services.GOOD_FOR,
        "verifiers": words.listed(verifying_roles()),
    }
    return render(request, "accounts/invited.html", context)


@public_page
def accept(request: Visit, secret: str) -> HttpResponse:
    """What the link opens, in the language of the invited unless this browser has chosen another."""
    found = invited(secret)
    chosen = settings.LANGUAGE_COOKIE_NAME in request.COOKIES
    with translation.override(found.language if found.language and not chosen else request.language):
        form = ChosenPassword(posted(request))
        if request.method == "POST" and form.is_valid():
            password = form.cleaned_data["new"]
            account = carried_out(
                form, lambda: services.accept_invitation(actor=found.actor, secret=secret, password=password)
            )
            if account is not None:
                context = {"number": number_of(account), "verifiers": words.listed(verifying_roles())}
                return render(request, "accounts/accepted.html", context)
        status = 422 if request.method == "POST" else 200
        return render(request, "accounts/accept.html", {"form": form, "invited": found}, status=status)
