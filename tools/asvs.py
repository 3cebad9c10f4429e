"""Check security/asvs.toml, which says of each requirement of OWASP ASVS 5.0.0 what shows it.

  --check        all but whether the tests pass; part of `make check`
  --junit FILE   also whether every test named passed in that run; part of `make test`
  --release      also that nothing is only planned
  --write        write the counts into docs/security/README.md

The standard's sentences are not copied (CC BY-SA 4.0). A hash of each pins which text is meant; one over all of them,
that none is missing, added or softened.
"""

import argparse
import ast
import hashlib
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parents[1]
FILE = Path("security") / "asvs.toml"
COUNTS = Path("docs") / "security" / "README.md"
BEGIN, END = "<!-- counts: written by `make docs` -->\n", "<!-- /counts -->"
# Over "id level hash", one line each, in the order of the standard.
PINNED = "401296ff90f3af14e3831282cc4e6e95a65f7186889367aa468dcff7a8e4e0c6"
STATUSES = ("test", "doc", "planned", "na")
CLAIMS = 15  # more requirements than this shown by one test: it is too broad to show any of them
# Tests that go through everything there is, so that many requirements rest on them.
BROAD: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Requirement:
    id: str
    level: int
    text: str
    status: str
    tests: tuple[str, ...] = ()
    na_check: str = ""
    code: tuple[str, ...] = ()
    doc: str = ""
    reason: str = ""
    note: str = ""

    @property
    def chapter(self) -> int:
        return int(self.id[1:].split(".")[0])

    @property
    def shown_by(self) -> tuple[str, ...]:
        return (*self.tests, *([self.na_check] if self.na_check else []))


@dataclass(frozen=True)
class Evidence:
    """What there is to check against. ``passed`` is None where no tests were run."""

    root: Path = ROOT
    collected: frozenset[str] = frozenset()
    passed: Mapping[str, bool] | None = None
    release: bool = False
    broad: frozenset[str] = field(default=BROAD)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--junit", type=Path)
    parser.add_argument("--release", action="store_true")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    requirements = read((ROOT / FILE).read_text())
    page = ROOT / COUNTS
    if asked.write:
        page.write_text(with_counts(page.read_text(), counts(requirements)))
        return 0
    passed = results(ET.parse(asked.junit)) if asked.junit else None  # noqa: S314 - our own test run wrote it
    evidence = Evidence(collected=collect(requirements), passed=passed, release=asked.release)
    problems = list(check(requirements, evidence))
    if with_counts(page.read_text(), counts(requirements)) != page.read_text():
        problems.append(f"{COUNTS}: the counts are not up to date; run: make docs")
    print("\n".join(problems) if problems else summary(requirements))
    return 1 if problems else 0


def read(text: str) -> list[Requirement]:
    table: dict[str, Any] = tomllib.loads(text)
    known = {"level", "text", "status", "goals", "tests", "na_check", "code", "doc", "reason", "note"}
    requirements = []
    for name, entry in table.items():
        if not isinstance(entry, dict):
            continue
        if unknown := set(entry) - known:
            raise SystemExit(f"{FILE}: {name}: unknown {', '.join(sorted(unknown))}")
        given: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items() if k != "goals"}
        requirements.append(Requirement(id=name, **given))
    return requirements


def check(requirements: list[Requirement], evidence: Evidence) -> Iterator[str]:
    if pin(requirements) != PINNED:
        yield "the ids, levels or text hashes are not those of ASVS 5.0.0"
    for one in requirements:
        yield from (f"{one.id}: {problem}" for problem in _problems(one, evidence))
    claims = Counter(test for one in requirements for test in set(one.tests))
    for test, count in claims.items():
        if count > CLAIMS and test not in evidence.broad:
            yield f"{test} is claimed by {count} requirements; name narrower tests, or list it as broad"


def pin(requirements: Iterable[Requirement]) -> str:
    lines = (f"{one.id} {one.level} {one.text}" for one in requirements)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _problems(one: Requirement, evidence: Evidence) -> Iterator[str]:
    if one.status not in STATUSES:
        yield f"unknown status {one.status!r}"
    if one.status == "test" and not one.tests:
        yield "names no test"
    if one.status == "doc" and not one.doc:
        yield "names no page"
    if one.status == "na" and not (one.reason and one.na_check):
        yield "is left out without a reason and a test that guards it"
    if one.status == "planned" and not one.note:
        yield "does not say what it waits for"
    if one.status == "planned" and evidence.release:
        yield "is only planned"
    yield from (problem for test in one.shown_by for problem in _test_problems(test, evidence))
    yield from (f"{place} is not there" for place in one.code if not _has_symbol(evidence.root, place))
    if one.doc and not _has_anchor(evidence.root, one.doc):
        yield f"{one.doc} is not there"


