"""The command line as a person meets it: help, exit codes, JSON, and never a stack trace."""

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import ProgrammingError

from accord.config import postgres, serving, wall
from accord.config.cli import check, entry, main
from accord.config.cli.exits import Exit, Trouble


@pytest.fixture(autouse=True)
def _database_of_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands use the test's own connection instead of a server in another folder."""
    monkeypatch.setattr(postgres, "ensure_running", lambda: None)


@pytest.mark.parametrize("command", entry.COMMANDS)
def test_every_command_explains_itself_with_examples(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main([command, "--help"])
    said = capsys.readouterr().out
    assert stop.value.code == 0
    assert f"accord {command}" in said
    assert "examples:" in said
    assert "exit codes:" in said


def test_the_overview_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--help"])
    said = capsys.readouterr().out
    assert stop.value.code == 0
    assert all(command in said for command in entry.COMMANDS)


@pytest.mark.parametrize(
    "typed",
    [
        [],
        ["dance"],
        ["gate"],
        ["gate", "--institution", "a", "--type", "b", "--place", "c", "--on", "yesterday"],
        ["factsheet", "--lang", "tlh"],
        ["load"],
    ],
)
def test_what_is_typed_wrongly_ends_with_2(typed: list[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(typed)
    assert stop.value.code == Exit.USAGE


@pytest.mark.django_db
def test_check_reports_and_says_so_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["check", "--json"])
    found = json.loads(capsys.readouterr().out)
    assert code == (Exit.OK if found["ok"] else Exit.REFUSED)
    assert found["checks"] == list(check.CHECKS)


@pytest.mark.django_db
def test_a_broken_folder_is_refused_with_file_line_and_field(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mission.yaml").write_text("code: 7\n")
    assert main(["load", str(tmp_path), "--json"]) == Exit.REFUSED
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert problems
    assert {"file", "line", "field", "message"} == set(problems[0])


@pytest.mark.parametrize(
    ("trouble", "code", "words"),
    [
        (postgres.DatabaseTrouble("no server"), Exit.ENVIRONMENT, "no server"),
        (Trouble("no folder"), Exit.ENVIRONMENT, "no folder"),
        (ProgrammingError("relation does not exist"), Exit.ENVIRONMENT, "accord migrate"),
        (ZeroDivisionError("division by zero"), Exit.ENVIRONMENT, "should not have happened"),
        (KeyboardInterrupt(), Exit.INTERRUPTED, ""),
    ],
)
def test_trouble_is_told_in_a_sentence(
    trouble: BaseException,
    code: Exit,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise trouble

    monkeypatch.delenv("ACCORD_DEBUG", raising=False)
    monkeypatch.setattr(wall, "call_command", fail)
    assert main(["migrate"]) == code
    said = capsys.readouterr().err
    assert words in said
    assert "Traceback" not in said


def test_the_trace_is_there_for_who_asks(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise Trouble("no folder")

    monkeypatch.setenv("ACCORD_DEBUG", "1")
    monkeypatch.setattr(wall, "call_command", fail)
    main(["migrate"])
    assert "Traceback" in capsys.readouterr().err


def test_a_taken_port_is_named_with_a_way_out() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Trouble, match=f"Port {port} is taken.*--port {port + 1}"):
            serving.demand_free_port("127.0.0.1", port)


def test_the_data_folder_may_stand_anywhere_in_the_line(tmp_path: Path) -> None:
    """In a process of its own, since settings are read once."""
    taken = "from accord.config import cli; import os; cli.main(['gate', '--data', {!r}, '--help'])"
    program = (
        f"import atexit, os; atexit.register(lambda: print(os.environ['ACCORD_DATA'])); {taken.format(str(tmp_path))}"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith(str(tmp_path))
