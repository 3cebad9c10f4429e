"""Addresses of the reference mission's records, by code."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse


def address(name: str, model: type[Model], code: str) -> str:
    return reverse(name, kwargs={"key": model.objects.get(code=code).pk})  # type: ignore[attr-defined]


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.fixture
def same_queries() -> Callable[[Client, str, Callable[[int], Any]], None]:
    """The page asks as often with three more rows as with one more."""

    def check(client: Client, path: str, add: Callable[[int], Any]) -> None:
        add(0)
        queries(client, path)  # what is read once in a process is read
        one = queries(client, path)
        add(1)
        add(2)
        assert queries(client, path) == one

    return check
