"""A broken folder: every problem names file, line and field, and nothing in the database changes."""

from pathlib import Path

import pytest
from django.utils import translation

from accord.audit.models import Entry
from accord.exchange.errors import BrokenMission, Problem
from accord.exchange.folder import open_folder
from accord.exchange.models import LoadedRecord
from accord.exchange.rules import problems_of
from accord.exchange.services import load_mission
from accord.mandate.models import Mission
from tests.exchange import folders
from tests.exchange.conftest import LOADER


def problems_in(folder: Path) -> list[Problem]:
    try:
        return problems_of(open_folder(folder))
    except BrokenMission as broken:
        return broken.problems


SHAPES = [
    ("positions.yaml", "organisation: vism", "organisation: visn", "organisation", "Did you mean vism"),
    ("positions.yaml", "organisation: vism", "organisation: zzzz", "organisation", "in this folder"),
    ("instruments.yaml", "issued_on: 2024-02-10", "issued_on: 2024-02-31", "issued_on", "no such day"),
    ("persons.yaml", "fr: Chef Un (fictif)}", "}", "shown_name", "Missing: fr"),
    ("organisations.yaml", "short_name: {en: VISM, fr: MAIV}", "short_name: {en: VISM, fr: MAIV, ar: م}",
     "short_name", "does not use the language ar"),
    ("organisations.yaml", "aliases: [Ministry", "nicknames: [Ministry", "nicknames", "Nobody knows this field"),
    ("requests.yaml", "activity_types: [advise, train]", "activity_types: [advise, patrol]", "activity_types.2",
     "closed list"),
    ("requests.yaml", "do: accept, on: 2024-02-10", "do: approve, on: 2024-02-10", "steps.2.do", "The steps are"),
    ("requests.yaml", "do: accept, on: 2024-02-10", "do: accept, on: 2024-01-10", "steps.2.on", "order of their days"),
    ("requests.yaml", "{do: submit, on: 2024-01-15}, ", "", "steps.1.do", "cannot be taken"),
    ("engagements.yaml", "state: conducted", "state: draft", "state", "Only these states"),
    ("mission.yaml", "time_zone: Etc/GMT-2", "time_zone: Velmora", "time_zone", "IANA"),
    ("mission.yaml", "self_approval: false", "self_approval: perhaps", "parameters.self_approval", "true or false"),
    ("nations.yaml", "code: XES", "code: XNO", "code", "already written in line 4"),
    ("control.yaml", "source: {kind: illustrative, ref: Fictional}", "source: {kind: public, ref: Blog}", "source",
     "sources.yaml"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "field", "words"), SHAPES)
def test_shape_is_named_with_file_line_and_field(
    velmora: Path, file: str, old: str, new: str, field: str, words: str
) -> None:
    line = folders.line_of(velmora, file, old)
    folders.change(velmora, file, old, new)
    found = problems_in(velmora)[0]
    assert (found.file, found.field) == (file, field)
    assert words in str(found.message)
    assert found.line == line


RULES = [
    ("mandate.yaml", "  decision: decision\n", "", "decision", "A version in force needs its decision"),
    ("mission.yaml", "types: V1", "types: V9", "parameters.clauses.types", "No version of the mandate has a clause V9"),
    ("accords.yaml", "  signed_for_host: {position: justice-secretary, on: 2024-03-01}\n", "", "signed_for_host",
     "signed by both sides"),
    ("accords.yaml", "{position: justice-secretary, on: 2024-03-01}", "{position: academy-director, on: 2024-03-01}",
     "signed_for_host", "no authority"),
    ("accords.yaml", "{position: justice-secretary, on: 2024-03-01}", "{position: justice-secretary, on: 2024-03-03}",
     "steps.1.on", "before both sides signed"),
    ("accords.yaml", "do: enter_into_force, on: 2024-03-04", "do: enter_into_force, on: 2024-03-03", "steps.2.on",
     "outside its period"),
    ("accords.yaml", "activity_types: [advise, train]", "activity_types: [advise, assistance]", "activity_types.2",
     "no activity type"),
    ("requests.yaml", "submitted_by: justice-secretary", "submitted_by: head-of-mission", "submitted_by",
     "Only a post of the host nation"),
    ("requests.yaml", "  validity: {from: 2024-03-04}\n", "", "steps", "needs its validity"),
    ("control.yaml", "signed_on: 2024-03-01", "signed_on: 2023-03-01", "signed_by", "no authority"),
    ("control.yaml", ", until: 2028-01-01", "", "period", "expires"),
    ("expansions.yaml", "  headcount_cap: 2\n", "", "headcount_cap", "bounded"),
    ("expansions.yaml", ", until: 2026-01-01", "", "period", "ends some day"),
    ("expansions.yaml", "(proposed), fr: Une deuxième étape (proposée)}", "x, fr: x}\n  state: in_force",
     "request", "bounded"),
    ("objectives.yaml", "  host_owner: justice-secretary\n", "", "host_owner", "needs this field"),
    ("objectives.yaml", "host_owner: justice-secretary", "host_owner: head-of-mission", "host_owner", "host nation"),
    ("objectives.yaml", "baseline: 1 of 9, ", "", "indicators", "baseline"),
    ("places.yaml", "name: {en: Velmora, fr: Velmora},", "name: {en: Velmora, fr: Velmora}, parent: velmora-city,",
     "parent", "comes back to itself"),
    ("factsheet.yaml", "up in {place}", "up in {spot}", "sentence", "unknown slot"),
    ("factsheet.yaml", "binding: focus", "binding: horoscope", "sentence", "unknown binding"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "field", "words"), RULES)
