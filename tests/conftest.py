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
from accord.config.postgres.cluster import Cluster
from accord.config.postgres.server import APPLICATION, OWNER, SUPERUSER, connect, harden
from accord.wall.install import install
from accord.wall.standing import house
from tests import chromium
from tests.owner import as_owner

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


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The tables stand: the owner puts up the wall, and from now on every session is the application's."""
    with django_db_blocker.unblock():
        install(connection, app=APPLICATION)
        with connection.cursor() as cursor:  # Django fills these again whenever a test has emptied all tables
            cursor.execute(f"GRANT ALL ON django_content_type, auth_permission TO {APPLICATION}")
        with connect(Cluster(postgres.data_folder()), SUPERUSER, connection.settings_dict["NAME"]) as session:
            harden(session)
        _become(APPLICATION)
    yield
    with django_db_blocker.unblock():
        _become(OWNER)
    with connect(Cluster(postgres.data_folder()), SUPERUSER, connection.settings_dict["NAME"]) as session:
        session.execute(  # a served page's thread may outlive its test, and its session would keep the database
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def _become(role: str) -> None:
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]
    connection.settings_dict["OPTIONS"]["options"] = f"-c role={role}"


@pytest.fixture(autouse=True, scope="session")
def _the_house_looks() -> Iterator[None]:
    """What a test itself reads and builds, it does as the software; pages and use cases stand for their actors."""
    with house("tests", writes=True):
        yield


GUARDED_TABLES = "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"


def _empty_all_tables(_operations: DatabaseOperations, statements: list[str]) -> None:
    """The trail refuses to be emptied; between tests of whole transactions the owner lifts its guard for a moment."""
    with as_owner(), connection.cursor() as cursor:
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
