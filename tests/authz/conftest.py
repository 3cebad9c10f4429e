"""The stage is built once for all tests of this folder, in one transaction that is taken back at the end."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from accord.config.postgres.server import SUPERUSER
from accord.kernel.clock import fixed
from tests.authz.stage import Stage, standing_stage
from tests.cast import TODAY, at
from tests.owner import as_owner


@pytest.fixture(scope="package")
def built(django_db_setup: None, django_db_blocker: Any, _the_house_looks: None) -> Iterator[Stage]:
    with django_db_blocker.unblock(), transaction.atomic():
        with as_owner(SUPERUSER), standing_stage() as stage:
            pass
        yield stage
        transaction.set_rollback(True)


@pytest.fixture
def stage(built: Stage, db: None) -> Iterator[Stage]:
    """What a test changes is taken back after it."""
    with fixed(at(TODAY)):
        yield built
