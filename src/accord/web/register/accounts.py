"""Roles in plain words, accounts, and one's own account."""

import secrets
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.utils.translation import gettext as _

from accord.access import services
from accord.access.permissions import Permission
from accord.access.queries import account_record, account_shown, accounts, grant_record, roles_in_words
from accord.access.sessions import here
from accord.kernel.clock import today
from accord.people.permissions import Permission as People
from accord.people.queries import person_record, persons_to_choose
from accord.people.services import give_account
from accord.web.fields import carried_out
from accord.web.pages import Visit, page, render
from accord.web.register.forms import AccountForm, EndForm, GrantForm, PasswordForm
from accord.web.sheets import Sheet, day_after, filled, page_of, posted


@page(Permission.SIGN_IN)
def roles(request: Visit) -> HttpResponse:
    """Everybody may read what each role may do."""
    return render(request, "register/roles.html", {"roles": roles_in_words(), "own": request.actor.roles})


@page(Permission.SIGN_IN)
def own(request: Visit) -> HttpResponse:
    shown = account_shown(request.actor, request.day)
    return render(request, "register/account.html", {"a": shown, "choices": settings.LANGUAGES})


@page(Permission.SIGN_IN)
def password(request: Visit) -> HttpResponse:
    account: Any = request.user

    def change(found: dict[str, Any]) -> bool:
        this = here(request.session)
        services.limited(
            request.actor,
            lambda: services.change_password(
                actor=request.actor, account=account, old=found["old"], new=found["new"], here=this
            ),
        )
        # Other sign-ins of this account end; this one goes on.
        update_session_auth_hash(request, account)
        return True

    # Without a key: a browser must not keep passwords as it keeps other unsent forms.
    sheet = Sheet(
        "", _("Change the password"), _("Change it"), _("Your password is changed."), page_of("account"),
        _("The longer, the better: a short sentence is easy to remember."),
    )  # fmt: skip
    return filled(request, sheet, PasswordForm(posted(request)), change)


@page(Permission.MANAGE_ACCOUNTS)
def listing(request: Visit) -> HttpResponse:
    return render(request, "register/accounts.html", {"accounts": accounts(request.day)})


@page(Permission.MANAGE_ACCOUNTS)
def new(request: Visit) -> HttpResponse:
    """Open an account; the first password is shown once, in the answer and nowhere else."""
    actor = request.actor
    persons = []
    if actor.may(People.MANAGE_REGISTER):
        persons = [(str(p.id), p.name) for p in persons_to_choose(actor, request.language, without_account=True)]
    form = AccountForm(posted(request), persons=persons)
    if request.method == "POST" and form.is_valid():
        first = form.cleaned_data["password"] or secrets.token_urlsafe(12)
        opened = carried_out(form, lambda: _open(request, form.cleaned_data, first))
        if opened is not None:
            return render(request, "register/account_opened.html", {"opened": opened, "password": first})
    sheet = Sheet("", _("Open an account"), _("Open it"), "", page_of("accounts"))
    status = 422 if request.method == "POST" else 200
    return render(request, "mandate/form.html", {"sheet": sheet, "form": form}, status=status)


def _open(request: Visit, found: dict[str, Any], first: str) -> Any:
    actor = request.actor
    person = person_record(actor, UUID(found["person"])) if found["person"] else None
    account = services.open_account(
        actor=actor, username=found["username"], name=found["name"], password=first, language=found["language"]
    )
    if person:
        give_account(actor=actor, person=person, account=account)
    if found["role"]:
        services.grant_role(actor=actor, account=account, role=found["role"], start=today())
    return account


@page(Permission.MANAGE_ACCOUNTS)
def grant(request: Visit, key: UUID) -> HttpResponse:
    account = account_record(request.actor, key)
    form = GrantForm(posted(request), initial={"start": today()})
    sheet = Sheet(
        "grant-role", _("Grant a role"), _("Grant it"), _("The role is granted."), page_of("accounts"),
        _("What each role may do stands under roles in plain words."), str(account),
    )  # fmt: skip
    return filled(
        request, sheet, form,
        lambda found: services.grant_role(
            actor=request.actor, account=account, role=found["role"], start=found["start"], end=day_after(found["end"])
        ),
    )  # fmt: skip


@page(Permission.MANAGE_ACCOUNTS)
def end_grant(request: Visit, key: UUID) -> HttpResponse:
    held = grant_record(request.actor, key)
    form = EndForm(posted(request), initial={"end": today()})
    del form.fields["reason"]
    sheet = Sheet(
        "end-grant", _("End a role"), _("End it"), _("The role ends on that day."), page_of("accounts"), "", str(held),
        kind="danger",
    )  # fmt: skip
    return filled(
        request, sheet, form,
        lambda found: services.end_grant(actor=request.actor, grant=held, end=day_after(found["end"]) or today()),
    )  # fmt: skip


@page(Permission.MANAGE_ACCOUNTS)
def close(request: Visit, key: UUID) -> HttpResponse:
    account = account_record(request.actor, key)
    form = EndForm(posted(request))
    del form.fields["end"]
    sheet = Sheet(
        "close-account", _("Close the account"), _("Close it"), _("The account is closed."), page_of("accounts"),
        _("Nobody can sign in with it any more; what it did stays on record."), str(account), kind="danger",
    )  # fmt: skip
    return filled(
        request, sheet, form,
        lambda found: services.close_account(actor=request.actor, account=account, reason=found["reason"]),
    )  # fmt: skip


@page(Permission.MANAGE_ACCOUNTS, proven=True)
def lost_device(request: Visit, key: UUID) -> HttpResponse:
    account = account_record(request.actor, key)
    form = EndForm(posted(request))
    del form.fields["end"]
    sheet = Sheet(
        "lost-device", _("Lost passkey or code app"), _("Take them away"),
        _("Passkeys, code app and recovery codes of this account are taken away."), page_of("accounts"),
        _("For somebody who has lost his device, and of whom you know that it is he who asks. He signs in with his "
          "password alone and adds a new passkey; all his sessions end."),
        str(account), kind="danger",
    )  # fmt: skip
    return filled(
        request, sheet, form,
        lambda found: services.remove_credentials(actor=request.actor, account=account, reason=found["reason"]),
    )  # fmt: skip
