"""One cast of characters and the small world they work in, for every test that needs people, consent and a calendar.

All of it is plainly fictional. It is built row by row without any use case, so that what a test does itself is the only
thing under test. The fixture ``world`` holds the clock at noon of ``TODAY``; days count in the installation’s zone.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from accord.access.models import Account, Grant, Level, Marking
from accord.advising.models import Engagement
from accord.advising.services import Plan, conduct_engagement, plan_engagement
from accord.kernel.actor import Actor
from accord.kernel.clock import day_of, fixed, now, zone
from accord.kernel.keys import new_key
from accord.kernel.text import folded
from accord.mandate.choices import ActivityType
from accord.mandate.models import (
    Accord,
    AccordInstitution,
    AccordPlace,
    AccordStep,
    Area,
    AreaPlace,
    Clause,
    ConditionsAssessment,
    ControlStatus,
    HostRequest,
    Instrument,
    MandateVersion,
    Mission,
    Posture,
    SigningAuthority,
    VersionInstitution,
)
from accord.objectives.models import FocusArea, Indicator, Objective, ObjectiveFocus
from accord.people.models import (
    Nation,
    Organisation,
    OrganisationAlias,
    OrganisationTie,
    Pairing,
    Person,
    Position,
    Tour,
)
from accord.people.queries import actor_for
from accord.places.models import Place, PlaceAlias

START = date(2024, 1, 1)
CONSENT_FROM = date(2024, 2, 1)
TODAY = date(2025, 6, 2)
CONSENT_UNTIL = date(2026, 6, 1)
END = date(2027, 1, 1)
SINCE = DateRange(START, None)
KEPT = DateRange(START, END)

CLAUSES = {
    "types": "S4",
    "institution": "S6",
    "place": "S10c",
    "consent": "S12a",
    "control": "S15",
    "operations": "S13",
    "keys": "S11",
    "posture": "S2",
}
PARAMETERS = {
    "clauses": CLAUSES,
    "activity_types": list(ActivityType.values),
    "keys": ["requirement", "consent", "conditions"],
    "worst_conditions": "amber",
    "postures": {
        "in_country": ["in_person", "remote"],
        "partial": ["in_person", "remote"],
        "suspended": [],
        "remote": ["remote"],
    },
    "self_approval": False,
    "size_wording": {"en": "several hundred", "ar": "بضع مئات"},
}

# code: kind, parent, English, Arabic
PLACES = {
    "land": ("country", None, "The Land", "البلاد"),
    "capital-province": ("governorate", "land", "Capital Province", "محافظة العاصمة"),
    "capital": ("city", "capital-province", "Capital", "العاصمة"),
    "academy-site": ("site", "capital", "Academy site", "موقع الأكاديمية"),
    "coast": ("governorate", "land", "Coast", "الساحل"),
    "port": ("city", "coast", "Port", "الميناء"),
}
# code: kind, side, parent, English, Arabic
ORGANISATIONS = {
    "government": ("government", "host", None, "Government of the Land", "حكومة البلاد"),
    "defence": ("ministry", "host", "government", "Ministry of Defence of the Land", "وزارة دفاع البلاد"),
    "college": ("school", "host", "defence", "Staff College of the Land", "كلية أركان البلاد"),
    "brigade": ("unit", "host", "defence", "Example Brigade", "اللواء المثال"),
    "interior": ("ministry", "host", "government", "Ministry of Interior of the Land", "وزارة داخلية البلاد"),
    "union": ("other", "partner", None, "Example Union", "الاتحاد المثال"),
    "mission": ("mission", "mission", None, "Example Mission", "البعثة المثال"),
}
# code: organisation, title
POSITIONS = {
    "representative": ("government", "Representative of the government"),
    "planner": ("defence", "Director of planning"),
    "trainer": ("defence", "Director of training"),
    "dean": ("college", "Dean"),
    "brigadier": ("brigade", "Commander of the brigade"),
    "policeman": ("interior", "Director of the police"),
    "commander": ("mission", "Commander"),
    "chief": ("mission", "Chief of advisors"),
    "second-chief": ("mission", "Deputy chief of advisors"),
    "legal": ("mission", "Legal advisor"),
    "advisor": ("mission", "Advisor, planning"),
    "second-advisor": ("mission", "Advisor, training"),
    "press": ("mission", "Press officer"),
    "auditor": ("mission", "Auditor"),
    "administrator": ("mission", "Administrator"),
}
# user name: role, position, shown name
PEOPLE = {
    "advisor": ("advisor", "advisor", "Advisor One (fictional)"),
    "second-advisor": ("advisor", "second-advisor", "Advisor Two (fictional)"),
    "chief": ("chief", "chief", "Chief One (fictional)"),
    "second-chief": ("chief", "second-chief", "Chief Two (fictional)"),
    "legal": ("legal", "legal", "Legal Advisor (fictional)"),
    "host": ("host", "representative", "Host Official One (fictional)"),
    "second-host": ("host", "planner", "Host Official Two (fictional)"),
    "press": ("public_affairs", "press", "Press Officer (fictional)"),
    "commander": ("commander", "commander", "Commander (fictional)"),
    "auditor": ("auditor", "auditor", "Auditor (fictional)"),
    "administrator": ("administrator", "administrator", "Administrator (fictional)"),
}
AUTHORITIES = (
    ("representative", "request"),
    ("representative", "accord"),
    ("representative", "control_status"),
    ("commander", "accord"),
    ("commander", "conditions"),
    ("commander", "mandate"),
    ("chief", "conditions"),
)


@dataclass
class World:
    """Everything by its code: ``world.org["defence"]``, ``world.place["capital"]``, ``world.post["planner"]``."""

    mission: Mission
    place: dict[str, Place]
    org: dict[str, Organisation]
    post: dict[str, Position]
    account: dict[str, Account]
    accord: Accord
    version: MandateVersion
    request: HostRequest
    instrument: Instrument
    focus: list[FocusArea]
    objective: Objective
    _actors: dict[str, Actor] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        """The person at work, as the pages make him: by grant, tour and side."""
        if name not in self._actors:
            self._actors[name] = actor_for(self.account[name], TODAY)
        return self._actors[name]

    def client(self, name: str) -> Client:
        """A browser in which this person is signed in."""
        client = Client()
        client.force_login(self.account[name])
        return client

    def plan(self, day: date = TODAY + timedelta(days=7), hour: int = 10, **changes: Any) -> Plan:
        """A plan the gate allows on any day of the consent, unless something is changed."""
        start = at(day, hour)
        plan = Plan(
            type="advise",
            topic="The yearly calendar of planning papers",
            institution=self.org["defence"],
            place=self.place["capital"],
            mode="in_person",
            starts_at=start,
            ends_at=start + timedelta(hours=1),
            lead=self.post["advisor"],
            counterparts=[self.post["planner"]],
            focus_areas=self.focus[:1],
            objective=self.objective,
        )
        return replace(plan, **changes)

    def planned(self, day: date = TODAY + timedelta(days=7), by: str = "advisor", **changes: Any) -> Engagement:
        return plan_engagement(actor=self.actor(by), plan=self.plan(day, **changes))

    def conducted(self, day: date = TODAY - timedelta(days=3), by: str = "advisor", **changes: Any) -> Engagement:
        """Planned a week ahead and recorded as held in the evening of its day."""
        with fixed(day - timedelta(days=7)):
            engagement = self.planned(day, by=by, **changes)
        with fixed(at(day, 18)):
            return conduct_engagement(actor=self.actor(by), engagement=engagement)

    def accord_on(
        self, start: date, end: date, *, institutions: Sequence[str] = ("defence",), places: Sequence[str] = ("land",)
    ) -> Accord:
        """Another accord, agreed by both sides and in force from its first day, recorded when this is called."""
        return _accord(self, f"accord-{new_key().hex}", start, end, institutions, places)


def at(day: date, hour: int = 12, minute: int = 0) -> datetime:
    """A moment of a day, as the clock on the wall shows it."""
    return datetime.combine(day, time(hour, minute), zone())


def day_after(moment: datetime) -> date:
    return day_of(moment) + timedelta(days=1)


@pytest.fixture
def world(db: None) -> Iterator[World]:
    """The small world on ``TODAY`` at noon."""
    with standing_world() as built:
        yield built


@contextmanager
def standing_world() -> Iterator[World]:
    with fixed(START):
        built = build()
    with fixed(TODAY):
        yield built


# code: releasable to
MARKINGS = {
    "public": ["public", "mission", "host", "partner"],
    "host": ["mission", "host"],
    "partners": ["mission", "partner"],
    "mission": ["mission"],
    "vetting": ["mission"],
}


def build_markings() -> None:
    """Two levels, the markings every mission has, and one that lies in a compartment."""
    Level.objects.create(code="open", rank=0, name={"en": "Open"})
    Level.objects.create(code="internal", rank=1, name={"en": "Internal"}, ordinary_for=["mission", "host", "partner"])
    for order, (code, releasable_to) in enumerate(MARKINGS.items()):
        Marking.objects.create(
            code=code, order=order, name={"en": code}, policy="Example (fictional)",
            level="open" if code == "public" else "internal", releasable_to=releasable_to,
            compartments=["vetting"] if code == "vetting" else [],
        )  # fmt: skip


def build() -> World:
    build_markings()
    place, org = _places(), _organisations()
    post = _positions(org)
    account = _people(post)
    mission = Mission.objects.create(
        code="example",
        name={"en": "Example Mission", "ar": "البعثة المثال"},
        acronym="EXM",
        organisation=org["mission"],
        host_government=org["government"],
        host_nation=Nation.objects.get(code="LND"),
        languages=["en", "ar"],
        time_zone=str(zone()),
        established_on=START,
        parameters=PARAMETERS,
    )
    request = HostRequest.objects.create(
        code="requirement",
        purpose="activity",
        title={"en": "Advice for the ministry", "ar": "مشورة للوزارة"},
        institution=org["defence"],
        activity_types=list(ActivityType.values),
        submitted_on=START,
        submitted_by=post["representative"],
        state="accepted",
        validity=KEPT,
        decided_on=START,
    )
    instrument = Instrument.objects.create(
        code="decision", kind="decision", title={"en": "Decision", "ar": "قرار"}, issued_on=START
    )
    version = _version(request, instrument, org["defence"])
    _ground(org, place, post, instrument)
    focus, objective = _objective(post["planner"])
    built = World(
        mission, place, org, post, account, Accord(), version, request, instrument, focus, objective
    )  # fmt: skip
    built.accord = _accord(built, "accord", CONSENT_FROM, CONSENT_UNTIL, ["defence"], ["capital-province"])
    return built


def _places() -> dict[str, Place]:
    made: dict[str, Place] = {}
    for code, (kind, parent, en, ar) in PLACES.items():
        made[code] = Place(code=code, kind=kind, name={"en": en, "ar": ar}, parent=made[parent] if parent else None)
    Place.objects.bulk_create(made.values())
    PlaceAlias.objects.bulk_create(
        PlaceAlias(place=p, text=t, folded=folded(t)) for p in made.values() for t in p.name.values()
    )
    return made


def _organisations() -> dict[str, Organisation]:
    made = {
        code: Organisation(code=code, kind=kind, side=side, name={"en": en, "ar": ar}, period=SINCE)
        for code, (kind, side, _parent, en, ar) in ORGANISATIONS.items()
    }
    Organisation.objects.bulk_create(made.values())
    OrganisationAlias.objects.bulk_create(
        OrganisationAlias(organisation=o, text=t, folded=folded(t)) for o in made.values() for t in o.name.values()
    )
    OrganisationTie.objects.bulk_create(
        OrganisationTie(child=made[code], parent=made[parent], period=SINCE)
        for code, (_kind, _side, parent, _en, _ar) in ORGANISATIONS.items()
        if parent
    )
    return made


def _positions(org: dict[str, Organisation]) -> dict[str, Position]:
    made = {
        code: Position(code=code, title={"en": title, "ar": title}, organisation=org[owner], period=SINCE)
        for code, (owner, title) in POSITIONS.items()
    }
    Position.objects.bulk_create(made.values())
    SigningAuthority.objects.bulk_create(
        SigningAuthority(position=made[code], matter=matter, period=SINCE) for code, matter in AUTHORITIES
    )
    Pairing.objects.create(advisor=made["advisor"], counterpart=made["planner"], period=SINCE)
    return made


def _people(post: dict[str, Position]) -> dict[str, Account]:
    nations = {code: Nation(code=code, name={"en": name}) for code, name in (("LND", "The Land"), ("ALY", "Allia"))}
    Nation.objects.bulk_create(nations.values())
    accounts = {
        name: Account(username=name, display_name=shown, language="ar" if role == "host" else "", verified_at=now())
        for name, (role, _post, shown) in PEOPLE.items()
    }
    Account.objects.bulk_create(accounts.values())
    Grant.objects.bulk_create(
        Grant(account=accounts[name], role=role, period=SINCE, granted_by="Cast")
        for name, (role, _post, _shown) in PEOPLE.items()
    )
    persons = {}
    for name, (role, _post, shown) in PEOPLE.items():
        side, nation = ("host", "LND") if role == "host" else ("mission", "ALY")
        persons[name] = Person(
            code=name, shown_name={"en": shown}, side=side, nation=nations[nation], account=accounts[name],
            is_fictional=True,
        )  # fmt: skip
    Person.objects.bulk_create(persons.values())
    Tour.objects.bulk_create(
        Tour(position=post[code], person=persons[name], period=SINCE) for name, (_role, code, _s) in PEOPLE.items()
    )
    return accounts


def _version(request: HostRequest, instrument: Instrument, *institutions: Organisation) -> MandateVersion:
    version = MandateVersion.objects.create(
        number=1, title={"en": "First version", "ar": "النسخة الأولى"}, request=request, invitation=instrument,
        decision=instrument, state="in_force", period=SINCE,
    )  # fmt: skip
    VersionInstitution.objects.bulk_create(VersionInstitution(version=version, institution=o) for o in institutions)
    Clause.objects.bulk_create(
        Clause(version=version, code=code, order=n, text={"en": f"Clause {code}", "ar": f"المادة {code}"})
        for n, code in enumerate(dict.fromkeys(CLAUSES.values()))
    )
    return version


def _ground(
    org: dict[str, Organisation], place: dict[str, Place], post: dict[str, Position], instrument: Instrument
) -> None:
    area = Area.objects.create(code="base", name={"en": "Capital area"}, period=SINCE, instrument=instrument)
    AreaPlace.objects.create(area=area, place=place["capital-province"])
    Posture.objects.create(kind="in_country", headquarters=place["capital"], period=SINCE)
    ConditionsAssessment.objects.create(
        place=place["capital-province"], rating="green", period=KEPT, assessed_by=post["commander"]
    )
    ControlStatus.objects.bulk_create(
        ControlStatus(
            institution=org[code], status="under_control", period=KEPT, signed_by=post["representative"],
            signed_on=START,
        )
        for code in ("defence", "college", "brigade")
    )  # fmt: skip


def _objective(owner: Position) -> tuple[list[FocusArea], Objective]:
    focus = [
        FocusArea(code=code, order=n, name={"en": name}, period=SINCE)
        for n, (code, name) in enumerate((("policy", "policy and strategy"), ("governance", "good governance")))
    ]
    FocusArea.objects.bulk_create(focus)
    end = Objective(code="end", level="end", title={"en": "Stability"}, state="open", period=SINCE)
    way = Objective(
        code="way", level="way", parent=end, title={"en": "Planning is sound"}, host_owner=owner,
        exit_criterion={"en": "Two cycles without help"}, state="open", period=SINCE,
    )  # fmt: skip
    Objective.objects.bulk_create([end, way])
    ObjectiveFocus.objects.bulk_create(ObjectiveFocus(objective=way, focus_area=f) for f in focus)
    Indicator.objects.create(objective=way, name={"en": "Papers on time"}, baseline="1 of 6", baseline_on=START)
    return focus, way


def _accord(
    world: World, code: str, start: date, end: date, institutions: Sequence[str], places: Sequence[str]
) -> Accord:
    signed = min(start, START)
    accord = Accord.objects.create(
        code=code,
        title={"en": f"Accord from {start}", "ar": f"اتفاق من {start}"},
        text={"en": "Both sides agree.", "ar": "اتفق الجانبان."},
        activity_types=list(ActivityType.values),
        period=DateRange(start, end),
        state="in_force",
        host_signatory=world.post["representative"],
        host_signed_on=signed,
        mission_signatory=world.post["commander"],
        mission_signed_on=signed,
    )
    AccordInstitution.objects.bulk_create(
        AccordInstitution(accord=accord, institution=world.org[c]) for c in institutions
    )
    AccordPlace.objects.bulk_create(AccordPlace(accord=accord, place=world.place[c]) for c in places)
    steps = (("propose", "", "proposed", signed), ("agree", "proposed", "agreed", signed),
             ("enter_into_force", "agreed", "in_force", start))  # fmt: skip
    AccordStep.objects.bulk_create(
        AccordStep(accord=accord, name=n, origin=o, target=t, effective_on=d, actor_name="Cast") for n, o, t, d in steps
    )
    return accord
