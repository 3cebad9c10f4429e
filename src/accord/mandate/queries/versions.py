"""Versions of the mandate: what each says, what it rests on, and how two of them differ."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accord.kernel.clock import today
from accord.kernel.errors import NotFound
from accord.kernel.period import Period
from accord.kernel.source import Source
from accord.kernel.text import localised
from accord.mandate.choices import RequestState, VersionState
from accord.mandate.models import Clause, Instrument, MandateVersion, VersionInstitution
from accord.mandate.queries.rows import Dated, Named, named, source_of


@dataclass(frozen=True, slots=True)
class VersionRow:
    id: UUID
    number: int
    title: str
    state: str
    period: Period | None
    source: Source


@dataclass(frozen=True, slots=True)
class ClauseRow:
    code: str
    text: str
    words: dict[str, str]
    source: Source


@dataclass(frozen=True, slots=True)
class InstitutionRow:
    id: UUID
    name: str
    with_subordinates: bool
    source: Source


@dataclass(frozen=True, slots=True)
class Act:
    """One of the three acts a version rests on (S1); ``met`` tells whether it stands."""

    kind: str
    met: bool
    title: str = ""
    on: Dated | None = None
    by: str = ""
    key: UUID | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class VersionPage:
    row: VersionRow
    summary: str
    clauses: tuple[ClauseRow, ...]
    institutions: tuple[InstitutionRow, ...]
    acts: tuple[Act, ...]

    @property
    def is_complete(self) -> bool:
        return all(act.met for act in self.acts)


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a comparison; ``change`` is same, added, removed or changed."""

    clause: str
    title: str
    left: str
    right: str
    change: str


@dataclass(frozen=True, slots=True)
class Comparison:
    left: VersionRow
    right: VersionRow
    clauses: tuple[Change, ...]
    institutions: tuple[Change, ...]


def known(day: date) -> QuerySet[MandateVersion]:
    """Versions known on a day: those that had begun; today also drafts and those still to begin."""
    rows = MandateVersion.objects.select_related("request", "invitation", "decision")
    return rows if day >= today() else rows.filter(period__startswith__lte=day)


def versions(language: str, day: date) -> list[VersionRow]:
    """All versions, the newest first."""
    return [_row(v, language, day) for v in known(day).order_by("-number")]


def version_in_force(language: str, day: date) -> VersionPage | None:
    row = known(day).filter(state=VersionState.IN_FORCE, period__contains=day).first()
    return _page(row, language, day) if row else None


def version_page(key: UUID, language: str, day: date) -> VersionPage:
    row = known(day).filter(pk=key).first()
    if row is None:
        raise NotFound(_("There is no such version of the mandate, or it was not known on that day."))
    return _page(row, language, day)


def version_for(key: UUID) -> MandateVersion:
    """The record itself, for a use case."""
    row = MandateVersion.objects.filter(pk=key).first()
    if row is None:
        raise NotFound(_("There is no such version of the mandate."))
    return row


def comparison(left: UUID, right: UUID, language: str, day: date) -> Comparison:
    """What stands in one version and how it stands in another: clauses by code, institutions by name."""
    a, b = version_page(left, language, day), version_page(right, language, day)
    old, new = ({c.code: c.text for c in page.clauses} for page in (a, b))
    order = [c.code for c in b.clauses] + [c.code for c in a.clauses if c.code not in new]
    before, after = ({i.id: i for i in page.institutions} for page in (a, b))
    names = {i.id: i.name for page in (a, b) for i in page.institutions}
    return Comparison(
        a.row,
        b.row,
        tuple(_change(code, "", old.get(code, ""), new.get(code, "")) for code in order),
        tuple(
            _change("", name, _extent(before.get(key)), _extent(after.get(key)))
            for key, name in sorted(names.items(), key=lambda pair: pair[1])
        ),
    )


def instruments(language: str, kind: str) -> list[Named]:
    """Instruments of a kind, the newest first, each with its day."""
    return [named(i, language) for i in Instrument.objects.filter(kind=kind).order_by("-issued_on", "code")]


def instrument_for(key: UUID | None) -> Instrument | None:
    return Instrument.objects.filter(pk=key).first() if key else None


def dated(instrument: Instrument) -> Dated:
    return Dated(instrument.issued_on, instrument.date_precision)


def _row(v: MandateVersion, language: str, day: date) -> VersionRow:
    period = Period.of(v.period) if v.period else None
    return VersionRow(v.pk, v.number, localised(v.title, language), _state(v.state, period, day), period, source_of(v))


def _state(state: str, period: Period | None, day: date) -> str:
    """Words for a badge: draft, agreed (to come), in_force, superseded."""
    if state != VersionState.IN_FORCE or period is None:
        return "draft"
    if period.start and period.start > day:
        return "agreed"
    return "in_force" if day in period else "superseded"


def _page(v: MandateVersion, language: str, day: date) -> VersionPage:
    scope = VersionInstitution.objects.filter(version=v).select_related("institution")
    institutions = [
        InstitutionRow(i.institution_id, localised(i.institution.name, language), i.with_subordinates, source_of(i))
        for i in scope
    ]
    return VersionPage(
        _row(v, language, day),
        localised(v.summary, language),
        tuple(
            ClauseRow(c.code, localised(c.text, language), c.text, source_of(c))
            for c in Clause.objects.filter(version=v).order_by("order")
        ),
        tuple(sorted(institutions, key=lambda i: i.name)),
        (_asked(v, language), _issued("invitation", v.invitation, language), _issued("decision", v.decision, language)),
    )


def _asked(v: MandateVersion, language: str) -> Act:
    asked = v.request
    if asked is None:
        return Act("request", met=False)
    return Act(
        "request",
        asked.state == RequestState.ACCEPTED,
        localised(asked.title, language),
        Dated(asked.submitted_on) if asked.submitted_on else None,
        key=asked.pk,
        source=source_of(asked),
    )


def _issued(kind: str, instrument: Instrument | None, language: str) -> Act:
    if instrument is None:
        return Act(kind, met=False)
    by = localised(instrument.issued_by, language)
    title = localised(instrument.title, language)
    return Act(kind, True, title, dated(instrument), by, instrument.pk, source_of(instrument))


def _extent(row: InstitutionRow | None) -> str:
    if row is None:
        return ""
    return str(_("with everything under it")) if row.with_subordinates else str(_("itself only"))


def _change(code: str, title: str, left: Any, right: Any) -> Change:
    if left == right:
        word = "same"
    elif not left:
        word = "added"
    elif not right:
        word = "removed"
    else:
        word = "changed"
    return Change(code, title, left, right, word)
