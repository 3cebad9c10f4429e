"""Reading a mission folder: every scalar a string, every value with its line.

YAML's guesses (``NO`` a falsehood, ``010`` an eight) are switched off: what a field means is the schema's business.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext_lazy as _

from accord.exchange.errors import Problem
from accord.notices.phrases import Phrase

Steps = tuple[str | int, ...]
OUTLINES = "outlines.geojson"
LARGEST_FILE = 5_000_000
# libyaml's reader where PyYAML was built with it: the same answers, several times faster.
Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Document:
    """A file's content and the line of every path in it."""

    file: str
    data: Any
    lines: Mapping[Steps, int]

    def line(self, path: Steps) -> int:
        """The line of the value, or of the nearest thing around it that is written."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return self.lines.get((), 1)


def read_folder(folder: Path) -> tuple[dict[str, Document], list[Problem]]:
    """Every YAML file of the folder, and what could not be read."""
    documents: dict[str, Document] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.y*ml")):
        text = _text(path, problems)
        if text is not None:
            documents[path.name] = read_yaml(path.name, text, problems)
    return documents, problems


def read_yaml(file: str, text: str, problems: list[Problem]) -> Document:
    lines: dict[Steps, int] = {(): 1}
    try:
        root = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = Phrase(_("This is not readable YAML: %(trouble)s."), trouble=error.problem or error.context or "?")
        problems.append(Problem(file, mark.line + 1 if mark else 1, "", message))
        return Document(file, None, lines)
    except yaml.YAMLError as error:
        message = Phrase(_("This is not readable YAML: %(trouble)s."), trouble=str(error).splitlines()[0])
        problems.append(Problem(file, 1, "", message))
        return Document(file, None, lines)
    if root is None:
        return Document(file, [], lines)
    return Document(file, _Converter(file, lines, problems).value(root, ()), lines)


class _Converter:
    def __init__(self, file: str, lines: dict[Steps, int], problems: list[Problem]) -> None:
        self.file, self.lines, self.problems = file, lines, problems
        self.seen: set[int] = set()

    def value(self, node: Any, path: Steps) -> Any:
        self.lines.setdefault(path, node.start_mark.line + 1)
        if id(node) in self.seen:
            self._problem(node, path, _("Aliases (*name) are not used in mission files. Write the value out."))
            return ""
        self.seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*path, number)) for number, child in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        return node.value

    def _mapping(self, node: Any, path: Steps) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, child in node.value:
            key = str(key_node.value)
            if key in found:
                self._problem(key_node, (*path, key), _("This field is written twice. Keep one of them."))
                continue
            self.lines[(*path, key)] = key_node.start_mark.line + 1
            found[key] = self.value(child, (*path, key))
        return found

    def _problem(self, node: Any, path: Steps, message: Any) -> None:
        self.problems.append(Problem(self.file, node.start_mark.line + 1, dotted(path[1:]), message))


def read_outlines(folder: Path, problems: list[Problem]) -> dict[str, Any]:
    """Place code to GeoJSON geometry, from the one file that is not YAML."""
    path = folder / OUTLINES
    if not path.exists():
        return {}
    text = _text(path, problems)
    try:
        features = json.loads(text or "{}").get("features", [])
        return {f["properties"]["code"]: f["geometry"] for f in features}
    except json.JSONDecodeError as error:
        unreadable = Phrase(_("This is not readable GeoJSON: %(trouble)s."), trouble=error.msg)
        problems.append(Problem(OUTLINES, error.lineno, "", unreadable))
    except (AttributeError, KeyError, TypeError):
        shapeless = _("Write a FeatureCollection in which every feature has a geometry and properties.code.")
        problems.append(Problem(OUTLINES, 1, "features", shapeless))
    return {}


def digest_of(folder: Path) -> str:
    """One SHA-256 over names and contents of all files the loader reads."""
    total = hashlib.sha256()
    for path in _files(folder):
        total.update(f"{path.name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


def dotted(path: Steps) -> str:
    """``tours.2.until``: list items counted from 1, as people count; pydantic's own marks left out."""
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in path if step != "[key]")


def _files(folder: Path) -> Iterator[Path]:
    yield from sorted([*folder.glob("*.y*ml"), *folder.glob(OUTLINES)])


def _text(path: Path, problems: list[Problem]) -> str | None:
    try:
        if path.stat().st_size > LARGEST_FILE:
            problems.append(Problem(path.name, 1, "", _("This file is larger than 5 MB. Split or simplify it.")))
            return None
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        problems.append(Problem(path.name, line, "", _("This file is not UTF-8 text. Save it as UTF-8.")))
    return None
