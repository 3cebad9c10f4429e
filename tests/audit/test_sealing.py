"""Sealing what is in the database: every entry once, late ones too, by a role that may only read and insert."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import orjson
import pytest
from django.db import DatabaseError, connection, connections, transaction
from procrastinate.contrib.django import app

from accord.audit import checkpoints, stored
from accord.audit.models import Entry, Seal, SealedEntry
from accord.audit.queries import last_checkpoint, sealing, verify_trail
from accord.audit.services import MOST_UNDER_ONE_SEAL, seal_waiting
from accord.audit.signing import PRIVATE, PUBLIC, fingerprint, signing_key
from accord.config.postgres import data_folder, server
from accord.config.postgres.cluster import Cluster
from accord.kernel.actor import Actor
from accord.kernel.errors import Conflict, NotFound, Refused
from accord.kernel.keys import new_key
from tests.audit.written import AUDITOR, messages, write
from tests.owner import as_owner

CLUSTER = Cluster(data_folder())
whole_transactions = pytest.mark.django_db(transaction=True)


def database() -> str:
    return str(connection.settings_dict["NAME"])


@pytest.mark.django_db
def test_every_entry_stands_under_one_seal(folder: Path) -> None:
    write(3, cap=4, share=1.10, big=10**30, names=["a"], inner={"b": None})
    assert seal_waiting() == 3
    write(2)
    assert seal_waiting() == 2
    assert seal_waiting() == 0
    assert list(Seal.objects.values_list("number", "count", "total")) == [(1, 3, 3), (2, 2, 5)]
    assert SealedEntry.objects.count() == Entry.objects.count() == 5
    verification = verify_trail()
    assert (verification.findings, verification.sealed, verification.seals) == ([], 5, 2)


@pytest.mark.django_db
def test_a_long_queue_is_sealed_in_batches(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accord.audit.services.MOST_UNDER_ONE_SEAL", 4)
    entries = write(10)
    assert seal_waiting() == 10
    assert list(Seal.objects.values_list("count", flat=True)) == [4, 4, 2]
    order = SealedEntry.objects.order_by("seal_id", "entry_id").values_list("entry_id", flat=True)
    assert list(order) == sorted(entry.pk for entry in entries)
    assert messages() == []
    assert MOST_UNDER_ONE_SEAL == 1000


@pytest.mark.django_db
def test_the_worker_seals_every_minute(folder: Path) -> None:
    (known,) = [one for one in app.periodic_registry.periodic_tasks.values() if one.task.name == "audit.seal"]
    assert known.cron == "* * * * *"
    write(2)
    assert known.task(0) == 2


@pytest.mark.django_db
def test_each_seal_is_a_line_outside_the_database(folder: Path) -> None:
    for _time in range(2):
        write()
        seal_waiting()
    lines = [orjson.loads(line) for line in (folder / checkpoints.NAME).read_bytes().splitlines()]
    assert [line["checkpoint"]["number"] for line in lines] == [1, 2]
    assert lines[1]["checkpoint"]["total"] == 2
    assert lines[1]["signature"] == Seal.objects.get(number=2).signature
    stored_somewhere = b"".join(str(row).encode() for row in Seal.objects.values())
    assert (folder / PRIVATE).read_bytes().splitlines()[1] not in stored_somewhere


@whole_transactions
def test_what_is_committed_late_is_sealed_later(folder: Path) -> None:
    """The key of the late entry is older than that of one which is sealed already."""
    late = new_key()
    with server.connect(CLUSTER, server.OWNER, database()) as other, other.transaction():
        other.execute(
            "INSERT INTO audit_entry (id, at, actor_name, actor_roles, channel, action, object_type, object_name,"
            " changes, reason) VALUES (%s, now(), 'Late (fictional)', '[]', 'page', 'late', 'x', '', '{}', '')",
            [late],
        )
        (early,) = write()
        assert late < early.pk
        assert seal_waiting() == 1
    assert stored.waiting() == 1
    assert seal_waiting() == 1
    assert SealedEntry.objects.get(entry=late).seal_id == 2
    assert messages() == []


@whole_transactions
def test_two_that_seal_at_once_wait_for_each_other(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accord.audit.services.MOST_UNDER_ONE_SEAL", 5)
    write(40)

    def work() -> int:
        try:
            return seal_waiting()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as threads:
        counts = [future.result() for future in [threads.submit(work) for _thread in range(4)]]
    assert sum(counts) == 40
    assert SealedEntry.objects.count() == 40
    assert messages() == []


@whole_transactions
def test_reading_and_inserting_is_all_that_sealing_needs(folder: Path) -> None:
    """And all that the application's role may do with these tables."""
    write(3)
    assert seal_waiting() == 3
    assert messages() == []
    with connection.cursor() as cursor:
        for table in ("audit_entry", "audit_seal", "audit_sealedentry"):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - one of the names above


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["audit_seal", "audit_sealedentry"])
@pytest.mark.parametrize("statement", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}", "TRUNCATE {0} CASCADE"])
def test_seals_are_written_once(folder: Path, table: str, statement: str) -> None:
    write()
    seal_waiting()
    column = "total" if table == "audit_seal" else "hash"
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match="written once"), transaction.atomic(), as_owner():
            cursor.execute(statement.format(table, column))


