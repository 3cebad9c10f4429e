"""Doing what the application may not, inside the transaction of a test."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from accord.config.postgres.server import APPLICATION, OWNER


@contextmanager
def as_owner(role: str = OWNER) -> Iterator[None]:
    """As the owner of the tables; what fails in here must be the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {role}")
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {APPLICATION}")
