"""Where log lines go, and that nothing of a person's secrets is among them (quality goal A3)."""

import logging
import logging.config
import socket
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from pytest_django import Settings

from accord.access.models import Account
from accord.audit.services import seal_waiting
from accord.config.logs import logging_settings
from tests.audit.written import write

CANARY = "canary-5f1c-never-to-be-written"
PASSWORD = f"{CANARY}-password"


@pytest.fixture
def signed_up(db: None) -> Account:
    account = Account(username="canary", display_name="Reader One (fictional)")
    account.set_password(PASSWORD)
    account.save()
    return account


def test_no_secret_that_was_typed_or_sent_reaches_the_log(
    signed_up: Account, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = f"{CANARY}-session"
    token = {"Authorization": f"Bearer {CANARY}-token"}
    client.post("/sign-in/", {"username": "canary", "password": f"{PASSWORD}-mistyped"})
    client.post("/sign-in/", {"username": f"{CANARY}-typed-into-the-wrong-field", "password": "x"})
    client.post("/sign-in/", {"username": "canary", "password": PASSWORD})
    for path in ("/", "/trail/", "/nowhere/", "/account/"):
        client.get(path, headers=token)
    client.post("/account/password/", {"old": PASSWORD, "new": f"{CANARY}-new", "again": "other"}, headers=token)
    Client(enforce_csrf_checks=True).post("/sign-in/", {"username": "canary", "password": PASSWORD})
    output = capfd.readouterr()
    assert "Not Found: /nowhere/" in caplog.text  # something was logged at all
    assert CANARY not in caplog.text + output.out + output.err


def test_the_secret_of_an_invitation_is_left_out_of_its_address() -> None:
    formatter = logging_settings("")["formatters"]["plain"]["()"]("%(message)s")
    entry = logging.LogRecord("x", logging.WARNING, "x", 1, "Unprocessable: %s", (f"/invitation/{CANARY}/",), None)
    assert formatter.format(entry) == "Unprocessable: /invitation/…/"


def test_a_failure_of_ours_is_logged_without_what_was_typed(
    signed_up: Account, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Account, "check_password", fail)
    client = Client(raise_request_exception=False)
    answer = client.post("/sign-in/", {"username": "canary", "password": PASSWORD})
    assert answer.status_code == 500
    assert "ZeroDivisionError" in caplog.text
    assert CANARY not in caplog.text + answer.content.decode()


@pytest.mark.django_db
def test_checkpoints_go_to_the_system_log_where_one_is_named(tmp_path: Path, settings: Settings) -> None:
    settings.DATA_FOLDER = tmp_path
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as log:
        log.bind(str(tmp_path / "log"))
        log.settimeout(5)
        logging.config.dictConfig(logging_settings(str(tmp_path / "log")))
        try:
            write()
            seal_waiting()
            heard = log.recv(65536)
        finally:
            logging.config.dictConfig(logging_settings(""))
    assert (tmp_path / "audit-checkpoints.jsonl").read_bytes().strip() in heard


def test_the_name_of_the_system_log_is_a_socket_or_an_address() -> None:
    handlers = logging_settings("[::1]:514")["handlers"]
    assert handlers["syslog"]["address"] == ("::1", 514)
    assert "syslog" not in logging_settings("")["handlers"]
    with pytest.raises(ImproperlyConfigured, match="ACCORD_SYSLOG"):
        logging_settings("loghost")
