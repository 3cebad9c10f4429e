"""Roles in plain words; and accounts as an administrator keeps them."""

from collections import Counter
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from accord.access import services
from accord.access.permissions import Permission
from accord.access.queries import account_record, grant_record, roles_in_words
from accord.kernel.clock import today
from accord.people.choices import Standing
from accord.people.queries import account_holders
from accord.web.accounts.forms import GrantForm
from accord.web.pages import Visit, page, render
from accord.web.register.forms import EndForm
from accord.web.sheets import Sheet, day_after, filled, page_of, posted


@page(Permission.SIGN_IN)
def roles(request: Visit) -> HttpResponse:
    """Everybody may read what each role may do."""
    return render(request, "accounts/roles.html", {"roles": roles_in_words(), "own": request.actor.roles})


@page(Permission.MANAGE_ACCOUNTS)
def listing(request: Visit) -> HttpResponse:
    """Who may sign in, and who may not and why."""
    holders = account_holders(request.actor, request.language, request.day)
    counted = Counter(holder.standing for holder in holders)
    chosen = request.GET.get("show", "")
    tabs = [{"label": _("All"), "url": page_of("accounts"), "current": not chosen, "count": len(holders)}]
    tabs += [
        {
            "label": standing.label,
            "url": f"{page_of('accounts')}?show={standing}",
            "current": chosen == standing,
            "count": counted[standing],
        }
        for standing in Standing
        if standing in counted and standing != Standing.OPEN
    ]
    shown = [holder for holder in holders if chosen in {"", holder.standing}]
    return render(request, "accounts/accounts.html", {"holders": shown, "tabs": tabs})


@page(Permission.MANAGE_ACCOUNTS)
def grant(request: Visit, key: UUID) -> HttpResponse:
    account = account_record(request.actor, key)
    form = GrantForm(posted(request), initial={"start": today()})
    sheet = Sheet(
        "grant-role", _("Grant a role"), _("Grant it"), _("The role is granted."), page_of("accounts"),
        _("A role that signs, manages accounts or verifies closes the account until somebody else has verified it."),
        str(account),
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
