"""The checker of security/asvs.toml takes the file as it is, and refuses it broken in every way we could think of."""

import re
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

import asvs
from asvs import Evidence, Requirement

FILE = (asvs.ROOT / asvs.FILE).read_text()
REQUIREMENTS = asvs.read(FILE)
NAMED = frozenset(test for one in REQUIREMENTS for test in one.shown_by)
ALL_PASSED = Evidence(collected=NAMED, passed=dict.fromkeys(NAMED, True))

Break = Callable[[list[Requirement]], list[Requirement]]


def changed(kind: str, **values: object) -> Break:
    """The first requirement of that status, with other values."""

    def breaking(requirements: list[Requirement]) -> list[Requirement]:
        place = next(n for n, one in enumerate(requirements) if one.status == kind)
        return [*requirements[:place], replace(requirements[place], **values), *requirements[place + 1 :]]  # type: ignore[arg-type]  # any field

    return breaking


def claimed_by_many(requirements: list[Requirement]) -> list[Requirement]:
    favourite = min(NAMED)
    return [replace(one, tests=(favourite,)) if one.status == "test" else one for one in requirements]


BROKEN: dict[str, tuple[Break, str]] = {
    "one is missing": (lambda all_: all_[1:], "not those of ASVS"),
    "one is invented": (lambda all_: [*all_, replace(all_[0], id="V18.1.1")], "not those of ASVS"),
    "one stands twice": (lambda all_: [all_[0], *all_], "not those of ASVS"),
    "two changed places": (lambda all_: [all_[1], all_[0], *all_[2:]], "not those of ASVS"),
    "a level is lower": (changed("planned", level=9), "not those of ASVS"),
    "a text is another": (changed("test", text="0" * 12), "not those of ASVS"),
    "a status nobody knows": (changed("planned", status="done"), "unknown status"),
    "shown by no test": (changed("test", tests=()), "names no test"),
    "a test that does not exist": (changed("test", tests=("tests/test_x.py::test_y",)), "is not among the tests"),
    "one test for everything": (claimed_by_many, "is claimed by"),
    "no page": (changed("doc", doc=""), "names no page"),
    "a page that is not there": (changed("doc", doc="docs/security/nowhere.md#x"), "is not there"),
    "a heading that is not there": (changed("doc", doc="docs/security/README.md#nowhere"), "is not there"),
    "a page without a heading": (changed("doc", doc="docs/security/README.md"), "is not there"),
    "code that is not there": (changed("test", code=("src/accord/audit/usecase.py:nothing",)), "is not there"),
    "left out without a reason": (changed("na", reason=""), "left out without"),
    "left out without a guard": (changed("na", na_check=""), "left out without"),
    "guarded by nothing": (changed("na", na_check="tests/asvs/test_na.py::test_nothing"), "is not among the tests"),
    "planned without a word": (changed("planned", note=""), "does not say what it waits for"),
}


def test_the_file_as_it_is_is_taken() -> None:
    assert list(asvs.check(REQUIREMENTS, ALL_PASSED)) == []


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_copy_is_refused(name: str) -> None:
    breaking, reason = BROKEN[name]
    problems = list(asvs.check(breaking(REQUIREMENTS), ALL_PASSED))
    assert any(reason in problem for problem in problems), problems


@pytest.mark.parametrize("kind", ["tests", "na_check"])
def test_what_did_not_pass_shows_nothing(kind: str) -> None:
    failed = next(test for one in REQUIREMENTS for test in one.shown_by if getattr(one, kind))
    for passed in ({**dict.fromkeys(NAMED, True), failed: False}, dict.fromkeys(NAMED - {failed}, True)):
        problems = list(asvs.check(REQUIREMENTS, replace(ALL_PASSED, passed=passed)))
        assert any(f"{failed} did not pass" in problem for problem in problems)


def test_nothing_is_only_planned_in_a_release() -> None:
    planned = [one.id for one in REQUIREMENTS if one.status == "planned"]
    problems = list(asvs.check(REQUIREMENTS, replace(ALL_PASSED, release=True)))
    assert problems == [f"{name}: is only planned" for name in planned]


def test_a_broad_test_may_be_listed() -> None:
    requirements = claimed_by_many(REQUIREMENTS)
    assert list(asvs.check(requirements, replace(ALL_PASSED, broad=NAMED))) == []


def test_a_word_nobody_knows_is_refused() -> None:
    with pytest.raises(SystemExit, match="unknown statsu"):
        asvs.read(FILE.replace("status =", "statsu =", 1))


def test_results_count_only_when_all_parameters_passed() -> None:
    cases = [
        ("test_all[a]", ""), ("test_all[b]", ""), ("test_some[a]", ""), ("test_some[b]", "<failure/>"),
        ("test_skipped", "<skipped/>"), ("test_undone", ""), ("test_undone", "<error/>"),
    ]  # fmt: skip
    lines = [f'<testcase classname="tests.web.test_x" name="{name}">{trouble}</testcase>' for name, trouble in cases]
    lines.append('<testcase classname="tests.web.test_x.TestThing" name="test_inside"/>')
    junit = ET.fromstring(f"<testsuites>{''.join(lines)}</testsuites>")  # noqa: S314 - written here
    passed = asvs.results(ET.ElementTree(junit))
    assert {name.split("::", 1)[1] for name, well in passed.items() if well} == {
        "test_all", "test_all[a]", "test_all[b]", "test_some[a]", "TestThing::test_inside",
    }  # fmt: skip
    assert all(name.startswith("tests/web/test_x.py::") for name in passed)


def test_counts_add_up() -> None:
    table = asvs.counts(REQUIREMENTS)
    cells = [
        int(cell) for line in table.splitlines() if line.startswith("| V") for cell in re.findall(r"\| (\d+) ", line)
    ]
    assert sum(cells) == 345
    words = asvs.summary(REQUIREMENTS)
    assert "Level 1: 70 requirements." in words
    assert "253 requirements." in words
    assert "Level 3 alone: 92 requirements." in words


def test_counts_are_written_between_their_marks() -> None:
    page = f"before\n{asvs.BEGIN}old\n{asvs.END}\nafter\n"
    written = asvs.with_counts(page, "new")
    assert written == f"before\n{asvs.BEGIN}\nnew\n\n{asvs.END}\nafter\n"
    assert asvs.with_counts(written, "new") == written