def test_contradictions_are_named(velmora: Path, file: str, old: str, new: str, field: str, words: str) -> None:
    folders.change(velmora, file, old, new)
    found = problems_in(velmora)
    assert (file, field) in [(p.file, p.field) for p in found]
    assert any(words in str(p.message) for p in found)


def test_an_unreviewed_step_blocks_the_next(velmora: Path) -> None:
    folders.change(velmora, "expansions.yaml", "state: reviewed", "state: in_force")
    path = velmora / "expansions.yaml"
    second = "  state: in_force\n  request: request-academy\n  headcount_cap: 1\n  places: [port-arden]\n"
    text = path.read_text(encoding="utf-8") + second + "  period: {from: 2026-02-01, until: 2026-09-01}\n"
    path.write_text(text, encoding="utf-8")
    assert [(p.file, p.field) for p in problems_in(velmora)] == [("expansions.yaml", "state")]


def test_unreadable_yaml_is_one_problem_and_no_echo(velmora: Path) -> None:
    folders.change(velmora, "nations.yaml", "- code: XES", "- code: [XES")
    found = problems_in(velmora)
    assert {p.file for p in found} == {"nations.yaml"}
    assert found[0].line > 1


def test_all_problems_are_told_at_once(velmora: Path) -> None:
    folders.change(velmora, "positions.yaml", "organisation: vism", "organisation: visn")
    folders.change(velmora, "instruments.yaml", "issued_on: 2024-02-10", "issued_on: soon")
    folders.change(velmora, "places.yaml", "kind: country", "kind: realm")
    assert [p.file for p in problems_in(velmora)] == ["instruments.yaml", "places.yaml", "positions.yaml"]


def test_a_file_with_a_wrong_name_is_told(velmora: Path) -> None:
    (velmora / "places.yaml").rename(velmora / "place.yaml")
    assert any(p.file == "place.yaml" and "places.yaml" in str(p.message) for p in problems_in(velmora))


def test_an_outline_of_nowhere_is_told(velmora: Path) -> None:
    folders.change(velmora, "outlines.geojson", "coast-region", "east-region")
    assert [(p.file, p.field) for p in problems_in(velmora)] == [("outlines.geojson", "properties.code")]


def test_a_folder_without_a_mission_is_told(tmp_path: Path) -> None:
    assert [p.file for p in problems_in(tmp_path)] == ["mission.yaml"]


def test_a_file_that_is_no_list_is_told(velmora: Path) -> None:
    (velmora / "pairings.yaml").write_text("pairs: none\n", encoding="utf-8")
    assert [(p.file, p.line) for p in problems_in(velmora)] == [("pairings.yaml", 1)]


GUARDS = [
    ("positions.yaml", "tours: [{person: advisor-one, period: {from: 2024-06-01}",
     ("tours: [{person: head-one, period: {from: 2024-03-04}, source: {kind: illustrative, ref: F}}, "
      "{person: advisor-one, period: {from: 2024-06-01}"), "tours", "Two people hold this position"),
    ("posture.yaml", "from: 2024-03-04, until: 2026-02-01", "from: 2024-03-04, until: 2026-03-01", "period",
     "two postures"),
    ("control.yaml", "institution: academy-of-port-arden", "institution: ministry-of-justice", "period",
     "two control statuses"),
    ("nations.yaml", "statuses: [{status: partner, period: {from: 2024-03-04}",
     ("statuses: [{status: ally, period: {from: 2024-01-01}, source: {kind: illustrative, ref: F}}, "
      "{status: partner, period: {from: 2024-03-04}"), "statuses", "two statuses"),
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("file", "old", "new", "field", "words"), GUARDS)
def test_the_database_s_guards_speak_of_file_and_line(
    velmora: Path, file: str, old: str, new: str, field: str, words: str
) -> None:
    folders.change(velmora, file, old, new)
    with pytest.raises(BrokenMission) as broken:
        load_mission(actor=LOADER, folder=velmora)
    assert [(p.file, p.field) for p in broken.value.problems] == [(file, field)]
    assert words in str(broken.value)
    assert not Mission.objects.exists()


@pytest.mark.django_db
def test_a_broken_folder_changes_nothing(velmora: Path) -> None:
    load_mission(actor=LOADER, folder=velmora)
    digest, records, entries = Mission.objects.get().digest, LoadedRecord.objects.count(), Entry.objects.count()
    folders.change(velmora, "posture.yaml", "until: 2026-02-01", "until: 2026-03-01")
    folders.change(velmora, "nations.yaml", "Norland", "Northland")
    with pytest.raises(BrokenMission) as broken:
        load_mission(actor=LOADER, folder=velmora)
    assert [p.file for p in broken.value.problems] == ["posture.yaml"]
    assert Mission.objects.get().digest == digest
    assert (LoadedRecord.objects.count(), Entry.objects.count()) == (records, entries)


def test_a_problem_reads_as_one_line_and_as_data() -> None:
    problem = Problem("places.yaml", 7, "name", "Write it.")
    assert str(problem) == "places.yaml:7: name: Write it."
    assert str(Problem("places.yaml", 7, "", "Write it.")) == "places.yaml:7: Write it."
    assert problem.plain() == {"file": "places.yaml", "line": 7, "field": "name", "message": "Write it."}


def test_problems_are_worded_when_they_are_read(velmora: Path) -> None:
    folders.change(velmora, "instruments.yaml", "issued_on: 2024-02-10", "issued_on: soon")
    found = problems_in(velmora)[0]
    with translation.override("en"):
        assert "2021-06-30" in str(found.message)
