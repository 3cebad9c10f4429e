"""The mandate's history: who asked, invited, decided, agreed; what came into force, stopped, moved; who commanded."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accord.kernel.clock import day_of, today
from accord.kernel.source import Source
from accord.kernel.text import localised
from accord.kernel.writing import written_number
from accord.mandate.choices import InstrumentKind, PostureKind
from accord.mandate.models import (
    AccordStep,
    Area,
    ExpansionStep,
    HostRequest,
    Instrument,
    MandateVersion,
    Mission,
    Posture,
)
from accord.mandate.queries.rows import Dated, source_of
from accord.notices.phrases import Phrase
from accord.people.models import Tour

ACCORD_SIGNS = {
    "enter_into_force": ("accord", _("Accord in force")),
    "suspend": ("suspension", _("Consent suspended")),
    "resume": ("accord", _("Consent resumed")),
    "withdraw": ("withdrawal", _("Consent withdrawn")),
    "expire": ("suspension", _("Accord ended")),
}
INSTRUMENT_SIGNS = {
    InstrumentKind.INVITATION: ("invitation", _("Invitation")),
    InstrumentKind.DECISION: ("decision", _("Decision")),
    InstrumentKind.AREA_ORDER: ("area", _("Area instrument")),
    InstrumentKind.OTHER: ("event", _("Instrument")),
}
GROUPS = {
    "mandate": {"request", "invitation", "decision", "institution", "event"},
    "consent": {"accord", "suspension", "withdrawal"},
    "ground": {"area", "posture", "expansion", "review"},
    "command": {"command"},
}


@dataclass(frozen=True, slots=True)
class Event:
    """``kind`` is the sign it is drawn with; ``link`` names a page and its key."""

    kind: str
    on: Dated
    what: str
    title: str
    text: str
    source: Source
    link: str
    key: UUID | None
    is_future: bool


def timeline(language: str, day: date, *, group: str = "") -> list[Event]:
    """Everything up to a day, the newest first; read today, also what is already set for later."""
    mission = Mission.objects.first()
    roughly = mission.established_on if mission and mission.parameters.get("established_precision") == "month" else None
    found = [
        e
        for read in (_requests, _instruments, _versions, _accord_steps, _expansions, _areas, _postures, _commanders)
        for e in read(language, roughly, day)
        if not group or e.kind in GROUPS.get(group, set())
    ]
    if day < today():
        found = [e for e in found if e.on.day <= day]
    return sorted(found, key=lambda e: (e.on.day, e.what), reverse=True)


def _event(
    kind: str,
    on: Dated,
    what: Any,
    title: str,
    record: Any,
    day: date,
    *,
    text: str = "",
    link: str = "",
    key: UUID | None = None,
) -> Event:
    return Event(kind, on, str(what), title, text, source_of(record), link, key, on.day > day)


def _began(day: date, roughly: date | None) -> Dated:
    """What began with the mission is known as exactly as the mission's own beginning."""
    return Dated(day, "month" if day == roughly else "day")


def _requests(language: str, _roughly: date | None, day: date) -> Iterator[Event]:
    for r in HostRequest.objects.all():
        if r.submitted_on is None:
            continue
        title = localised(r.title, language)
        yield _event("request", Dated(r.submitted_on), _("Request"), title, r, day, link="request", key=r.pk)


def _instruments(language: str, _roughly: date | None, day: date) -> Iterator[Event]:
    for i in Instrument.objects.all():
        kind, what = INSTRUMENT_SIGNS[InstrumentKind(i.kind)]
        by = localised(i.issued_by, language)
        yield _event(kind, Dated(i.issued_on, i.date_precision), what, localised(i.title, language), i, day, text=by)


def _versions(language: str, roughly: date | None, day: date) -> Iterator[Event]:
    for v in MandateVersion.objects.filter(state="in_force"):
        what = Phrase(_("Version %(number)s of the mandate"), number=written_number(v.number, language))
        on, title = _began(v.period.lower, roughly), localised(v.title, language)
        text = localised(v.summary, language)
        yield _event("institution", on, what, title, v, day, text=text, link="version", key=v.pk)


def _accord_steps(language: str, _roughly: date | None, day: date) -> Iterator[Event]:
    for s in AccordStep.objects.filter(name__in=ACCORD_SIGNS).select_related("accord"):
        kind, what = ACCORD_SIGNS[s.name]
        title = localised(s.accord.title, language)
        on = Dated(s.effective_on)
        yield _event(kind, on, what, title, s.accord, day, text=s.reason, link="accord", key=s.accord_id)


def _expansions(language: str, _roughly: date | None, day: date) -> Iterator[Event]:
    for e in ExpansionStep.objects.exclude(state="proposed"):
        title = localised(e.title, language)
        what = Phrase(_("Expansion step %(number)s"), number=written_number(e.number, language))
        yield _event("expansion", Dated(e.period.lower), what, title, e, day, link="expansions")
        if e.reviewed_at:
            reviewed = Phrase(_("Review of step %(number)s"), number=written_number(e.number, language))
            yield _event("review", Dated(day_of(e.reviewed_at)), reviewed, title, e, day, link="expansions")


def _areas(language: str, roughly: date | None, day: date) -> Iterator[Event]:
    for a in Area.objects.filter(expansion=None):
        on, title = _began(a.period.lower, roughly), localised(a.name, language)
        yield _event("area", on, _("Area"), title, a, day, link="areas")


def _postures(language: str, roughly: date | None, day: date) -> Iterator[Event]:
    for p in Posture.objects.select_related("headquarters"):
        title = str(PostureKind(p.kind).label)
        text = localised(p.reason, language)
        yield _event("posture", _began(p.period.lower, roughly), _("Posture"), title, p, day, text=text, link="posture")


def _commanders(language: str, roughly: date | None, day: date) -> Iterator[Event]:
    tours = Tour.objects.filter(position__duty="commander", position__is_public=True).select_related("person__nation")
    for t in tours:
        nation = localised(t.person.nation.name, language) if t.person.nation else ""
        words = [w for w in (localised(t.rank, language), localised(t.person.shown_name, language)) if w]
        on = _began(t.period.lower, roughly)
        yield _event("command", on, _("Command"), " ".join(words), t, day, text=nation)
