"""A few weeks of work, told through the same use cases people use, so that a visitor finds a living mission.

Told once, on an installation without reports, around the day it is told. All persons in it are fictional. What the
gate refuses on that day is simply not told: the demonstration has no way around it either. Nor is what falls on an hour
that the mission's own files have taken.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial

from accord.access.models import Account, Compartment
from accord.access.services import answer_grant
from accord.advising.models import Engagement, Report
from accord.advising.services import (
    Plan,
    Promise,
    conduct_engagement,
    judge_report,
    plan_engagement,
    save_report,
    submit_report,
)
from accord.kernel.actor import Actor
from accord.kernel.clock import fixed, today, zone
from accord.kernel.errors import Conflict, GateRefused
from accord.mandate.services import flag_operations, propose_accord, submit_request
from accord.objectives.models import FocusArea, Objective
from accord.people.models import Organisation, Person, Position
from accord.people.queries import actor_for
from accord.people.services import let_into_compartment
from accord.places.models import Place
from accord.publishing.models import Edition
from accord.publishing.services import publish_history
from accord.vetting.services import decide_vetting, request_vetting, take_into_check

LATEST_HOUR = 17
FACT_SHEET_SINCE = date(2018, 7, 1)


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting; ``days`` counts from the day the story is told, negative ones lie in the past."""

    days: int
    hour: int
    topic: str
    institution: str
    counterpart: str
    place: str
    focus: str
    discussed: str = ""
    outcome: str = ""
    host_promise: str = ""
    own_promise: str = ""


HELD = (
    Meeting(
        -40, 10, "Reviewing the defence policy planning cycle", "ministry-of-defence", "defence-coordination",
        "baghdad", "policy-and-strategy",
        "The yearly calendar of policy papers and who drafts each of them.",
        "A first calendar is agreed; drafting begins with the planning guidance.",
        "Name a drafting team for the planning guidance", "Share two examples of planning calendars",
    ),
    Meeting(
        -26, 11, "Training needs of instructors at the staff college", "staff-college", "staff-college-dean",
        "baghdad", "leadership-development",
        "Which instructors teach which modules and what they ask for.",
        "A list of six training needs, ranked by the dean.",
        "Confirm the ranked list with the department heads", "Propose two workshops for the first two needs",
    ),
    Meeting(
        -12, 9, "Women, Peace and Security in course programmes", "ministry-of-defence", "defence-training",
        "baghdad", "women-peace-and-security",
        "Where the gender perspective already stands in course programmes and where it is missing.",
        "The host side will review three programmes first.",
        "Send the three programmes for reading", "Return comments on the programmes",
    ),
)  # fmt: skip
WAITING = Meeting(
    -5, 10, "Budget calendar of the coming year", "ministry-of-defence", "defence-coordination", "baghdad",
    "resource-management",
    "The steps from requirement to budget line, and the days on which each is due.",
    "The calendar is clear; two steps need an owner.",
    "Name owners for the two open steps", "Draft a one-page guide to the calendar",
)  # fmt: skip
UNREPORTED = Meeting(
    -2, 13, "Follow-up on the planning guidance", "ministry-of-defence", "defence-coordination", "baghdad",
    "policy-and-strategy",
)  # fmt: skip
COMING = (
    Meeting(
        6, 10, "First reading of the planning guidance", "ministry-of-defence", "defence-coordination", "baghdad",
        "policy-and-strategy",
    ),
    Meeting(
        13, 11, "Good governance: answering to parliament", "national-security-advisor", "national-security-planning",
        "baghdad", "good-governance",
    ),
    Meeting(
        20, 9, "Communications instruction: review of the programme", "military-communications-school",
        "communications-school-commandant", "taji", "force-generation-and-development",
    ),
)  # fmt: skip


def tell() -> bool:
    """Tell the story if it has not been told; True if it was told now."""
    if Report.objects.exists():
        return False
    advisor, chief = _actor("advisor"), _actor("chief")
    for meeting in HELD:
        _told(partial(_reported, meeting, advisor, chief))
    _told(partial(_reported, WAITING, advisor, None))
    _told(partial(_planned, UNREPORTED, advisor))
    for meeting in COMING:
        _told(partial(_planned, meeting, advisor))
    school = Organisation.objects.filter(code="military-communications-school").first()
    if school:
        start = today() + timedelta(days=15)
        flag_operations(actor=chief, unit=school, start=start, end=start + timedelta(days=14))
    _ask_and_propose()
    _vet()
    if not Edition.objects.exists():
        publish_history(actor=_actor("press"), start=FACT_SHEET_SINCE)
    return True


def _actor(username: str) -> Actor:
    return actor_for(Account.objects.get(username=username), today(), channel="demo")


def _told(part: Callable[[], object]) -> None:
    try:
        part()
    except (GateRefused, Conflict):
        return


