"""When something breaks: the reader gets words, the log gets the reason, and the next reader is served."""

import logging

import pytest
from django.test import Client

from tests.web.conftest import Mission

SECRET = "secret-in-a-variable"


@pytest.fixture
def broken(nmi: Mission, monkeypatch: pytest.MonkeyPatch) -> Mission:
    def fail(*_arguments: object, **_more: object) -> None:
        raise RuntimeError(f"access_account.password: {SECRET}")

    monkeypatch.setattr("accord.web.home.entry.sign_in_context", fail)
    return nmi


def test_the_reader_learns_nothing_of_what_broke(broken: Mission) -> None:
    answer = Client(raise_request_exception=False).get("/sign-in/")
    text = answer.content.decode()
    assert answer.status_code == 500
    assert "Something failed on our side" in text
    assert not [
        word for word in (SECRET, "access_account", "Traceback", "RuntimeError", ".py", "accord.web") if word in text
    ]


def test_the_log_learns_all(broken: Mission, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        Client(raise_request_exception=False).get("/sign-in/")
    (entry,) = [record for record in caplog.records if record.name == "django.request"]
    assert entry.exc_info
    assert SECRET in str(entry.exc_info[1])


def test_the_next_reader_is_served(broken: Mission) -> None:
    client = Client(raise_request_exception=False)
    assert [client.get(address).status_code for address in ("/sign-in/", "/roles/", "/fact-sheet/")] == [500, 302, 200]


def test_passwords_never_reach_the_log(broken: Mission, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        Client(raise_request_exception=False).post("/sign-in/", {"username": "advisor", "password": "my own password"})
    assert caplog.records
    assert "my own password" not in caplog.text
