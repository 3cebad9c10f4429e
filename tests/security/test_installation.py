"""What an installation gives away before anybody configured anything."""

import logging
import logging.config
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import get_finders
from django.test import Client

from accord.access.models import Account
from tests.security import shipped

PROBED = [
    ".git/config", ".git/HEAD", ".env", "admin/", "metrics", "debug/", "docs/", "openapi.json", "graphql",
    "server-status", "manage.py", "secret-key", "robots.txt.bak", "src/accord/config/settings.py",
]  # fmt: skip


def test_a_new_installation_has_no_accounts(db: None) -> None:
    assert not Account.objects.exists()
    assert shipped.settings()["DEMONSTRATION"] is None


def test_debugging_is_off_unless_asked_for() -> None:
    found = shipped.settings()
    assert found["DEBUG"] is False
    assert "*" not in found["ALLOWED_HOSTS"]


@pytest.mark.parametrize("address", PROBED)
def test_nothing_but_the_product_is_served(db: None, address: str) -> None:
    for prefix in ("/", "/static/", "/static/../", "/static/accord/%2e%2e/%2e%2e/"):
        assert Client().get(f"{prefix}{address}").status_code == 404


@pytest.mark.parametrize("folder", ["/static/", "/static/accord/", "/static/accord/css/"])
def test_folders_are_not_listed(db: None, folder: str) -> None:
    assert Client().get(folder).status_code == 404


def test_the_server_says_no_versions(db: None) -> None:
    answer = Client().get("/sign-in/")
    assert not {"Server", "X-Powered-By", "Via"} & set(answer.headers)


def test_logs_go_to_one_place() -> None:
    found = shipped.settings()["LOGGING"]
    assert set(found["handlers"]) == {"console"}
    assert found["handlers"]["console"]["class"] == "logging.StreamHandler"


def test_a_line_of_the_log_has_utc_time_and_cannot_be_forged() -> None:
    formatter = logging.config.dictConfigClass(shipped.settings()["LOGGING"]).configure_formatter(
        shipped.settings()["LOGGING"]["formatters"]["plain"]
    )
    record = logging.LogRecord(
        "accord", logging.INFO, "", 0, "Not Found: %s", ("/x\n2026-01-01T00:00:00Z INFO a: b",), None
    )
    record.created = 0
    first, second = formatter.format(record).splitlines()
    assert first == "1970-01-01T00:00:00Z INFO accord: Not Found: /x"
    assert second.startswith("    ")


def test_only_kinds_of_files_that_pages_need_are_served() -> None:
    names = [name for finder in get_finders() for name, _storage in finder.list([])]
    assert len(names) > 10
    assert {Path(name).suffix for name in names} <= {".css", ".js", ".svg"}