def _test_problems(test: str, evidence: Evidence) -> Iterator[str]:
    if test not in evidence.collected:
        yield f"{test} is not among the tests"
    elif evidence.passed is not None and not evidence.passed.get(test, False):
        yield f"{test} did not pass"


def collect(requirements: list[Requirement]) -> frozenset[str]:
    """What pytest finds in the files that are named; a test without brackets stands for all its parameters."""
    named = {test.split("::")[0] for one in requirements for test in one.shown_by}
    files = sorted(file for file in named if (ROOT / file).is_file())
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:randomly", *files]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"pytest could not collect the tests:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    ids = [line for line in done.stdout.splitlines() if "::" in line]
    return frozenset(ids) | frozenset(_without_parameters(name) for name in ids)


def results(junit: "ET.ElementTree[Any]") -> dict[str, bool]:
    """Which tests passed; one without brackets passed if it did with all its parameters."""
    passed: dict[str, bool] = {}
    for case in junit.iter("testcase"):
        well = not any(case.find(trouble) is not None for trouble in ("failure", "error", "skipped"))
        name = f"{_path(case.get('classname', ''))}::{case.get('name', '')}"
        for key in {name, _without_parameters(name)}:
            passed[key] = passed.get(key, True) and well
    return passed


def _path(classname: str) -> str:
    """`tests.web.test_x` is a file; what follows it (`TestThing`) is a class inside."""
    parts = classname.split(".")
    file = next((n for n, part in enumerate(parts, 1) if part.startswith("test_")), len(parts))
    return "::".join(["/".join(parts[:file]) + ".py", *parts[file:]])


def _without_parameters(name: str) -> str:
    return name.partition("[")[0]


def _has_symbol(root: Path, place: str) -> bool:
    """`src/accord/x.py:name`: a function, class or assignment of that file."""
    file, _, symbol = place.partition(":")
    if not (root / file).is_file():
        return False
    names: set[str] = set()
    for node in ast.walk(ast.parse((root / file).read_text())):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {target.id for target in targets if isinstance(target, ast.Name)}
    return symbol in names


def _has_anchor(root: Path, place: str) -> bool:
    file, _, anchor = place.partition("#")
    if not anchor or not (root / file).is_file():
        return False
    headings = re.findall(r"^#+ (.+)$", (root / file).read_text(), re.MULTILINE)
    return anchor in {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def counts(requirements: list[Requirement]) -> str:
    lines = [summary(requirements), ""]
    lines += ["| chapter | " + " | ".join(f"L{level}: {WORDS[s]}" for level in (1, 2, 3) for s in STATUSES) + " |"]
    lines += [f"|---|{'--:|' * 12}"]
    tally = Counter((one.chapter, one.level, one.status) for one in requirements)
    for number, title in enumerate(CHAPTERS, 1):
        cells = (tally[number, level, status] or "" for level in (1, 2, 3) for status in STATUSES)
        lines.append(f"| V{number} {title} | " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines)


def summary(requirements: list[Requirement]) -> str:
    """In plain words, the worst first."""
    said = []
    for title, levels in (("Level 1", {1}), ("Level 2, which contains Level 1", {1, 2}), ("Level 3 alone", {3})):
        these = [one for one in requirements if one.level in levels]
        tally = Counter(one.status for one in these)
        said.append(
            f"{title}: {len(these)} requirements. {tally['planned']} are not met, or not shown, yet;"
            f" {tally['test']} are shown by a test; {tally['doc']} are met as a page says;"
            f" {tally['na']} do not apply, each guarded by a test."
        )
    return "\n\n".join(said)


def with_counts(page: str, text: str) -> str:
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{text}\n\n{END}{after}"


WORDS = {"test": "test", "doc": "page", "planned": "not yet", "na": "n/a"}
CHAPTERS = (
    "Encoding and sanitising", "Validation and business logic", "Web front end", "Web services", "Files",
    "Authentication", "Sessions", "Authorisation", "Self-contained tokens", "OAuth and OpenID Connect", "Cryptography",
    "Communication", "Configuration", "Data protection", "Secure coding", "Logging and errors", "WebRTC",
)  # fmt: skip

if __name__ == "__main__":
    sys.exit(main())
