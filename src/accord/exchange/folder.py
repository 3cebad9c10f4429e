"""From a folder to checked entries: read, gather what may be referred to, validate everything, report all problems."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from accord.exchange.errors import BrokenMission, Problem
from accord.exchange.kinds import ENGAGEMENT, FILES, KINDS, SOURCES, Kind
from accord.exchange.reading import OUTLINES, Document, Steps, digest_of, dotted, read_folder, read_outlines
from accord.exchange.schema.ground import MissionEntry, SourceEntry
from accord.exchange.schema.types import Entry, Shelf, near
from accord.exchange.sentences import field_of, shape_sentence
from accord.notices.phrases import Phrase

MISSION = "mission.yaml"


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry and where it is written."""

    kind: Kind
    entry: Any
    document: Document
    at: Steps

    @property
    def key(self) -> str:
        return self.kind.key_of(self.entry)

    def problem(self, message: Any, *path: str | int) -> Problem:
        return Problem(self.document.file, self.document.line((*self.at, *path)), dotted(path), message)


@dataclass(frozen=True, slots=True)
class MissionFolder:
    """Everything a mission's files say, shape and references checked."""

    entries: Mapping[str, list[Placed]]
    sources: Mapping[str, Mapping[str, Any]]
    digest: str

    def of(self, kind: str) -> list[Placed]:
        return self.entries.get(kind, [])

    def by_key(self, kind: str) -> dict[str, Any]:
        return {placed.key: placed.entry for placed in self.of(kind)}

    @property
    def mission(self) -> MissionEntry:
        entry: MissionEntry = self.of("mission")[0].entry
        return entry


def open_folder(folder: Path) -> MissionFolder:
    """The folder's entries, or BrokenMission with every problem of shape and reference."""
    if not (folder / MISSION).is_file():
        message = _("There is no mission.yaml in this folder. Name the folder of a mission.")
        raise BrokenMission([Problem(MISSION, 1, "", message)])
    documents, problems = read_folder(folder)
    problems += _strange_files(documents)
    _add_outlines(documents, read_outlines(folder, problems), problems)
    if problems:  # what cannot be read cannot be referred to: further complaints would be echoes
        raise BrokenMission(problems)
    shelf = _shelf(documents)
    sources = _sources(documents, shelf, problems)
    entries = {kind.name: _entries(kind, documents, shelf, problems) for kind in (*KINDS, ENGAGEMENT)}
    for placed in entries.values():
        problems += _twice(placed)
    if problems:
        raise BrokenMission(problems)
    return MissionFolder(entries, sources, digest_of(folder))


def _strange_files(documents: Mapping[str, Document]) -> Iterator[Problem]:
    for file in documents:
        if file not in FILES:
            close = near(file, FILES)
            message = _("No mission file has this name. Rename or remove it; docs/mission-files.md lists all.")
            yield Problem(file, 1, "", Phrase(_("Did you mean %(near)s?"), near=close) if close else message)


def _raw(document: Document | None, single: bool = False) -> list[tuple[Steps, Any]]:
    if document is None:
        return []
    if single:
        return [((), document.data)]
    return [((number,), item) for number, item in enumerate(document.data)] if isinstance(document.data, list) else []


def _add_outlines(documents: Mapping[str, Document], outlines: Mapping[str, Any], problems: list[Problem]) -> None:
    places = {raw.get("code"): raw for _at, raw in _raw(documents.get("places.yaml")) if isinstance(raw, dict)}
    for code, geometry in outlines.items():
        if code in places:
            places[code]["outline"] = geometry
        else:
            message = Phrase(_("There is no place “%(code)s” in places.yaml."), code=code)
            problems.append(Problem(OUTLINES, 1, "properties.code", message))


def _shelf(documents: Mapping[str, Document]) -> Shelf:
    """Codes, languages and sources as written, before anything is validated."""
    codes: dict[str, frozenset[str]] = {}
    for kind in KINDS:
        if kind.is_named and not kind.single:
            items = [raw for _at, raw in _raw(documents.get(kind.file)) if isinstance(raw, dict)]
            codes[kind.name] = frozenset(str(raw[kind.key[0]]) for raw in items if kind.key[0] in raw)
    listed = [raw for _at, raw in _raw(documents.get(SOURCES)) if isinstance(raw, dict)]
    sources = frozenset((str(raw.get("kind")), str(raw.get("ref"))) for raw in listed)
    plain = Shelf(codes=codes, sources=sources)
    try:  # languages and time zone first: every other entry is measured by them
        mission = MissionEntry.model_validate(documents[MISSION].data, context=_lenient(documents[MISSION], plain))
    except ValidationError:
        return _lenient(documents[MISSION], plain)
    return Shelf(tuple(mission.languages), tuple(mission.other_languages), mission.zone, codes, sources)


def _lenient(document: Document, shelf: Shelf) -> Shelf:
    """The languages as far as they can be read from a mission.yaml that may be wrong."""
    data = document.data if isinstance(document.data, dict) else {}
    languages, others = data.get("languages"), data.get("other_languages")
    return Shelf(
        tuple(languages) if isinstance(languages, list) else ("en",),
        tuple(others) if isinstance(others, list) else (),
        shelf.zone,
        shelf.codes,
        shelf.sources,
    )


def _sources(documents: Mapping[str, Document], shelf: Shelf, problems: list[Problem]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for entry, _document, _at in _validated(SourceEntry, documents.get(SOURCES), False, shelf, problems):
        found.setdefault(entry.kind, {})[entry.ref] = entry.note
    return found


def _entries(kind: Kind, documents: Mapping[str, Document], shelf: Shelf, problems: list[Problem]) -> list[Placed]:
    found = _validated(kind.entry, documents.get(kind.file), kind.single, shelf, problems)
    return [Placed(kind, entry, document, at) for entry, document, at in found]


def _validated(
    entry: type[Entry], document: Document | None, single: bool, shelf: Shelf, problems: list[Problem]
) -> Iterator[tuple[Any, Document, Steps]]:
    if document is None:
        return
    if not single and not isinstance(document.data, list):
        message = _("This file is a list of entries: each starts with a dash.")
        problems.append(Problem(document.file, document.line(()), "", message))
        return
    for at, raw in _raw(document, single):
        try:
            yield entry.model_validate(raw, context=shelf), document, at
        except ValidationError as refusal:
            for error in refusal.errors(include_url=False):
                path = (*error["loc"], *field_of(error))
                line = document.line((*at, *path))
                problems.append(Problem(document.file, line, dotted(path), shape_sentence(error)))


def _twice(placed: list[Placed]) -> Iterator[Problem]:
    first: dict[str, Placed] = {}
    for item in placed:
        other = first.setdefault(item.key, item)
        if other is not item:
            message = Phrase(
                _("“%(key)s” is already written in line %(line)s. Keep one of them."),
                key=item.key,
                line=other.document.line(other.at),
            )
            yield item.problem(message, item.kind.key[0].split(".")[0])
