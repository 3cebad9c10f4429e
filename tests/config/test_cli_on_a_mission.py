"""The commands on the reference mission, as the issue asks for them."""

import json
from pathlib import Path

import pytest

from accord.audit.models import Entry
from accord.config import postgres
from accord.config.cli import main
from accord.config.cli.exits import Exit
from accord.exchange.services import load_mission
from accord.kernel.actor import system
from tests.architecture.source import ROOT

NMI = ROOT / "missions" / "nmi"
INTERIOR = ["--institution", "Ministry of Interior", "--type", "advise", "--place", "Baghdad"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mission(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "ensure_running", lambda: None)
    load_mission(actor=system("test"), folder=NMI)


def test_the_gate_refuses_before_the_ministry_of_interior_was_added(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gate", *INTERIOR, "--on", "2023-08-16"]) == Exit.REFUSED
    said = capsys.readouterr().out
    assert said.startswith("Refused")
    assert "S6:" in said


def test_the_gate_allows_it_afterwards(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gate", *INTERIOR, "--on", "2023-08-18"]) == Exit.OK
    assert capsys.readouterr().out.startswith("Allowed")


def test_the_gate_answers_in_arabic_and_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gate", *INTERIOR, "--on", "2023-08-16", "--lang", "ar"]) == Exit.REFUSED
    assert "وزارة الداخلية" in capsys.readouterr().out
    assert main(["gate", *INTERIOR, "--on", "2023-08-16", "--json"]) == Exit.REFUSED
    verdict = json.loads(capsys.readouterr().out)
    assert verdict["allowed"] is False
    assert {"S6", "S12a"} <= {refusal["clause"] for refusal in verdict["refusals"]}
    assert all(refusal["message"]["ar"] for refusal in verdict["refusals"])


@pytest.mark.parametrize("kind", ["combat", "strike", "ADVISE; DROP TABLE", ""])
def test_the_gate_knows_no_other_kind_of_activity(kind: str) -> None:
    asked = ["--institution", "Ministry of Defence", "--type", kind, "--place", "Baghdad", "--on", "2023-08-18"]
    assert main(["gate", *asked]) == Exit.REFUSED


def test_asking_leaves_nothing_behind() -> None:
    before = Entry.objects.count()
    main(["gate", *INTERIOR, "--on", "2023-08-18"])
    assert Entry.objects.count() == before


def test_the_fact_sheet_is_written_as_json_and_as_text(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["factsheet", "--as-of", "2021-06-30", "--format", "json"]) == Exit.OK
    sheet = json.loads(capsysbinary.readouterr().out)
    assert sheet["as_of"] == "2021-06-30"
    assert all(claim["sources"] for claim in sheet["claims"])
    assert main(["factsheet", "--as-of", "2021-06-30"]) == Exit.OK
    assert "Lollesgaard" in capsysbinary.readouterr().out.decode()


def test_the_fact_sheet_is_printed_in_arabic(tmp_path: Path) -> None:
    target = tmp_path / "sheet.pdf"
    asked = ["factsheet", "--as-of", "2021-06-30", "--lang", "ar", "--format", "pdf", "--output", str(target)]
    assert main(asked) == Exit.OK
    assert target.read_bytes().startswith(b"%PDF-")


def test_loading_again_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["load", str(NMI), "--json"]) == Exit.OK
    assert json.loads(capsys.readouterr().out)["changed"] is False
    assert main(["load", str(NMI)]) == Exit.OK
    assert "nothing has changed" in capsys.readouterr().out
