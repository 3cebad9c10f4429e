"""What a request may do: nothing by reading, nothing without the form's own token, nothing by odd values."""

from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from tests.security.addresses import every_address
from tests.web.conftest import Mission

WITHOUT_A_FORM = {
    "back-channel-logout"
}  # a provider's server calls; who it is, tests/federation/test_back_channel.py shows
WRITES = ("INSERT", "UPDATE", "DELETE")
KEPT_BY_READING = ("_session", "audit_entry")  # who is there, and that something restricted was read
ODD = [
    "99999999999999999999999",
    "-1",
    "1e9",
    "NaN",
    "%00",
    "\u0661\u0662",
    "../../etc/passwd",
    "a" * 5000,
    "%ff",
    "{{7*7}}",
]


@pytest.mark.parametrize("username", ["advisor", "host", "commander", "admin", "press"])
def test_reading_changes_nothing(nmi: Mission, username: str) -> None:
    client = nmi.client(username)
    with CaptureQueriesContext(connection) as asked:
        for address in every_address().values():
            client.get(address)
    written = [query["sql"] for query in asked.captured_queries if query["sql"].lstrip().startswith(WRITES)]
    assert not [sql for sql in written if not any(table in sql for table in KEPT_BY_READING)]


@pytest.mark.parametrize("username", ["", "admin"])
def test_nothing_is_sent_without_the_forms_own_token(nmi: Mission, username: str) -> None:
    client = Client(enforce_csrf_checks=True)
    if username:
        client.force_login(nmi.accounts[username])
    accepted = {name: client.post(address).status_code for name, address in every_address().items()}
    assert {name for name, status in accepted.items() if status != 403} == WITHOUT_A_FORM


def test_a_token_of_another_browser_does_not_fit(nmi: Mission) -> None:
    other, client = Client(), Client(enforce_csrf_checks=True)
    other.get("/sign-in/")
    client.get("/sign-in/")
    token = other.cookies[settings.CSRF_COOKIE_NAME].value
    assert client.post("/theme/", {"theme": "dark", "csrfmiddlewaretoken": token}).status_code == 403


def test_what_is_sent_is_decoded_once(nmi: Mission) -> None:
    answer = nmi.client("advisor").get("/gate/?institution=%253Cb%253E&type=advise&place=x")
    assert "%3Cb%3E" in answer.content.decode()


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("name", ["page", "as_of", "edition", "q", "month", "a", "lang"])
def test_odd_values_break_nothing(nmi: Mission, name: str, odd: str) -> None:
    client = nmi.client("auditor")
    for address in (
        "/trail/",
        "/calendar/",
        "/people/",
        "/fact-sheet/",
        "/fact-sheet.json",
        "/fact-sheet/editions/compare/",
    ):
        assert client.get(f"{address}?{name}={odd}").status_code < 500, address


def test_given_twice_it_counts_once_and_is_looked_at(nmi: Mission) -> None:
    client = nmi.client("advisor")
    for targets in (["/people/", "https://elsewhere.example/"], ["https://elsewhere.example/", "/people/"]):
        answer: Any = client.post("/theme/", {"theme": "dark", "next": targets})
        assert answer.headers["Location"] in {"/", "/people/"}


def test_what_the_address_says_does_not_stand_for_what_the_form_says(nmi: Mission) -> None:
    client = nmi.client("advisor")
    client.post("/language/?language=ar", {"next": "/"})
    nmi.accounts["advisor"].refresh_from_db()
    assert nmi.accounts["advisor"].language == ""


def test_every_redirect_stays_here(nmi: Mission) -> None:
    answers = [nmi.client("admin").get(f"{address}?next=//elsewhere.example/") for address in every_address().values()]
    targets = {answer.headers["Location"] for answer in answers if "Location" in answer.headers}
    assert targets
    for target in targets:
        assert target.startswith("/")
        assert not target.startswith("//")
        resolve(target.partition("?")[0])


def test_fields_nobody_asked_for_change_nothing(nmi: Mission) -> None:
    client, account = nmi.client("advisor"), nmi.accounts["advisor"]
    planted = {
        "is_active": "",
        "username": "root",
        "display_name": "x",
        "clearance": "x",
        "verified_by": str(account.pk),
    }
    before = dict(account.__class__.objects.values().get(pk=account.pk))
    client.post("/language/", {"language": "ar", "next": "/", **planted})
    client.post("/account/password/", {"old": "wrong", "new": "x" * 12, "again": "x" * 12, **planted})
    after = dict(account.__class__.objects.values().get(pk=account.pk))
    assert {name for name in after if after[name] != before[name]} == {"language"}
