"""A word of its own in every text of every row, so that whatever shows a text shows whose it was."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from accord.wall.fields import MarkingField

WORD = re.compile(r"CANARY(\d{5})F(\d\d)Q", re.IGNORECASE)
TEXTS = (models.CharField, models.TextField, models.JSONField)
M = TypeVar("M", bound=models.Model)

STEPS = ("advising.EngagementStep", "advising.ReportStep", "mandate.AccordStep", "mandate.RequestStep",
         "objectives.ObjectiveStep", "publishing.EditionStep")  # fmt: skip
# Texts that hold no words of anybody: each with what they hold.
WITHOUT = {
    "access.Account.password": "a hash, which the sign-in reads",
    "access.Account.language": "the code of a language",
    "access.Account.clearance": "the code of a level",
    "access.Session.data": "a signed session, which the sign-in reads",
    "access.Session.method": "how its holder came in",
    "access.Compartment.steward_role": "the code of a role",
    "access.Level.ordinary_for": "the names of sides",
    "access.Marking.level": "the code of a level",
    "access.Marking.releasable_to": "sides, codes of nations and organisations",
    "access.Marking.compartments": "codes of compartments",
    "access.Token.scopes": "names of permissions",
    "access.CompartmentGrant.compartment": "the code of a compartment",
    "access.BreakGlass.compartment": "the code of a compartment",
    "audit.Entry.object_type": "which table",
    "audit.Entry.channel": "page, token or job",
    "audit.Seal.key": "a public key, shown as its fingerprint",
    **dict.fromkeys(
        ("mandate.HostRequest.activity_types", "mandate.Accord.activity_types", "mandate.ExpansionStep.activity_types"),
        "of the closed list",
    ),
    **dict.fromkeys(
        (f"{step}.{column}" for step in STEPS for column in ("name", "origin", "target")), "the code of a step or state"
    ),
    "publishing.ClaimTemplate.section": "the code of a section",
    "vetting.VettingStep.name": "the code of a step",
    "mandate.Mission.languages": "codes of languages",
    "mandate.Mission.time_zone": "the name of a zone",
    "mandate.Mission.parameters": "the gate's rules",
    "mandate.Mission.sources": "a catalogue of titles, which its own page of sources shows",
    "mandate.Instrument.date_precision": "year, month or day",
    "people.Nation.code": "ISO 3166-1",
    "people.Position.rank_code": "STANAG 2116",
    "people.Position.duty": "the code of a duty",
    "places.Place.iso": "ISO 3166-2",
    "places.Place.outline": "coordinates",
    "publishing.ClaimTemplate.binding": "the name of a reading",
    "publishing.ClaimTemplate.options": "how it reads",
}


@dataclass(frozen=True)
class Row:
    table: str
    kind: str
    marking: str | None
    is_marked: bool
    owner: str
    parents: tuple["Row", ...]
    key: Any
    number: int
    called: Any  # its own number or code, where addresses ask for that

    def __str__(self) -> str:
        return f"{self.table} {self.kind} marked {self.marking}"


@dataclass
class Canaries:
    """All planted rows, by the number that their words carry."""

    rows: list[Row] = field(default_factory=list)
    fields: set[str] = field(default_factory=set)

    def plant(self, made: M, kind: str = "", *, owner: str = "", parents: Iterable[models.Model] = ()) -> M:
        """Fill every text of the record that is still empty, keep it, and remember what it is."""
        model, number = type(made), len(self.rows)
        for n, column in enumerate(model._meta.concrete_fields):
            name = f"{model._meta.label}.{column.attname}"
            if name in WITHOUT or not is_text(column):
                continue
            if getattr(made, column.attname) in ({}, [], "", None):
                setattr(made, column.attname, _worded(column, f"CANARY{number:05}F{n:02}Q"))
            if f"CANARY{number:05}" in str(getattr(made, column.attname)):
                self.fields.add(name)
        made.save(force_insert=True)
        marking = getattr(made, "marking", None)
        self.rows.append(
            Row(model._meta.db_table, kind, marking, hasattr(made, "marking"), owner,
                tuple(self.row_of(parent) for parent in parents), made.pk, number,
                getattr(made, "number", getattr(made, "code", None)))
        )  # fmt: skip
        made.canary = number  # type: ignore[attr-defined]  # for whoever writes a text by hand
        return made

    def row_of(self, record: models.Model) -> Row:
        table = record._meta.db_table
        return next(row for row in self.rows if row.table == table and row.key == record.pk)

    def of(self, table: str) -> list[Row]:
        return [row for row in self.rows if row.table == table]

    def seen_in(self, text: str) -> set[int]:
        return {int(number) for number, _field in WORD.findall(text)}


def is_text(column: Any) -> bool:
    if column.choices or isinstance(column, MarkingField):
        return False
    if isinstance(column, ArrayField):
        return isinstance(column.base_field, models.CharField)
    return isinstance(column, TEXTS)


def texts(models_: Iterable[type[models.Model]]) -> set[str]:
    """Every column that holds words, of these models."""
    return {
        f"{model._meta.label}.{column.attname}"
        for model in models_
        for column in model._meta.concrete_fields
        if is_text(column)
    }


def _worded(column: Any, word: str) -> Any:
    if column.name == "source":
        return {"kind": "record", "ref": word}
    if isinstance(column, models.JSONField):
        return [word] if column.default is list else {"en": word, "ar": word}
    if isinstance(column, ArrayField):
        return [word]
    if isinstance(column, models.EmailField):
        return f"{word}@example.org"
    return word
