"""A database full of random rows, committed, so that a session of the application's own login meets them."""

from collections.abc import Iterator
from random import Random
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection

from accord.config import postgres
from accord.config.postgres.cluster import Cluster
from accord.config.postgres.server import SUPERUSER, connect
from tests.wall.rows import OURS, Rows, fill

TABLES = [model._meta.db_table for model in OURS]


@pytest.fixture(scope="module")
def rows(django_db_setup: None, django_db_blocker: Any) -> Iterator[Rows]:
    """The same rows for all tests of a module; what they change is theirs to put back."""
    with django_db_blocker.unblock():
        made = fill(Random(20260101))
    with login(SUPERUSER) as session:
        session.execute("CREATE SCHEMA kept")
        for table in TABLES:
            session.execute(f"CREATE TABLE kept.{table} AS TABLE public.{table}")
        yield made
        session.execute("DROP SCHEMA kept CASCADE")
    with django_db_blocker.unblock():
        call_command("flush", verbosity=0, interactive=False)
        connection.close()


def login(role: str) -> psycopg.Connection:
    """A session of one's own with the tests' database: no other role, no transaction of a test around it."""
    return connect(Cluster(postgres.data_folder()), role, connection.settings_dict["NAME"])


def put_back(session: psycopg.Connection) -> None:
    """All rows as they were; ``session`` is the superuser's."""
    session.execute("SET session_replication_role TO replica")
    for table in TABLES:
        session.execute(f"DELETE FROM {table}")
        session.execute(f"INSERT INTO {table} SELECT * FROM kept.{table}")
    session.execute("SET session_replication_role TO origin")
