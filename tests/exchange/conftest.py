from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from accord.exchange.services import LoadReport, load_mission
from accord.kernel.actor import system
from tests.exchange import folders

LOADER = system("load")


@pytest.fixture
def velmora(tmp_path: Path) -> Path:
    """The fictional mission, to be changed."""
    return folders.copy(folders.VELMORA, tmp_path)


@pytest.fixture(scope="module")
def nmi(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[LoadReport]:
    """The reference mission, loaded once for all tests of a module that only read; gone afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_mission(actor=LOADER, folder=folders.NMI)
        transaction.set_rollback(True)
