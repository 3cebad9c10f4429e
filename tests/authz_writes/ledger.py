"""What the database holds, row by row, as nobody but its superuser sees it; and what a try has made different."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model

from accord.config.postgres.server import SUPERUSER
from tests.owner import as_owner

Row = dict[str, Any]
Rows = dict[str, dict[str, Row]]
KEYS = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")


@dataclass(frozen=True)
class Change:
    """``kind`` is ``+`` for a new row, ``-`` for one that is gone, ``:`` for one with other values in ``columns``."""

    table: str
    kind: str
    columns: tuple[str, ...]
    row: Row

    def __str__(self) -> str:
        return f"{self.table}{self.kind}{','.join(self.columns) if self.kind == ':' else ''}"

    @property
    def written(self) -> Row:
        """The values that this change has put there."""
        return {} if self.kind == "-" else {name: self.row[name] for name in self.columns}


@cache
def models() -> dict[str, type[Model]]:
    """Every table of ours."""
    ours = (config for config in apps.get_app_configs() if config.name.startswith("accord."))
    return {model._meta.db_table: model for config in ours for model in config.get_models(include_auto_created=True)}


def rows(only: Iterable[str]) -> Rows:
    found: Rows = {}
    with as_owner(SUPERUSER), connection.cursor() as cursor:
        for table in only:
            cursor.execute(f"SELECT {_key(table)}::text, to_jsonb(t)::text FROM {table} t")  # noqa: S608 - our own names
            found[table] = {key: json.loads(row) for key, row in cursor.fetchall()}
    return found


def hashes() -> dict[str, str]:
    """One hash of all rows of each table."""
    each = (
        f"SELECT '{table}', md5(coalesce(string_agg(t::text, '|' ORDER BY {_key(table)}), '')) FROM {table} t"  # noqa: S608
        for table in models()
    )
    with as_owner(SUPERUSER), connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each))
        return dict(cursor.fetchall())


def changes(before: Rows, touched: Iterable[str]) -> list[Change]:
    """What is different from before, in those tables that were written to."""
    found: list[Change] = []
    for table, after in rows(touched).items():
        old = before[table]
        found += [Change(table, "+", tuple(row), row) for key, row in after.items() if key not in old]
        found += [Change(table, "-", (), row) for key, row in old.items() if key not in after]
        for key, row in after.items():
            if key in old and old[key] != row:
                other = tuple(sorted(name for name in row if row[name] != old[key][name]))
                found.append(Change(table, ":", other, row))
    return found


@contextmanager
def undone() -> Iterator[Callable[[], set[str]]]:
    """A savepoint that is rolled back; inside, call what it yields for the tables written to since.

    PostgreSQL counts the rows that a transaction writes; what a savepoint has undone stays counted, which only makes
    us look twice.
    """
    with transaction.atomic():
        before = _counted()
        yield lambda: {table for table, count in _counted().items() if count != before.get(table)}
        transaction.set_rollback(True)


def visible() -> dict[str, set[str]]:
    """The keys that whoever is looking can see, as the database itself says."""
    each = (f"SELECT '{table}', {_key(table)}::text FROM {table}" for table in models())  # noqa: S608
    found: dict[str, set[str]] = {table: set() for table in models()}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each))
        for table, key in cursor.fetchall():
            found[table].add(key)
    return found


def _counted() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables")
        return {table: count for table, count in cursor.fetchall() if table in models() and count}


def _key(table: str) -> str:
    return str(models()[table]._meta.pk.column)
