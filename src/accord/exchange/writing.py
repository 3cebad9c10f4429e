"""Writing checked entries: keys first, then what went, what changed, what is new. What people wrote since stays.

PostgreSQL's guards speak while rows are written; every refusal is kept as a problem, and the caller rolls back.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any
from uuid import UUID

from django.db import Error, IntegrityError, transaction
from django.db.models import ForeignKey, Model, ProtectedError, QuerySet
from django.utils.translation import gettext_lazy as _

from accord.exchange.errors import Problem
from accord.exchange.folder import MissionFolder, Placed
from accord.exchange.kinds import KIND_OF_MODEL, KINDS, Kind, Part
from accord.exchange.models import LoadedRecord
from accord.exchange.schema.types import Link, Shape, Slot, Span
from accord.exchange.sentences import guard_sentence
from accord.kernel.clock import now
from accord.kernel.keys import new_key
from accord.mandate.models import AccordStep, RequestStep
from accord.notices.phrases import Phrase

STEPS: frozenset[type[Model]] = frozenset({RequestStep, AccordStep})


@dataclass(slots=True)
class Counts:
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0

    def plain(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(slots=True)
class _Draft:
    """An entry on its way into the database."""

    placed: Placed
    object_id: UUID
    known: LoadedRecord | None
    columns: dict[str, Any]
    parts: dict[str, dict[str, dict[str, Any]]]

    @property
    def plain_columns(self) -> dict[str, Any]:
        return {name: plain(value) for name, value in self.columns.items()}

    @property
    def changed_columns(self) -> list[str]:
        before = self.known.columns if self.known else {}
        return [name for name, value in self.plain_columns.items() if name not in before or before[name] != value]

    @property
    def is_changed(self) -> bool:
        rows = {name: set(rows) for name, rows in self.parts.items()}
        known = {name: set(rows) for name, rows in self.known.parts.items()} if self.known else {}
        return bool(self.changed_columns) or rows != known


@dataclass(slots=True)
class Writer:
    folder: MissionFolder
    counts: dict[str, Counts] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    keys: dict[tuple[str, str], UUID] = field(default_factory=dict)
    tick: datetime = field(default_factory=now)

    def write(self) -> None:
        known = {(row.kind, row.key): row for row in LoadedRecord.objects.all()}
        drafts = {kind.name: self._drafts(kind, known) for kind in KINDS}
        for placed in self.folder.of("position"):  # a diary of a position belongs to the position's office
            self.keys["office", placed.key] = self.keys["organisation", placed.entry.organisation]
        gone = {kind.name: [row for (name, _key), row in known.items() if name == kind.name] for kind in KINDS}
        for kind in KINDS:
            self.counts[kind.name] = Counts(unchanged=sum(not d.is_changed for d in drafts[kind.name]))
        for kind in KINDS:
            if not kind.is_named:  # nobody refers to these: they make room before anything moves
                self._remove(kind, gone[kind.name])
        for kind in KINDS:
            self._update([d for d in drafts[kind.name] if d.known and d.is_changed])
            self._create(kind, [d for d in drafts[kind.name] if d.known is None])
        for kind in reversed(KINDS):
            if kind.is_named:
                self._remove(kind, gone[kind.name])

    def _drafts(self, kind: Kind, known: dict[tuple[str, str], LoadedRecord]) -> list[_Draft]:
        drafts = []
        for placed in self.folder.of(kind.name):
            row = known.pop((kind.name, placed.key), None)
            object_id = row.object_id if row else new_key()
            self.keys[kind.name, placed.key] = object_id
            parts = {part.field: {_digest(item): item for item in part.of(placed.entry)} for part in kind.parts}
            drafts.append(_Draft(placed, object_id, row, placed.entry.columns(), parts))
        return drafts

    # Rows ------------------------------------------------------------------------------------------------------------

    def _value(self, model: type[Model], name: str, value: Any) -> tuple[str, Any]:
        """Column and value as the database takes them: codes become keys, spans become ranges."""
        target = model._meta.get_field(name)
        if isinstance(value, Link):
            return name, self.keys[value.kind, value.code]
        if isinstance(target, ForeignKey):
            kind = KIND_OF_MODEL[target.related_model]
            return target.attname, self.keys[kind, str(value)] if value is not None else None
        if isinstance(value, Span | Slot):
            return name, value.range
        if isinstance(value, date | None):
            return name, value
        return name, plain(value)

    def _row(self, model: type[Model], key: UUID | None, columns: Mapping[str, Any]) -> Model:
        return model(**({"id": key} if key else {}), **dict(self._value(model, *item) for item in columns.items()))

    def _part_rows(self, draft: _Draft, part: Part, digests: Iterable[str]) -> list[tuple[str, Model]]:
        rows = []
        for digest in digests:
            own_key = None if part.model._meta.pk.is_relation else new_key()
            row = self._row(part.model, own_key, draft.parts[part.field][digest])
            setattr(row, f"{part.parent}_id", draft.object_id)
            if isinstance(row, RequestStep | AccordStep):  # steps of one day are ordered by when they were recorded
                self.tick += timedelta(microseconds=1)
                row.at = self.tick
            rows.append((digest, row))
        return rows

    # New -------------------------------------------------------------------------------------------------------------

    def _create(self, kind: Kind, drafts: list[_Draft]) -> None:
        """All at once; only if the database refuses, one by one to find out which."""
        if not drafts:
            return
        self.counts[kind.name].created += len(drafts)
        made = [self._made(kind, draft) for draft in drafts]
        try:
            with transaction.atomic():
                _insert([row for rows in made for row in rows])
        except Error:
            for draft, rows in zip(drafts, made, strict=True):
                for row in rows:
                    self._try(draft, row)

    def _made(self, kind: Kind, draft: _Draft) -> list[Model]:
        rows = [self._row(kind.model, draft.object_id, draft.columns)]
        parts: dict[str, dict[str, str]] = {}
        for part in kind.parts:
            made = self._part_rows(draft, part, draft.parts[part.field])
            parts[part.field] = {digest: str(row.pk) for digest, row in made}
            rows += [row for _digest, row in made]
        record = LoadedRecord(
            kind=kind.name, key=draft.placed.key, object_id=draft.object_id, columns=draft.plain_columns, parts=parts
        )
        return [*rows, record]

    def _try(self, draft: _Draft, row: Model) -> None:
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except Error as refusal:
            self.problems.append(_refused(draft.placed, refusal))

    # Changed ---------------------------------------------------------------------------------------------------------

    def _update(self, drafts: list[_Draft]) -> None:
        """Periods may have to move one after the other, so what is refused is tried again until nothing moves."""
        drafts = [draft for draft in drafts if not self._has_moved_on(draft)]
        while drafts:
            refused = [(draft, refusal) for draft in drafts if (refusal := self._changed(draft))]
            if len(refused) == len(drafts):
                self.problems += [_refused(draft.placed, refusal) for draft, refusal in refused]
                return
            drafts = [draft for draft, _refusal in refused]

    def _has_moved_on(self, draft: _Draft) -> bool:
        """History is only added to, and a state that people changed in Accord is not set back by a file."""
        known = draft.known
        for part in draft.placed.kind.parts:
            before = known.parts.get(part.field, {}) if known else {}
            if part.model in STEPS and set(list(draft.parts[part.field])[: len(before)]) != set(before):
                message = _(
                    "A step once loaded is history. Leave the earlier steps as they were and add new ones below."
                )
                self.problems.append(draft.placed.problem(message, part.field))
                return True
        if known and "state" in draft.changed_columns:
            state = QuerySet(draft.placed.kind.model).values_list("state", flat=True).get(pk=draft.object_id)
            if state != known.columns["state"]:
                moved = Phrase(
                    _("It has moved on in Accord and is “%(state)s” there now. Go on in Accord."), state=state
                )
                has_steps = any(part.model in STEPS for part in draft.placed.kind.parts)
                self.problems.append(draft.placed.problem(moved, "steps" if has_steps else "state"))
                return True
        return False

    def _changed(self, draft: _Draft) -> Error | None:
        kind, known = draft.placed.kind, draft.known
        if known is None:
            raise TypeError("only an entry loaded before can change")
        try:
            with transaction.atomic():
                columns = {name: draft.columns[name] for name in draft.changed_columns}
                if columns:
                    values = dict(self._value(kind.model, *item) for item in columns.items())
                    QuerySet(kind.model).filter(pk=draft.object_id).update(**values)
                parts = {part.field: self._changed_part(draft, part, known) for part in kind.parts}
                known.columns, known.parts = draft.plain_columns, parts
                known.save()
        except Error as refusal:
            return refusal
        self.counts[kind.name].updated += 1
        return None

    def _changed_part(self, draft: _Draft, part: Part, known: LoadedRecord) -> dict[str, str]:
        before, wanted = known.parts.get(part.field, {}), draft.parts[part.field]
        gone = [key for digest, key in before.items() if digest not in wanted]
        QuerySet(part.model).filter(pk__in=gone).delete()
        rows = self._part_rows(draft, part, [digest for digest in wanted if digest not in before])
        _insert([row for _digest, row in rows])
        kept = {digest: key for digest, key in before.items() if digest in wanted}
        return {**kept, **{digest: str(row.pk) for digest, row in rows}}

    # Gone ------------------------------------------------------------------------------------------------------------

    def _remove(self, kind: Kind, rows: list[LoadedRecord]) -> None:
        for row in rows:
            own = 1 + sum(len(keys) for keys in row.parts.values())
            try:
                with transaction.atomic():
                    total, _by_model = QuerySet(kind.model).filter(pk=row.object_id).delete()
                    if total > own:
                        raise IntegrityError
                    row.delete()
            except (Error, ProtectedError):
                words = _("“%(key)s” left this file, but records made in Accord rest on it. Put it back.")
                message = Phrase(words, key=row.key)
                self.problems.append(Problem(kind.file, 1, kind.key[0].split(".")[0], message))
            else:
                self.counts[kind.name].removed += 1


def _insert(rows: list[Model]) -> None:
    by_model: dict[type[Model], list[Model]] = {}
    for row in rows:
        by_model.setdefault(type(row), []).append(row)
    for model, same in by_model.items():
        rows_of_model: QuerySet[Any] = QuerySet(model)
        rows_of_model.bulk_create(same)


def _refused(placed: Placed, refusal: Error) -> Problem:
    diagnosis = getattr(refusal.__cause__, "diag", None)
    lines = str(refusal).strip().splitlines() or [""]
    path, message = guard_sentence(getattr(diagnosis, "constraint_name", None) or "", lines[0])
    return placed.problem(message, *([path] if path else []))


def plain(value: Any) -> Any:
    """A value as JSON keeps it; also what two loads are compared by."""
    if isinstance(value, Shape):
        return value.model_dump(mode="json", by_alias=True)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(plain(key)): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def _digest(columns: Mapping[str, Any]) -> str:
    text = json.dumps(plain(dict(columns)), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:20]
