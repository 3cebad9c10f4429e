"""At a glance: whom the mandate names, who is covered by consent, and which keys expire next."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from accord.kernel.text import localised
from accord.mandate.facts import accord_states_on, facts_on
from accord.mandate.models import Accord, ConditionsAssessment, ControlStatus, HostRequest
from accord.mandate.queries.rows import SOON, Named
from accord.mandate.rules import Party
from accord.people.queries import line_upward, organisations, parents_on

KeyKind = Literal["requirement", "accord", "control", "conditions"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """An institution the mandate covers that day; ``named`` tells whether it is named itself or stands under one."""

    institution: Named
    named: bool
    accord: Named | None


@dataclass(frozen=True, slots=True)
class Key:
    kind: KeyKind
    title: str
    last_day: date
    soon: bool
    about: UUID


def consent_at_a_glance(language: str, day: date) -> list[Coverage]:
    """Whether an accord in force covers each institution of the mandate, by the gate's own facts; gaps first."""
    facts = facts_on(day)
    parents = parents_on(day)
    rows = []
    for organisation in organisations(language, day, side="host"):
        line = line_upward(organisation.id, parents)
        party = Party(organisation.id, {language: organisation.name}, "host", line)
        if not facts.institutions.covers(party):
            continue
        consent = next(
            (c for c in facts.consents if c.state == "in_force" and c.in_period and c.scope.covers(party)), None
        )
        accord = Named(consent.id, localised(consent.title, language)) if consent else None
        is_named = organisation.id in facts.institutions.exact
        rows.append(Coverage(Named(organisation.id, organisation.name), is_named, accord))
    return sorted(rows, key=lambda r: (r.accord is not None, not r.named, r.institution.name))


def next_expiring(language: str, day: date, limit: int | None = 6) -> list[Key]:
    """The keys valid on a day that end first and are followed by nothing."""
    keys = [key for read in (_requirements, _accords, _statuses, _ratings) for key in read(language, day)]
    return sorted(keys, key=lambda k: (k.last_day, k.title))[:limit]


def _key(kind: KeyKind, title: str, upper: date, day: date, about: UUID) -> Key:
    return Key(kind, title, upper - timedelta(days=1), upper <= day + SOON, about)


def _requirements(language: str, day: date) -> list[Key]:
    rows = HostRequest.objects.filter(state="accepted", validity__contains=day, validity__upper_inf=False)
    return [_key("requirement", localised(r.title, language), r.validity.upper, day, r.pk) for r in rows if r.validity]


def _accords(language: str, day: date) -> list[Key]:
    states = accord_states_on(day)
    rows = Accord.objects.filter(pk__in=[k for k, s in states.items() if s == "in_force"], period__contains=day)
    return [_key("accord", localised(a.title, language), a.period.upper, day, a.pk) for a in rows]


def _statuses(language: str, day: date) -> list[Key]:
    signed = ControlStatus.objects.filter(period__endswith__gt=day, signed_on__lte=day)
    rows = list(signed.select_related("institution"))
    followed = {(r.institution_id, r.period.lower) for r in rows}
    return [
        _key("control", localised(r.institution.name, language), r.period.upper, day, r.institution_id)
        for r in rows
        if r.period.lower <= day and (r.institution_id, r.period.upper) not in followed
    ]


def _ratings(language: str, day: date) -> list[Key]:
    rows = list(ConditionsAssessment.objects.filter(period__endswith__gt=day).select_related("place"))
    followed = {(r.place_id, r.period.lower) for r in rows}
    return [
        _key("conditions", localised(r.place.name, language), r.period.upper, day, r.place_id)
        for r in rows
        if r.period.lower <= day and (r.place_id, r.period.upper) not in followed
    ]
