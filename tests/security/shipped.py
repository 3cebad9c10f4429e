"""The settings as an installation reads them: not those of the tests, and with the environment it has."""

import os
import runpy
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.test import override_settings

from accord.config import settings as module


def settings(**environment: str) -> dict[str, Any]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith("ACCORD_") or name == "ACCORD_DATA"
    }
    with patch.dict(os.environ, {**kept, **environment}, clear=True):
        found = runpy.run_path(str(module.__file__))
    return {name: value for name, value in found.items() if name.isupper() and name != "DATABASES"}


@contextmanager
def installation(**environment: str) -> Iterator[None]:
    """What this environment changes, and nothing else: the database stays that of the tests."""
    usual = settings()
    changed = {name: value for name, value in settings(**environment).items() if value != usual.get(name)}
    with override_settings(**changed):
        yield
