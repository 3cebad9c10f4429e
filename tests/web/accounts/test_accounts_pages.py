"""Roles in plain words, accounts as an administrator keeps them, and one's own account."""

import pytest
from django.test import Client
from django.urls import reverse

from accord.access.models import Account, Grant
from accord.config.demonstration import DEMONSTRATION
from accord.kernel.clock import now, today
from tests.web.conftest import Mission
from tests.web.register.conftest import queries


def body(nmi: Mission, path: str, username: str, language: str = "en") -> str:
    answer = nmi.client(username, language).get(path)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


def test_roles_are_explained_to_everybody(nmi: Mission) -> None:
    for username in nmi.accounts:
        page = body(nmi, "/roles/", username)
        assert "Suspend, resume or withdraw consent at any time" in page
        assert "Yours" in page


def test_accounts_are_for_the_administrator(nmi: Mission) -> None:
    assert "chief" in body(nmi, "/accounts/", "admin")
    client = nmi.client("chief")
    for path in ("/accounts/", "/accounts/new/"):
        assert client.get(path).status_code == 403
    assert client.post(reverse("grant-role", kwargs={"key": nmi.accounts["chief"].pk})).status_code == 403


def test_role_is_granted_and_ended(nmi: Mission) -> None:
    account = nmi.accounts["advisor"]
    path = reverse("grant-role", kwargs={"key": account.pk})
    assert nmi.client("admin").post(path, {"role": "chief", "start": today().isoformat()}).status_code == 302
    again = nmi.client("admin").post(path, {"role": "chief", "start": today().isoformat()})
    assert again.status_code == 422
    grant = Grant.objects.get(account=account, role="chief")
    end = reverse("end-role", kwargs={"key": grant.pk})
    assert nmi.client("admin").get(end).status_code == 200
    assert nmi.client("admin").post(end, {"end": today().isoformat()}).status_code == 302
    grant.refresh_from_db()
    assert grant.period.upper is not None


def test_closed_account_cannot_go_on(nmi: Mission) -> None:
    press = nmi.client("press")
    assert press.get("/account/").status_code == 200
    path = reverse("close-account", kwargs={"key": nmi.accounts["press"].pk})
    assert nmi.client("admin").post(path, {"reason": "Left"}).status_code == 302
    assert press.get("/account/").status_code == 302
    own = reverse("close-account", kwargs={"key": nmi.accounts["admin"].pk})
    assert nmi.client("admin").post(own, {"reason": "x"}).status_code == 422


@pytest.mark.parametrize("language", ["en", "ar"])
def test_own_account_shows_roles_and_their_end(nmi: Mission, language: str) -> None:
    page = body(nmi, "/account/", "host", language)
    assert reverse("language") in page
    assert reverse("change-password") in page


def test_own_password_is_changed_and_the_reader_stays_signed_in(nmi: Mission) -> None:
    client = nmi.client("advisor")
    fields = {"old": DEMONSTRATION.password, "new": "a much longer password", "again": "a much longer password"}
    assert client.post("/account/password/", fields | {"again": "other"}).status_code == 422
    assert client.post("/account/password/", fields | {"old": "wrong"}).status_code == 422
    assert client.post("/account/password/", fields).status_code == 302
    assert client.get("/account/").status_code == 200
    assert Client().login(username="advisor", password="a much longer password")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_accounts_page_asks_as_often_with_more_rows(nmi: Mission, language: str) -> None:
    def add(n: int) -> None:
        account = Account.objects.create(username=f"u{n}", display_name=f"User {n}", verified_at=now())
        account.grants.create(role="advisor", period=(today(), None), granted_by="test")
        account.invitations.create(digest=f"{n}", expires_at=now())

    client = nmi.client("admin", language)
    add(0)
    queries(client, "/accounts/")
    one = queries(client, "/accounts/")
    add(1)
    add(2)
    assert queries(client, "/accounts/") == one
