"""The rules of the gate said once more, in other words and by other means, to measure the product by.

Nothing here calls the product's rules, facts or states: rows are read as they stand and judged by plain conditions.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from accord.advising.models import Engagement
from accord.kernel.clock import day_of
from accord.mandate.models import (
    Accord,
    AccordInstitution,
    AccordPlace,
    AccordStep,
    ConditionsAssessment,
    ControlStatus,
    ExpansionStep,
    HostRequest,
    OperationsFlag,
    Posture,
)
from tests.cast import ORGANISATIONS, PLACES, World

CLOSED_LIST = {"advise", "train", "capacity_build", "coordinate", "support", "assistance"}
PARTNERS = {code for code, (_kind, side, *_rest) in ORGANISATIONS.items() if side == "partner"}
GOING_ALONG = "Accompany the brigade on patrol"
IN_PERSON_POSTURES = {"in_country", "partial"}
REMOTE_POSTURES = {"in_country", "partial", "remote"}


@dataclass(frozen=True)
class Meeting:
    """What is asked about: codes of the cast, not keys."""

    kind: str
    day: date
    institution: str
    place: str
    mode: str
    units: frozenset[str]
    topic: str = ""


def upward(code: str, tree: dict[str, Any], parent: int) -> list[str]:
    line = [code]
    while above := tree[line[-1]][parent]:
        line.append(above)
    return line


def chain(organisation: str) -> list[str]:
    return upward(organisation, ORGANISATIONS, 2)


def within(place: str) -> list[str]:
    return upward(place, PLACES, 1)


class Records:
    """All that the answer rests on, read at once."""

    def __init__(self, world: World) -> None:
        self.org = {o.pk: code for code, o in world.org.items()}
        self.where = {p.pk: code for code, p in world.place.items()}
        self.steps = list(AccordStep.objects.all())
        self.accords = {a.pk: a for a in Accord.objects.all()}
        self.covered: dict[UUID, set[str]] = {key: set() for key in self.accords}
        for row in AccordInstitution.objects.all():
            self.covered[row.accord_id].add(self.org[row.institution_id])
        self.places: dict[UUID, set[str]] = {key: set() for key in self.accords}
        for spot in AccordPlace.objects.all():
            self.places[spot.accord_id].add(self.where[spot.place_id])
        self.controls = list(ControlStatus.objects.all())
        self.ratings = list(ConditionsAssessment.objects.all())
        self.postures = list(Posture.objects.all())
        self.flags = list(OperationsFlag.objects.all())
        self.asked = list(HostRequest.objects.filter(state="accepted"))
        self.grown = list(ExpansionStep.objects.exclude(state="proposed").prefetch_related("places", "institutions"))

    # Consent ---------------------------------------------------------------------------------------------------------

    def consents(self, meeting: Meeting, known_at: datetime | None = None) -> set[UUID]:
        """The accords under which it may happen, by what was recorded up to a moment."""
        return {
            key
            for key, accord in self.accords.items()
            if meeting.kind in accord.activity_types
            and all(set(chain(party)) & self.covered[key] for party in {meeting.institution, *meeting.units})
            and set(within(meeting.place)) & self.places[key]
            and self.in_force(key, meeting.day, known_at)
        }

    def in_force(self, key: UUID, day: date, known_at: datetime | None = None) -> bool:
        period = self.accords[key].period
        if not period.lower <= day < period.upper:
            return False
        taken = [s for s in self.steps if s.accord_id == key and s.effective_on <= day]
        if known_at:
            taken = [s for s in taken if s.at <= known_at]
        names = {s.name for s in taken}
        if names & {"withdraw", "amend", "expire"} or "enter_into_force" not in names:
            return False
        signed = {"sign_for_host", "sign_for_mission"} <= names or key in self.built_in
        stops = sorted((s.effective_on, s.at, s.name) for s in taken if s.name in {"suspend", "resume"})
        return signed and (not stops or stops[-1][2] == "resume")

    @property
    def built_in(self) -> set[UUID]:
        """The accord the cast is born with has no signing steps."""
        return {key for key, accord in self.accords.items() if accord.code == "accord"}

    # Everything ------------------------------------------------------------------------------------------------------

    def objections(self, meeting: Meeting) -> set[str]:
        """Why it may not happen, by what is recorded now; empty if it may."""
        parties = {meeting.institution, *meeting.units}
        host = parties - PARTNERS
        checks: dict[str, bool] = {
            "types": meeting.kind in CLOSED_LIST,
            "institution": all(self._named(party, meeting) for party in host)
            and (parties == host or meeting.kind == "coordinate"),
            "place": self._inside(meeting),
            "consent": bool(self.consents(meeting)),
            "control": all(self._controlled(party, meeting.day) for party in host),
            "operations": meeting.topic != GOING_ALONG
            and not any(self._flagged(party, meeting.day) for party in parties),
            "keys": all(self._required(party, meeting) for party in host) and (not host or self._workable(meeting)),
            "posture": self._reachable(meeting),
        }
        return {rule for rule, holds in checks.items() if not holds}

    def _named(self, party: str, meeting: Meeting) -> bool:
        if "defence" in chain(party):
            return True
        steps = [g for g in self.grown if meeting.day in days(g.period) and meeting.kind in g.activity_types]
        return any(self.org[i.institution_id] in chain(party) for g in steps for i in g.institutions.all())

    def _inside(self, meeting: Meeting) -> bool:
        if "capital-province" in within(meeting.place):
            return True
        steps = [g for g in self.grown if meeting.day in days(g.period) and meeting.kind in g.activity_types]
        return any(self.where[p.place_id] in within(meeting.place) for g in steps for p in g.places.all())

    def _controlled(self, party: str, day: date) -> bool:
        today = [c for c in self.controls if day in days(c.period)]
        for step, organisation in enumerate(chain(party)):
            for row in today:
                if self.org[row.institution_id] == organisation and (step == 0 or row.with_subordinates):
                    return row.status == "under_control"
        return False

    def _flagged(self, party: str, day: date) -> bool:
        return any(self.org[f.unit_id] in chain(party) for f in self.flags if day in days(f.period))

    def _required(self, party: str, meeting: Meeting) -> bool:
        return any(
            meeting.kind in r.activity_types
            and self.org[r.institution_id] in chain(party)
            and (r.place_id is None or self.where[r.place_id] in within(meeting.place))
            for r in self.asked
            if meeting.day in days(r.validity)
        )

    def _workable(self, meeting: Meeting) -> bool:
        if meeting.mode == "remote":
            return True
        today = {self.where[r.place_id]: r.rating for r in self.ratings if meeting.day in days(r.period)}
        nearest = [today[place] for place in within(meeting.place) if place in today]
        return bool(nearest) and nearest[0] in {"green", "amber"}

    def _reachable(self, meeting: Meeting) -> bool:
        kinds = {p.kind for p in self.postures if meeting.day in days(p.period)}
        return bool(kinds & {"in_person": IN_PERSON_POSTURES, "remote": REMOTE_POSTURES}.get(meeting.mode, set()))


class days:  # noqa: N801 - reads as a word: ``day in days(period)``
    """A stretch of days, the last of which no longer belongs to it."""

    def __init__(self, period: Any) -> None:
        self.first, self.end = period.lower, period.upper

    def __contains__(self, day: date) -> bool:
        return (self.first or date.min) <= day < (self.end or date.max)


def meeting_of(world: World, engagement: Engagement, units: Iterable[UUID]) -> Meeting:
    organisations = {o.pk: code for code, o in world.org.items()}
    places = {p.pk: code for code, p in world.place.items()}
    return Meeting(
        engagement.type,
        day_of(engagement.starts_at),
        organisations[engagement.institution_id],
        places[engagement.place_id],
        engagement.mode,
        frozenset(organisations[u] for u in units),
        engagement.topic,
    )
