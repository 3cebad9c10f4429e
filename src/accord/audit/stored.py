"""The trail as it stands in the database, row by row and as text: what seals are made from and compared with.

Every column is read as PostgreSQL itself writes it, whatever zone or format a session has chosen. Rows are streamed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.models import Max

from accord.audit.models import Entry, Seal
from accord.audit.seals import Checkpoint, Row, Signed
from accord.wall.standing import house

# What an entry's hash is made of, in this order. Changing it changes every hash: a later column goes to the end.
ENTRY = {
    "id": "e.id::text",
    "at": "to_jsonb(e.at AT TIME ZONE 'UTC') #>> '{}'",
    "account_id": "e.account_id::text",
    "actor_name": "e.actor_name",
    "actor_roles": "e.actor_roles::text",
    "channel": "e.channel",
    "action": "e.action",
    "object_type": "e.object_type",
    "object_id": "e.object_id::text",
    "object_name": "e.object_name",
    "changes": "e.changes::text",
    "reason": "e.reason",
    "marking": "e.marking",
}
_ENTRY = ", ".join(ENTRY.values())
_SEALS = """
SELECT number, (to_jsonb(at AT TIME ZONE 'UTC') #>> '{}') || 'Z', count, total, first::text, last::text,
       root, previous, key, signature
  FROM audit_seal WHERE number BETWEEN %s AND %s ORDER BY number
"""
# A hash without an entry, or under a seal that is not there, must be met as well.
_LEAVES = f"""
SELECT l.seal_id, l.entry_id::text, l.hash, {_ENTRY}
  FROM audit_sealedentry l LEFT JOIN audit_entry e ON e.id = l.entry_id
 WHERE l.seal_id <= %s OR l.seal_id NOT IN (SELECT number FROM audit_seal)
 ORDER BY l.seal_id, l.entry_id
"""  # noqa: S608 - put together from constants
_WAITING = f"""
SELECT {_ENTRY} FROM audit_entry e
 WHERE NOT EXISTS (SELECT FROM audit_sealedentry l WHERE l.entry_id = e.id)
"""  # noqa: S608 - put together from constants
AT_ONCE = 2000


@contextmanager
def whole_trail(*, writes: bool = False) -> Iterator[None]:
    """For what is done to all entries alike, whatever their marking: counting and hashing, not showing."""
    with house("trail"), connection.cursor() as cursor:
        cursor.execute("SELECT wall.shut()")
        (shut,) = cursor.fetchone()
    with house("trail", writes=writes, markings=frozenset(shut)):
        yield


def seals(*, start: int, until: int) -> Iterator[Signed]:
    for *stated, signature in _streamed(_SEALS, [start, until]):
        yield Signed(Checkpoint(*stated), signature)


def last_number() -> int:
    return int(Seal.objects.aggregate(last=Max("number", default=0))["last"])


def signed(number: int) -> Signed | None:
    return next(seals(start=number, until=number), None)


def leaves(*, until: int) -> Iterator[tuple[Any, ...]]:
    """As ``verification.Leaf`` says, in the order of seals and of entries within them."""
    return _streamed(_LEAVES, [until])


def waiting_rows(*, after: str | None, limit: int) -> list[Row]:
    """Entries under no seal, by key. What is committed late may stand before ``after``: the next run begins anew."""
    beyond, values = ("AND e.id > %s::uuid", [after]) if after else ("", [])
    with connection.cursor() as cursor:
        cursor.execute(f"{_WAITING} {beyond} ORDER BY e.id LIMIT %s", [*values, limit])
        return list(cursor.fetchall())


def waiting() -> int:
    with whole_trail():
        return Entry.objects.filter(sealed=None).count()


def _streamed(statement: str, values: list[Any]) -> Iterator[tuple[Any, ...]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, values)
        while rows := cursor.fetchmany(AT_ONCE):
            yield from rows


@contextmanager
def turn() -> Iterator[None]:
    """One at a time, on whatever machine: between the two the database and the file of checkpoints agree."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtextextended('audit.seal', 0))")
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended('audit.seal', 0))")
