"""The register of control status: who is under the government's direct control, who says so, until when."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from accord.kernel.period import Period
from accord.kernel.source import Source
from accord.kernel.text import localised
from accord.mandate.choices import ControlStatusKind
from accord.mandate.models import ControlStatus
from accord.mandate.queries.rows import SOON, Named, last_day, source_of
from accord.people.queries import line_upward, organisations, parents_on


@dataclass(frozen=True, slots=True)
class StatusEntry:
    id: UUID
    institution: Named
    status: str
    label: str
    with_subordinates: bool
    period: Period
    signed_by: str
    signed_on: date
    reference: str
    source: Source


@dataclass(frozen=True, slots=True)
class InstitutionStatus:
    """``entry`` is its own, or that of ``above`` which covers what stands under it; None: nobody signed."""

    institution: Named
    entry: StatusEntry | None
    above: Named | None
    expires_soon: bool

    @property
    def last_day(self) -> date | None:
        return last_day(self.entry.period) if self.entry else None


def control_register(language: str, day: date) -> list[InstitutionStatus]:
    """Every institution of the host with the status the gate takes that day, those without one first."""
    entries = {e.institution.id: e for e in _entries(language, day) if day in e.period}
    parents = parents_on(day)
    rows = []
    for organisation in organisations(language, day, side="host"):
        if organisation.kind == "government":
            continue
        line = line_upward(organisation.id, parents)
        entry = next(
            (entries[o] for o in line if o in entries and (o == organisation.id or entries[o].with_subordinates)), None
        )
        above = entry.institution if entry and entry.institution.id != organisation.id else None
        soon = bool(entry and entry.period.end and entry.period.end <= day + SOON)
        rows.append(InstitutionStatus(Named(organisation.id, organisation.name), entry, above, soon))
    return sorted(rows, key=lambda r: (r.entry is not None, r.institution.name))


def status_history(language: str, day: date, institution: UUID) -> list[StatusEntry]:
    """Everything signed about an institution by a day, the newest first."""
    return [e for e in _entries(language, day) if e.institution.id == institution]


def _entries(language: str, day: date) -> list[StatusEntry]:
    rows = ControlStatus.objects.filter(signed_on__lte=day).select_related("institution", "signed_by")
    return [
        StatusEntry(
            c.pk,
            Named(c.institution_id, localised(c.institution.name, language)),
            c.status,
            str(ControlStatusKind(c.status).label),
            c.with_subordinates,
            Period.of(c.period),
            localised(c.signed_by.title, language),
            c.signed_on,
            c.reference,
            source_of(c),
        )
        for c in rows.order_by("-period")
    ]
