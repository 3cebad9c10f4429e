"""The test of the test: every lock is switched off alone, and each time somebody must be seen where he may not be."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Model

from accord.config.postgres.server import SUPERUSER
from accord.wall import standing as wall
from tests.authz import oracle
from tests.authz.mutants import Mutant, Open, in_policies, in_querysets, of_rules, without_scope
from tests.authz.reading import by_sql, differences, models, queried
from tests.authz.stage import READERS, Stage
from tests.owner import as_owner

SHARES = 4  # so that several workers have something to do
Read = Callable[[Stage, Any, str], set[Any]]


def _noticed(stage: Stage, model: type[Model], read: Read) -> bool:
    """Whether at least one person reads what the oracle does not expect."""
    return any(differences(stage, model, name, read(stage, model, name)) for name in READERS)


@pytest.mark.parametrize("share", range(SHARES))
def test_every_condition_switched_off_in_querysets_is_noticed(stage: Stage, share: int) -> None:
    survivors = []
    with as_owner(SUPERUSER):
        for mutant in _share(share):
            with in_querysets(mutant):
                if not _noticed(stage, mutant.model, queried):
                    survivors.append(str(mutant))
    assert not survivors, "\n".join(survivors)


@pytest.mark.parametrize("share", range(SHARES))
def test_every_condition_switched_off_in_policies_is_noticed(stage: Stage, share: int) -> None:
    survivors = []
    for mutant in _share(share):
        with in_policies(mutant):
            if not _noticed(stage, mutant.model, by_sql):
                survivors.append(str(mutant))
    assert not survivors, "\n".join(survivors)


def test_every_manager_without_its_scope_is_noticed(stage: Stage) -> None:
    survivors = []
    with as_owner(SUPERUSER):
        for model in models():
            with without_scope(model):
                if not _noticed(stage, model, queried) and not _read_by_nobody(model):
                    survivors.append(model._meta.label)
    assert not survivors


def test_every_policy_dropped_is_noticed(stage: Stage) -> None:
    survivors = []
    for model in models():
        everybodys = all(stage.readers(row) >= oracle.EVERYBODY for row in stage.canaries.of(model._meta.db_table))
        if not everybodys:
            with in_policies(Mutant(model, Open(), "dropped")):
                if not _noticed(stage, model, by_sql):
                    survivors.append(model._meta.label)
    assert not survivors


def test_nothing_is_read_while_nobody_looks(stage: Stage) -> None:
    with as_owner(SUPERUSER):
        assert not [model for model in models() if _read_by_nobody(model)]


def _read_by_nobody(model: Any) -> bool:
    token = wall._standing.set(None)
    try:
        return bool(model.objects.exists())
    finally:
        wall._standing.reset(token)


def _share(share: int) -> list[Mutant]:
    return list(of_rules())[share::SHARES]
