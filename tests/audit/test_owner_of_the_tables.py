"""Tampering with the real tables, by somebody who may do anything to them."""

from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from accord.audit import checkpoints
from accord.audit.queries import last_checkpoint
from accord.audit.services import seal_waiting
from tests.audit.written import AUDITOR, messages, write
from tests.owner import as_owner

TABLES = ("audit_entry", "audit_seal", "audit_sealedentry")
BONDS = "SELECT conname FROM pg_constraint WHERE conrelid = 'audit_sealedentry'::regclass AND contype = 'f'"
FORGET_SEALS = "TRUNCATE audit_seal, audit_sealedentry"
TAIL = (
    "DELETE FROM audit_sealedentry WHERE seal_id = 3; DELETE FROM audit_seal WHERE number = 3;"
    "DELETE FROM audit_entry e WHERE NOT EXISTS (SELECT FROM audit_sealedentry WHERE entry_id = e.id)"
)
# FIRST and LAST stand for the keys of the first and of the last entry.
TAMPERINGS = {
    "a text": "UPDATE audit_entry SET reason = 'because' WHERE id = FIRST",
    "a blank": "UPDATE audit_entry SET reason = reason || ' ' WHERE id = LAST",
    "a microsecond": "UPDATE audit_entry SET at = at + interval '1 microsecond' WHERE id = FIRST",
    "the end of time": "UPDATE audit_entry SET at = 'infinity' WHERE id = FIRST",
    "before Christ": "UPDATE audit_entry SET at = '2026-03-01 12:00:00 BC' WHERE id = FIRST",
    "nothing for something": "UPDATE audit_entry SET object_id = NULL WHERE id = FIRST",
    "a number": """UPDATE audit_entry SET changes = '{"cap": 4.0}' WHERE id = FIRST""",
    "a number too large": """UPDATE audit_entry SET changes = '{"cap": 1e400}' WHERE id = FIRST""",
    "roles": """UPDATE audit_entry SET actor_roles = '["chief"]' WHERE id = FIRST""",
    "a key": "UPDATE audit_entry SET id = gen_random_uuid() WHERE id = FIRST",
    "deleted": "DELETE FROM audit_entry WHERE id = FIRST",
    "deleted with its hash": (
        "DELETE FROM audit_entry WHERE id = LAST; DELETE FROM audit_sealedentry WHERE entry_id = LAST"
    ),
    "taken from under its seal": "DELETE FROM audit_sealedentry WHERE entry_id = LAST",
    "put under no seal": "UPDATE audit_sealedentry SET seal_id = 99 WHERE entry_id = LAST",
    "a hash": "UPDATE audit_sealedentry SET hash = sha256('x') WHERE entry_id = LAST",
    "swapped": (
        "UPDATE audit_entry e SET object_id = o.object_id, at = o.at FROM audit_entry o "
        "WHERE (e.id = FIRST AND o.id = LAST) OR (e.id = LAST AND o.id = FIRST)"
    ),
    "the tail": TAIL,
    "a seal": "DELETE FROM audit_seal WHERE number = 2",
    "a total": "UPDATE audit_seal SET total = total + 1 WHERE number = 1",
    "the time of a seal": "UPDATE audit_seal SET at = 'infinity' WHERE number = 3",
    "a signature": "UPDATE audit_seal SET signature = '' WHERE number = 3",
    "everything": f"{FORGET_SEALS}, audit_entry",
}


@pytest.fixture
def sealed(db: None, folder: Path) -> Path:
    """Three seals on four entries each, and nothing left that would keep the owner from changing them."""
    for _time in range(3):
        write(4, cap=4)
        seal_waiting()
    assert messages() == []
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("; ".join(f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in TABLES))
        cursor.execute(BONDS)
        cursor.execute(
            "; ".join(f"ALTER TABLE audit_sealedentry DROP CONSTRAINT {name}" for (name,) in cursor.fetchall())
        )
    return folder


def do(statements: str) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT min(id::text), max(id::text) FROM audit_entry")
        first, last = cursor.fetchone()
        cursor.execute(statements.replace("FIRST", f"'{first}'").replace("LAST", f"'{last}'"))


@pytest.mark.parametrize("kind", TAMPERINGS)
def test_it_is_found(sealed: Path, kind: str) -> None:
    do(TAMPERINGS[kind])
    assert messages()


def test_a_new_chain_over_changed_entries_needs_the_key(sealed: Path, tmp_path: Path, settings: Settings) -> None:
    do(f"{TAMPERINGS['a text']}; {FORGET_SEALS}")
    settings.DATA_FOLDER = tmp_path / "elsewhere"
    seal_waiting()
    assert messages() == []
    settings.DATA_FOLDER = sealed
    (tmp_path / "elsewhere" / checkpoints.NAME).replace(sealed / checkpoints.NAME)
    assert messages() == ["Seal 1 is not signed by the key of this installation, and it names another key."]


def test_the_tail_cut_everywhere_is_found_with_a_copy(sealed: Path, tmp_path: Path) -> None:
    file, copy = sealed / checkpoints.NAME, tmp_path / "copy.jsonl"
    copy.write_bytes(last_checkpoint(AUDITOR).line())
    do(TAIL)
    file.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[:2]))
    assert messages() == []
    (message,) = messages(copy)
    assert message.startswith("The auditor's copy knows seal 3")


def test_all_of_it_rewritten_with_the_key_is_found_with_a_copy(sealed: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.jsonl"
    copy.write_bytes((sealed / checkpoints.NAME).read_bytes())
    do(f"{TAMPERINGS['a text']}; {FORGET_SEALS}")
    (sealed / checkpoints.NAME).unlink()
    seal_waiting()
    assert messages() == []
    assert messages(copy)


def test_zone_and_formats_of_a_session_change_nothing(sealed: Path) -> None:
    do("SET LOCAL timezone = 'Asia/Baghdad'; SET LOCAL datestyle = 'German'")
    assert messages() == []
