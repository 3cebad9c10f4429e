"""YAML as strings with lines: no guesses about what a value means."""

from pathlib import Path

from accord.exchange.errors import Problem
from accord.exchange.reading import Document, digest_of, dotted, read_folder, read_outlines, read_yaml


def read(text: str) -> tuple[Document, list[Problem]]:
    problems: list[Problem] = []
    return read_yaml("x.yaml", text, problems), problems


def test_every_scalar_is_a_string() -> None:
    document, problems = read("- {code: NO, on: 2021-06-30, yes: no, number: 010, empty: }")
    assert document.data == [{"code": "NO", "on": "2021-06-30", "yes": "no", "number": "010", "empty": ""}]
    assert problems == []


def test_every_value_has_its_line() -> None:
    document, _problems = read("# a remark\n- code: a\n  name:\n    en: A\n- code: b\n")
    assert document.line((0, "name", "en")) == 4
    assert document.line((1, "code")) == 5


def test_what_is_not_written_has_the_line_of_what_is_around_it() -> None:
    document, _problems = read("- code: a\n  name:\n    en: A\n")
    assert document.line((0, "name", "ar")) == 2
    assert document.line((0, "source")) == 1


def test_unreadable_yaml_names_its_line() -> None:
    _document, problems = read("- code: a\n- {code: b\n- code: c\n")
    assert [(p.file, p.line > 1) for p in problems] == [("x.yaml", True)]
    assert "not readable YAML" in str(problems[0])


def test_a_field_written_twice_is_a_problem() -> None:
    _document, problems = read("- code: a\n  name: x\n  name: y\n")
    assert [(p.line, p.field) for p in problems] == [(3, "name")]


def test_aliases_are_a_problem() -> None:
    _document, problems = read("- &a {code: x}\n- *a\n")
    assert len(problems) == 1
    assert "Aliases" in str(problems[0])


def test_an_empty_file_is_an_empty_list() -> None:
    assert read("# nothing yet\n")[0].data == []


def test_other_encodings_are_a_problem_with_a_line(tmp_path: Path) -> None:
    (tmp_path / "places.yaml").write_bytes(b"- code: a\n  name: \xff\xfe\n")
    _documents, problems = read_folder(tmp_path)
    assert [(p.file, p.line) for p in problems] == [("places.yaml", 2)]


def test_broken_outlines_are_a_problem_with_a_line(tmp_path: Path) -> None:
    (tmp_path / "outlines.geojson").write_text('{"features": [\n{]}', encoding="utf-8")
    problems: list[Problem] = []
    assert read_outlines(tmp_path, problems) == {}
    assert [(p.file, p.line) for p in problems] == [("outlines.geojson", 2)]


def test_outlines_without_codes_are_a_problem(tmp_path: Path) -> None:
    (tmp_path / "outlines.geojson").write_text('{"features": [{"properties": {}}]}', encoding="utf-8")
    problems: list[Problem] = []
    read_outlines(tmp_path, problems)
    assert [p.field for p in problems] == ["features"]


def test_digest_follows_names_and_contents(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("- 1", encoding="utf-8")
    first = digest_of(tmp_path)
    (tmp_path / "README.md").write_text("not read", encoding="utf-8")
    assert digest_of(tmp_path) == first
    (tmp_path / "a.yaml").rename(tmp_path / "b.yaml")
    assert digest_of(tmp_path) != first


def test_paths_count_from_one() -> None:
    assert dotted(("tours", 1, "period", "until")) == "tours.2.period.until"
