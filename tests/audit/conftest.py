"""The small world, and a data folder of its own for what is sealed outside the database."""

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.cast import world

__all__ = ["world"]


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.DATA_FOLDER = tmp_path
    return tmp_path
