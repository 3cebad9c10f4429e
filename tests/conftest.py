"""What every test stands on: a database of its own, no network beyond this machine, a browser when asked for."""

import os
import socket
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from django.utils import translation
from playwright.sync_api import Browser

from accord.config import postgres
from tests import chromium

postgres.ensure_running(durable=False)
settings.STATIC_ROOT.mkdir(exist_ok=True)


class NetworkForbidden(RuntimeError):
    """A test tried to reach something outside this machine."""


_connect = socket.socket.connect


def _connect_here(self: socket.socket, address: Any) -> None:
    if self.family != socket.AF_UNIX and not _is_here(str(address[0])):
        raise NetworkForbidden(f"Tests stay on this machine, but this one wants {address}")
    _connect(self, address)


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", _connect_here)
        yield


GUARDED_TABLES = "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"


def _empty_all_tables(_operations: DatabaseOperations, statements: list[str]) -> None:
    """The trail refuses to be emptied; between tests of whole transactions the owner lifts its guard for a moment."""
    with connection.cursor() as cursor:
        cursor.execute(GUARDED_TABLES)
        guarded = [table for (table,) in cursor.fetchall()]
        lift = [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in guarded]
        restore = [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in guarded]
        cursor.execute("; ".join([*lift, *(statement.rstrip(";") for statement in statements), *restore]))


@pytest.fixture(autouse=True, scope="session")
def _tables_can_be_emptied() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", _empty_all_tables)
        yield


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """A page read in Arabic leaves its language behind in the thread; the next test begins in English."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium. Playwright keeps an event loop in this thread, which Django would otherwise take amiss."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with chromium.launched() as running:
        yield running
