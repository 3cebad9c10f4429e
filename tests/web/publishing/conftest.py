"""Editions, published by the press officer of the demonstration the way the pages do."""

from collections.abc import Callable
from datetime import date

import pytest

from accord.publishing.models import Edition
from accord.publishing.services import prepare_edition, publish_edition
from tests.web.conftest import Mission

Publish = Callable[..., Edition]

LOLLESGAARD = date(2021, 5, 6)
IANNUCCI = date(2022, 5, 10)


@pytest.fixture
def publish(nmi: Mission) -> Publish:
    """``publish(day, ...)`` publishes an edition for each day and returns the last one."""

    def each(*days: date) -> Edition:
        press = nmi.actor("press")
        for day in days:
            edition = prepare_edition(actor=press, as_of=day)
            edition = publish_edition(actor=press, number=edition.number)
        return edition

    return each
