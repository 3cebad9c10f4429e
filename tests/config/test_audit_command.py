"""Sealing and verifying from the command line: what is wrong, where, and by the exit code whether anything is."""

import json
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from accord.audit.checkpoints import NAME
from accord.audit.models import Entry
from accord.config import postgres
from accord.config.cli import main
from accord.config.cli.exits import Exit
from tests.audit.written import write
from tests.owner import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(postgres, "ensure_running", lambda: None)
    settings.DATA_FOLDER = tmp_path
    return tmp_path


def test_an_empty_trail_is_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "verify"]) == Exit.OK
    assert "nothing can be said of them: 0" in capsys.readouterr().out


def test_it_seals_and_verifies(capsys: pytest.CaptureFixture[str]) -> None:
    write(3)
    assert main(["audit", "seal"]) == Exit.OK
    assert capsys.readouterr().out == "Entries sealed: 3\n"
    write(2)
    assert main(["audit", "verify"]) == Exit.OK
    said = capsys.readouterr().out
    assert said.startswith("✓")
    assert "Read: 3 (under seals: 1)" in said
    assert "nothing can be said of them: 2" in said


def test_what_is_wrong_is_said_with_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    entry, *_others = write(3)
    main(["audit", "seal"])
    _change(entry)
    capsys.readouterr()
    assert main(["audit", "verify"]) == Exit.REFUSED
    assert f"✗ Entry {entry.pk} of seal 1 or the hash beside it was changed." in capsys.readouterr().out
    assert main(["audit", "verify", "--json"]) == Exit.REFUSED
    said = json.loads(capsys.readouterr().out)
    assert said["ok"] is False
    assert [(finding["seal"], finding["entry"]) for finding in said["findings"]] == [(1, str(entry.pk))]
    main(["check", "--json"])
    checked = json.loads(capsys.readouterr().out)
    assert [finding["check"] for finding in checked["findings"]] == ["trail"]


def test_an_auditors_copy_is_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write()
    main(["audit", "seal"])
    copy = tmp_path / "copy.jsonl"
    copy.write_bytes((tmp_path / NAME).read_bytes())
    assert main(["audit", "verify", "--anchor", str(copy)]) == Exit.OK
    copy.write_bytes(copy.read_bytes().replace(b'"total":1', b'"total":2'))
    assert main(["audit", "verify", "--anchor", str(copy)]) == Exit.REFUSED
    assert "Seal 1 says otherwise than the auditor's copy" in capsys.readouterr().out
    assert main(["audit", "verify", "--anchor", str(tmp_path / "nowhere")]) == Exit.REFUSED


def test_what_is_to_be_done_must_be_typed() -> None:
    with pytest.raises(SystemExit) as stop:
        main(["audit"])
    assert stop.value.code == Exit.USAGE


def _change(entry: Entry) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        cursor.execute("UPDATE audit_entry SET reason = 'because' WHERE id = %s", [entry.pk])
