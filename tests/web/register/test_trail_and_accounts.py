"""The trail in words, roles in plain words, accounts and one's own account."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accord.access.models import Account, Grant
from accord.audit.checkpoints import NAME
from accord.audit.models import Entry, Seal
from accord.audit.services import seal_waiting
from accord.audit.signing import fingerprint
from accord.audit.usecase import REGISTRY
from accord.config.demonstration import DEMONSTRATION
from accord.kernel.clock import today
from accord.people.models import Organisation, Person
from accord.people.services import add_alias
from accord.web.register.deeds import DEEDS, deed
from tests.people.cast import KEEPER
from tests.web.conftest import Mission

Same = Callable[[Any, str, Callable[[int], Any]], None]


def body(nmi: Mission, path: str, username: str, language: str = "en") -> str:
    answer = nmi.client(username, language).get(path)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


def test_every_use_case_has_words_on_the_trail() -> None:
    ours = {use_case.name for use_case in REGISTRY.values() if not use_case.module.startswith("test")}
    assert ours <= set(DEEDS)
    assert deed("something_else") == "something else"


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("username", ["auditor", "admin"])
def test_trail_is_read_by_auditor_and_administrator(nmi: Mission, username: str, language: str) -> None:
    assert "<h1>" in body(nmi, "/trail/", username, language)


@pytest.mark.parametrize("username", ["advisor", "chief", "host", "commander"])
def test_trail_is_closed_to_others(nmi: Mission, username: str) -> None:
    assert nmi.client(username).get("/trail/").status_code == 403


def test_trail_says_who_what_and_why_in_words(nmi: Mission) -> None:
    nmi.client("admin").post(
        reverse("close-account", kwargs={"key": nmi.accounts["press"].pk}), {"reason": "Tour is over"}
    )
    page = body(nmi, "/trail/?action=close_account", "auditor")
    assert all(word in page for word in ("Account closed", "Administrator One (fictional)", "Tour is over"))
    assert "Mission folder loaded" not in page.split("<table")[1]
    assert "Tour is over" in body(nmi, "/trail/?q=tour+is", "auditor")
    assert "Nothing found" in body(nmi, "/trail/?q=zzzz", "auditor")


def test_trail_as_of_a_day_before_anything_is_empty(nmi: Mission) -> None:
    assert "Nothing found" in body(nmi, "/trail/?as_of=2019-01-01", "auditor")


def test_trail_of_one_record_and_in_pages(nmi: Mission) -> None:
    college = Organisation.objects.get(code="staff-college")
    for number in range(60):
        add_alias(actor=KEEPER, organisation=college, text=f"Spelling {number}")
    page = body(nmi, f"/trail/?about={college.pk}", "auditor")
    assert reverse("organisation", kwargs={"key": college.pk}) in page
    assert f"?about={college.pk}&amp;page=2" in page
    assert "Newer" in body(nmi, f"/trail/?about={college.pk}&page=2", "auditor")
    assert body(nmi, "/trail/?about=nonsense&page=x", "auditor")


def test_trail_asks_as_often_with_more_rows(nmi: Mission, same_queries: Same) -> None:
    college = Organisation.objects.get(code="staff-college")
    same_queries(
        nmi.client("auditor"), "/trail/", lambda n: add_alias(actor=KEEPER, organisation=college, text=f"Name {n}")
    )


def test_trail_shows_how_far_it_is_sealed(nmi: Mission, tmp_path: Path, settings: Settings) -> None:
    settings.DATA_FOLDER = tmp_path
    assert "Nothing is sealed yet" in body(nmi, "/trail/", "auditor")
    assert nmi.client("auditor").get("/trail/checkpoint.json").status_code == 404
    count = seal_waiting()
    page = body(nmi, "/trail/", "auditor")
    assert f"Entries: {count}, seals: 1" in page
    assert fingerprint(Seal.objects.get().key) in page
    assert "بصمة المفتاح" in body(nmi, "/trail/", "auditor", "ar")


def test_an_auditor_takes_the_latest_checkpoint_along(nmi: Mission, tmp_path: Path, settings: Settings) -> None:
    settings.DATA_FOLDER = tmp_path
    seal_waiting()
    answer = nmi.client("auditor").get("/trail/checkpoint.json")
    assert answer.content == (tmp_path / NAME).read_bytes()
    assert 'filename="checkpoint-1.json"' in answer["Content-Disposition"]
    assert nmi.client("chief").get("/trail/checkpoint.json").status_code == 403


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


def opened(nmi: Mission, **changes: str) -> Any:
    fields = {"username": "newcomer", "name": "Newcomer (fictional)", "role": "advisor"}
    return nmi.client("admin").post("/accounts/new/", fields | changes)


def test_first_password_is_shown_once_and_opens_the_door(nmi: Mission) -> None:
    person = Person.objects.get(code="advisor-two")
    page = opened(nmi, person=str(person.pk)).content.decode()
    shown = re.search(r"<code>([^<]+)</code>", page)
    assert shown is not None
    account = Account.objects.get(username="newcomer")
    assert account.check_password(shown[1])
    assert Person.objects.get(pk=person.pk).account == account
    assert Client().login(username="newcomer", password=shown[1])
    assert not Entry.objects.filter(changes__icontains=shown[1]).exists()


def test_taken_name_and_short_password_are_refused_and_nothing_is_opened(nmi: Mission) -> None:
    before = Account.objects.count()
    for fault, words in (({"username": "CHIEF"}, "taken"), ({"password": "short"}, "longer password")):
        answer = opened(nmi, **fault)
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert "Newcomer (fictional)" in answer.content.decode()
    assert Account.objects.count() == before


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


def test_accounts_page_asks_as_often_with_more_rows(nmi: Mission, same_queries: Same) -> None:
    def add(n: int) -> None:
        account = Account.objects.create(username=f"u{n}", display_name=f"User {n}")
        account.grants.create(role="advisor", period=(today(), None), granted_by="test")

    same_queries(nmi.client("admin"), "/accounts/", add)
