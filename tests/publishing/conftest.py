"""The reference mission, loaded from its files the way anybody loads it, and the people who publish."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from accord.access.choices import Role
from accord.access.queries import permissions_of
from accord.exchange.services import load_mission
from accord.kernel.actor import Actor, system

MISSIONS = Path(__file__).parents[2] / "missions"


@pytest.fixture(scope="module")
def nmi_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Loaded once for a module; with ``db`` as well, what a test writes is undone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_mission(actor=system("test"), folder=MISSIONS / "nmi")
        yield
        transaction.set_rollback(True)


def _actor(role: Role) -> Actor:
    return Actor(name=str(role), side="mission", roles=(role,), permissions=permissions_of([role]))


@pytest.fixture
def public_affairs() -> Actor:
    return _actor(Role.PUBLIC_AFFAIRS)


@pytest.fixture
def advisor() -> Actor:
    return _actor(Role.ADVISOR)
