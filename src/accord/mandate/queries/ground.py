"""What holds on the ground: conditions per place, the mission's posture, host units on operations."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accord.kernel.actor import Actor
from accord.kernel.errors import NotFound
from accord.kernel.period import Period
from accord.kernel.source import Source
from accord.kernel.text import localised
from accord.mandate.choices import PostureKind, Rating
from accord.mandate.models import ConditionsAssessment, OperationsFlag, Posture
from accord.mandate.queries.rows import SOON, Named, named, source_of


@dataclass(frozen=True, slots=True)
class ConditionsRow:
    id: UUID
    place: Named
    rating: str
    label: str
    period: Period
    assessed_by: str
    note: str
    expires_soon: bool
    source: Source


@dataclass(frozen=True, slots=True)
class PostureRow:
    id: UUID
    kind: str
    label: str
    headquarters: Named
    period: Period
    reason: str
    is_current: bool
    source: Source


@dataclass(frozen=True, slots=True)
class FlagRow:
    id: UUID
    unit: Named
    period: Period
    noted_by: str
    is_current: bool
    source: Source


def conditions(actor: Actor, language: str, day: date) -> tuple[list[ConditionsRow], list[ConditionsRow]]:
    """The assessments valid on a day, and the earlier ones. The host reads ratings, not the mission's own notes."""
    rows = ConditionsAssessment.objects.filter(period__startswith__lte=day).select_related("place", "assessed_by")
    found = [
        ConditionsRow(
            a.pk,
            named(a.place, language),
            a.rating,
            str(Rating(a.rating).label),
            Period.of(a.period),
            localised(a.assessed_by.title, language),
            "" if actor.is_host else localised(a.note, language),
            a.period.upper <= day + SOON,
            source_of(a),
        )
        for a in rows.order_by("-period")
    ]
    current = sorted((a for a in found if day in a.period), key=lambda a: a.place.name)
    return current, [a for a in found if day not in a.period]


def postures(language: str, day: date, *, coming: bool = False) -> list[PostureRow]:
    """The postures up to a day, the newest first; with ``coming`` also those already set for later."""
    rows = Posture.objects.select_related("headquarters").order_by("-period")
    if not coming:
        rows = rows.filter(period__startswith__lte=day)
    return [
        PostureRow(
            p.pk,
            p.kind,
            str(PostureKind(p.kind).label),
            named(p.headquarters, language),
            Period.of(p.period),
            localised(p.reason, language),
            day in Period.of(p.period),
            source_of(p),
        )
        for p in rows
    ]


def posture_on(language: str, day: date) -> PostureRow | None:
    return next((p for p in postures(language, day) if p.is_current), None)


def operations_flags(actor: Actor, language: str, day: date, *, coming: bool = False) -> list[FlagRow]:
    """Units on operations: those flagged on a day first, then the past ones."""
    rows = OperationsFlag.objects.select_related("unit").order_by("-period")
    if not coming:
        rows = rows.filter(period__startswith__lte=day)
    found = [
        FlagRow(
            f.pk,
            named(f.unit, language),
            Period.of(f.period),
            "" if actor.is_host else f.noted_by,
            day in Period.of(f.period),
            source_of(f),
        )
        for f in rows
    ]
    return sorted(found, key=lambda f: not f.is_current)


def flag_for(key: UUID) -> OperationsFlag:
    """The record itself, for a use case."""
    row = OperationsFlag.objects.select_related("unit").filter(pk=key).first()
    if row is None:
        raise NotFound(_("There is no such entry."))
    return row
