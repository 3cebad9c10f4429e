"""Reading whole tables as somebody: through the manager with no policy in the way, and by SQL with no manager."""

from typing import Any

from django.db import connection
from django.db.models import Model

from accord.config.postgres.server import SUPERUSER
from accord.wall.standing import standing
from accord.wall.tables import guarded
from tests.authz import oracle
from tests.authz.stage import Stage
from tests.owner import as_owner


def models() -> list[type[Model]]:
    return list(guarded())


def by_queryset(stage: Stage, model: Any, name: str) -> set[Any]:
    with as_owner(SUPERUSER):
        return queried(stage, model, name)


def queried(stage: Stage, model: Any, name: str) -> set[Any]:
    with standing(stage.actor(name)):
        return set(model.objects.values_list("pk", flat=True))


def by_sql(stage: Stage, model: Any, name: str) -> set[Any]:
    actor, column = stage.actor(name), model._meta.pk.column
    with standing(actor), connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {model._meta.db_table}")  # noqa: S608 - names of our own
        return {key for (key,) in cursor.fetchall()}


def differences(stage: Stage, model: type[Model], name: str, read: set[Any]) -> list[str]:
    """In words, what was read and should not have been, and the other way round."""
    if name in oracle.BENT and model._meta.db_table not in oracle.BENT[name]:
        return []
    found = []
    for row in stage.canaries.of(model._meta.db_table):
        may, does = name in stage.readers(row), row.key in read
        if may != does:
            found.append(f"{name} {'reads' if does else 'does not read'}: {row}")
    return found