# When something goes wrong --------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_seal_that_was_not_written_out_is_written_by_the_next_run(folder: Path) -> None:
    write()
    seal_waiting()
    file = folder / checkpoints.NAME
    whole = file.read_bytes()
    write()
    seal_waiting()
    file.write_bytes(whole)
    assert messages() == ["Seal 2 is missing in the file of checkpoints."]
    assert seal_waiting() == 0
    assert file.read_bytes().count(b"\n") == 2
    assert messages() == []


@pytest.mark.django_db
def test_a_line_cut_off_by_a_power_failure_is_followed_by_the_whole_one(folder: Path) -> None:
    write()
    seal_waiting()
    file = folder / checkpoints.NAME
    before = file.stat().st_size
    write()
    seal_waiting()
    os.truncate(file, before + 100)
    assert "Line 2 of the file of checkpoints cannot be read as a checkpoint." in messages()
    seal_waiting()
    write()
    seal_waiting()
    assert messages() == []


@pytest.mark.django_db
def test_nothing_is_sealed_over_a_contradiction(folder: Path) -> None:
    write()
    seal_waiting()
    file = folder / checkpoints.NAME
    line = file.read_bytes()
    file.write_bytes(line + line.replace(b'"number":1', b'"number":2'))
    write()
    with pytest.raises(Conflict, match="contradict"):
        seal_waiting()
    file.write_bytes(line.replace(b'"count":1', b'"count":2'))
    with pytest.raises(Conflict, match="contradict"):
        seal_waiting()
    assert stored.waiting() == 1


@pytest.mark.django_db
def test_a_foreign_seal_is_not_written_into_the_file(folder: Path) -> None:
    write()
    seal_waiting()
    for name in (PRIVATE, PUBLIC, checkpoints.NAME):
        (folder / name).unlink()
    with pytest.raises(Conflict, match="missing"):
        seal_waiting()
    assert any("audit-key.pub is missing" in message for message in messages())
    signing_key(folder, may_create=True)
    with pytest.raises(Conflict, match="not signed by our key"):
        seal_waiting()
    assert any("names another key" in message for message in messages())


# Reading --------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_state_of_sealing_is_for_auditors(folder: Path) -> None:
    stranger = Actor(name="Advisor One (fictional)", side="mission")
    for query in (sealing, last_checkpoint):
        with pytest.raises(Refused):
            query(stranger)
    with pytest.raises(NotFound):
        last_checkpoint(AUDITOR)
    write(2)
    assert (sealing(AUDITOR).seals, sealing(AUDITOR).waiting) == (0, 2)
    seal_waiting()
    write()
    shown = sealing(AUDITOR)
    assert (shown.seals, shown.sealed, shown.waiting) == (1, 2, 1)
    assert shown.fingerprint == fingerprint(Seal.objects.get().key)
    assert last_checkpoint(AUDITOR).line() + b"\n" == (folder / checkpoints.NAME).read_bytes()


@pytest.mark.django_db
def test_a_copy_that_is_not_there_is_said(folder: Path) -> None:
    with pytest.raises(NotFound, match="no such copy"):
        verify_trail(folder / "nowhere")