def _planned(meeting: Meeting, advisor: Actor) -> Engagement:
    """At its hour, or later that day where the mission's files have taken it already."""
    day = today() + timedelta(days=meeting.days)
    with fixed(min(day - timedelta(days=7), today())):
        for later in range(LATEST_HOUR - meeting.hour):
            try:
                return plan_engagement(actor=advisor, plan=_plan(replace(meeting, hour=meeting.hour + later), day))
            except Conflict:
                continue
        return plan_engagement(actor=advisor, plan=_plan(meeting, day))


def _reported(meeting: Meeting, advisor: Actor, chief: Actor | None) -> None:
    day = today() + timedelta(days=meeting.days)
    engagement = _planned(meeting, advisor)
    counterpart = Position.objects.get(code=meeting.counterpart)
    with fixed(datetime.combine(day, time(LATEST_HOUR + 2), zone())):
        engagement = conduct_engagement(actor=advisor, engagement=engagement)
        promises = (
            Promise("host", counterpart, meeting.host_promise, day + timedelta(days=21)),
            Promise("mission", engagement.lead, meeting.own_promise, day + timedelta(days=30)),
        )
        report = save_report(
            actor=advisor, engagement=engagement, discussed=meeting.discussed, outcome=meeting.outcome,
            atmosphere="positive", promises=promises,
        )  # fmt: skip
        submit_report(actor=advisor, report=report)
    if chief:
        with fixed(day + timedelta(days=1)):
            judge_report(actor=chief, report=report, step="approve")


def _plan(meeting: Meeting, day: date) -> Plan:
    start = datetime.combine(day, time(meeting.hour), zone())
    objective = Objective.objects.filter(level="way", state="open", focus__focus_area__code=meeting.focus).first()
    return Plan(
        type="advise", topic=meeting.topic, institution=Organisation.objects.get(code=meeting.institution),
        place=Place.objects.get(code=meeting.place), mode="remote", starts_at=start,
        ends_at=start + timedelta(hours=1), lead=Position.objects.get(code="advisor-defence-policy"),
        counterparts=list(Position.objects.filter(code=meeting.counterpart).select_related("organisation")),
        focus_areas=list(FocusArea.objects.filter(code=meeting.focus)), objective=objective,
        interpreter=True,
    )  # fmt: skip


def _vet() -> None:
    """The vetting officer is let into his compartment by two people; one request is cleared, another waits."""
    officer = Account.objects.get(username="vetting")
    grant = let_into_compartment(
        actor=_actor("admin"), account=officer, compartment=Compartment.objects.get(code="vetting"),
        purpose="Checks whom courses and meetings may admit", last_day=today() + timedelta(days=180),
    )  # fmt: skip
    answer_grant(actor=_actor("legal"), grant=grant, agrees=True)
    asked = [
        request_vetting(
            actor=_actor("advisor"), subject=Person.objects.get(code=code), purpose="Seat in a workshop",
            course="Writing course programmes",
        )
        for code in ("host-defence-one", "host-defence-two")
    ]  # fmt: skip
    inside = _actor("vetting")
    take_into_check(actor=inside, request=asked[0])
    decide_vetting(
        actor=inside, request=asked[0], step="clear", reference="EXAMPLE/1",
        valid_until=today() + timedelta(days=180),
    )  # fmt: skip


def _ask_and_propose() -> None:
    """A request that waits for the commander, and an accord that waits for both signatures."""
    ministry = Organisation.objects.get(code="ministry-of-defence")
    host = _actor("host")
    submit_request(
        actor=host, purpose="activity",
        title={"en": "Advice on writing course programmes", "ar": "مشورة بشأن كتابة برامج الدورات"},
        text={
            "en": "The directorate of training asks for advice on writing and reviewing course programmes.",
            "ar": "تطلب مديرية التدريب المشورة بشأن كتابة برامج الدورات ومراجعتها.",
        },
        institution=ministry, activity_types=["advise", "capacity_build"], place=Place.objects.get(code="baghdad"),
    )  # fmt: skip
    propose_accord(
        actor=_actor("legal"),
        title={"en": "Accord on course programmes", "ar": "اتفاق بشأن برامج الدورات"},
        text={
            "en": "Advisors help the directorate of training to write and review course programmes, remotely or in "
            "Baghdad, upon request and for as long as the host government agrees.",
            "ar": "يساعد المستشارون مديرية التدريب على كتابة برامج الدورات ومراجعتها، عن بُعد أو في بغداد، بناءً على "
            "الطلب وما دامت الحكومة المضيفة موافقة.",
        },
        institutions=[ministry], activity_types=["advise", "capacity_build"],
        places=[Place.objects.get(code="baghdad-governorate")], start=today() + timedelta(days=30),
        end=today() + timedelta(days=395),
    )  # fmt: skip
