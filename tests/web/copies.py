"""A loaded mission, kept as PostgreSQL writes it out, so that only the first test of a run waits for the loading.

The rows go back as they came: no rule is asked again, and foreign keys are checked once all are there.
"""

from django.apps import apps
from django.db import connection, transaction

from accord.config.postgres.server import SUPERUSER
from tests.owner import as_owner

_kept: dict[str, bytes] = {}


def is_kept() -> bool:
    return bool(_kept)


def keep() -> None:
    """Remember every row of our own tables."""
    with as_owner(SUPERUSER), connection.cursor() as cursor:
        for table in _tables():
            with cursor.copy(f"COPY {table} TO STDOUT (FORMAT binary)") as copy:
                _kept[table] = b"".join(bytes(part) for part in copy)


def put_back() -> None:
    with transaction.atomic(), as_owner(SUPERUSER), connection.cursor() as cursor:
        for table, rows in _kept.items():
            with cursor.copy(f"COPY {table} FROM STDIN (FORMAT binary)") as copy:
                copy.write(rows)


def _tables() -> list[str]:
    ours = (config for config in apps.get_app_configs() if config.name.startswith("accord."))
    return [model._meta.db_table for config in ours for model in config.get_models(include_auto_created=True)]
