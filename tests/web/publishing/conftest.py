"""Editions, published by the press officer of the demonstration the way the pages do."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from accord.publishing.models import Edition
from accord.publishing.services import prepare_edition, publish_edition
from tests.web.conftest import Mission, load_nmi

Publish = Callable[..., Edition]

LOLLESGAARD = date(2021, 5, 6)
IANNUCCI = date(2022, 5, 10)


@pytest.fixture(scope="module")
def nmi_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Mission]:
    """Loaded once for a module, which spares seconds in each test; what a test writes is undone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_nmi()
        transaction.set_rollback(True)


@pytest.fixture
def nmi(nmi_once: Mission, db: None) -> Mission:
    return nmi_once


@pytest.fixture
def publish(nmi: Mission) -> Publish:
    """``publish(day, ...)`` publishes an edition for each day and returns the last one."""

    def each(*days: date) -> Edition:
        press = nmi.actor("press")
        numbers = [prepare_edition(actor=press, as_of=day).number for day in days]
        return [publish_edition(actor=press, number=number) for number in numbers][-1]

    return each
