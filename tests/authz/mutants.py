"""Each lock of the wall, switched off alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from unittest.mock import patch

from django.db import connection, models, transaction
from django.db.models import Model, Q

from accord.config.postgres.server import APPLICATION
from accord.kernel.actor import Actor
from accord.wall import tables
from accord.wall.rule import ALL, NONE, AllOf, Anybody, AnyOf, Nobody, Rule
from tests.owner import as_owner


@dataclass(frozen=True)
class Open(Rule):
    """Instead of a condition: it always holds."""

    def q(self, actor: Actor) -> Q:  # noqa: ARG002
        return ALL

    def sql(self, model: type[Model]) -> str:  # noqa: ARG002
        return "true"


@dataclass(frozen=True)
class Shut(Rule):
    """Instead of a condition: it never holds."""

    def q(self, actor: Actor) -> Q:  # noqa: ARG002
        return NONE

    def sql(self, model: type[Model]) -> str:  # noqa: ARG002
        return "false"


@dataclass(frozen=True)
class Mutant:
    model: type[Model]
    rule: Rule
    words: str

    def __str__(self) -> str:
        return f"{self.model._meta.db_table}: {self.words}"


def of_rules() -> Iterator[Mutant]:
    """Every condition of every rule, held always and held never; but not what it is already."""
    for model, rule in tables.guarded().items():
        for leaf, path in _leaves(rule, ()):
            for instead, same in ((Open(), Anybody), (Shut(), Nobody)):
                if not isinstance(leaf, same):
                    words = f"{type(leaf).__name__} {getattr(leaf, '__dict__', '')} {type(instead).__name__}"
                    yield Mutant(model, _with(rule, path, instead), words)


def _leaves(rule: Rule, path: tuple[int, ...]) -> Iterator[tuple[Rule, tuple[int, ...]]]:
    if not rule.parts():
        yield rule, path
    for n, part in enumerate(rule.parts()):
        yield from _leaves(part, (*path, n))


def _with(rule: Rule, path: tuple[int, ...], instead: Rule) -> Rule:
    if not path:
        return instead
    assert isinstance(rule, AllOf | AnyOf)
    parts = list(rule.rules)
    parts[path[0]] = _with(parts[path[0]], path[1:], instead)
    return replace(rule, rules=tuple(parts))


@contextmanager
def in_querysets(mutant: Mutant) -> Iterator[None]:
    with patch.dict(tables._rules, {mutant.model: mutant.rule}):
        yield


@contextmanager
def in_policies(mutant: Mutant) -> Iterator[None]:
    """Another policy for reading, until it is taken back."""
    table = mutant.model._meta.db_table
    with transaction.atomic():
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(f"DROP POLICY wall_read ON {table}")
            sees = mutant.rule.sql(mutant.model)
            cursor.execute(f"CREATE POLICY wall_read ON {table} FOR SELECT TO {APPLICATION} USING ({sees})")
        yield
        transaction.set_rollback(True)


@contextmanager
def without_scope(model: Any) -> Iterator[None]:
    """The manager of one model forgets to ask who is looking."""
    with patch.object(model.objects, "get_queryset", lambda: models.QuerySet(model)):
        yield
