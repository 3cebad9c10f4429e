"""The small world."""

from collections.abc import Iterator

import pytest

from tests.cast import World, know_markings, standing_world


@pytest.fixture
def world(db: None) -> Iterator[World]:
    """The small world with its markings, so that pages show what it holds."""
    with standing_world() as built:
        know_markings()
        yield built
