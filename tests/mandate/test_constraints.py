"""What PostgreSQL itself refuses, so that no defect of ours and no hand in the tables can make it so."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from accord.access.models import Grant
from accord.advising.models import Engagement
from accord.coordination.models import Booking, BookingClaim
from accord.kernel.keys import new_key
from accord.mandate.models import (
    Accord,
    Area,
    ConditionsAssessment,
    ControlStatus,
    ExpansionStep,
    HostRequest,
    MandateVersion,
    Mission,
    OperationsFlag,
    Posture,
    SigningAuthority,
)
from accord.objectives.models import Objective
from accord.people.models import OrganisationTie, Tour
from tests.cast import KEPT, SINCE, TODAY, World, at

LATER = DateRange(date(2030, 1, 1), None)
OVER = DateRange(date(2020, 1, 1), date(2021, 1, 1))
OPEN_END = DateRange(TODAY, None)


def version(world: World, **changes: Any) -> MandateVersion:
    whole = {"request": world.request, "invitation": world.instrument, "decision": world.instrument}
    return MandateVersion(number=9, title={"en": "Next"}, **{"state": "in_force", "period": LATER, **whole, **changes})


def accord(world: World, **changes: Any) -> Accord:
    signed = {
        "host_signatory": world.post["representative"],
        "host_signed_on": TODAY,
        "mission_signatory": world.post["commander"],
        "mission_signed_on": TODAY,
    }
    return Accord(code="next", title={"en": "Next"}, **{"state": "in_force", "period": KEPT, **signed, **changes})


def engagement(world: World, **changes: Any) -> Engagement:
    whole = {
        "topic": "Plans",
        "institution": world.org["defence"],
        "place": world.place["capital"],
        "starts_at": at(TODAY, 10),
        "ends_at": at(TODAY, 11),
        "lead": world.post["advisor"],
        "state": "conducted",
        "accord": world.accord,
    }
    return Engagement(**{**whole, **changes})


def expansion(world: World, **changes: Any) -> ExpansionStep:
    whole = {"request": world.request, "headcount_cap": 5, "period": KEPT, "state": "in_force"}
    return ExpansionStep(number=1, title={"en": "Step"}, **{**whole, **changes})


def claim(world: World, resource: Any, **changes: Any) -> BookingClaim:
    time = (at(TODAY, 10), at(TODAY, 11))
    booking = Booking.objects.create(owner=world.org["mission"], title={"en": "x"}, time=time, subject_id=new_key())
    return BookingClaim(
        **{
            "booking": booking,
            "kind": "position",
            "resource_id": resource.pk,
            "organisation_id": getattr(resource, "organisation_id", resource.pk),
            "time": time,
            **changes,
        }
    )


def twice(make: Callable[[World], Any]) -> Callable[[World], Any]:
    def second(world: World) -> Any:
        make(world).save()
        return make(world)

    return second


def with_other_hour(world: World) -> BookingClaim:
    claim(world, world.post["advisor"]).save()
    return claim(world, world.post["advisor"], time=(at(TODAY, 10, 59), at(TODAY, 12)))


REFUSED: dict[str, tuple[str, Callable[[World], Any]]] = {
    "version without request": ("all_three_acts", lambda w: version(w, request=None)),
    "version without invitation": ("all_three_acts", lambda w: version(w, invitation=None)),
    "version without decision": ("all_three_acts", lambda w: version(w, decision=None)),
    "version without days": ("all_three_acts", lambda w: version(w, period=None)),
    "two versions at once": ("one_in_force_at_a_time", version),
    "second mission": ("only", lambda w: Mission(**_mission(w))),
    "accord unsigned by the host": ("signed_by_both", lambda w: accord(w, host_signatory=None)),
    "accord without the day of the host": ("signed_by_both", lambda w: accord(w, host_signed_on=None)),
    "accord unsigned by the mission": ("signed_by_both", lambda w: accord(w, mission_signatory=None)),
    "accord agreed but unsigned": ("signed_by_both", lambda w: accord(w, state="agreed", mission_signed_on=None)),
    "accord suspended but unsigned": ("signed_by_both", lambda w: accord(w, state="suspended", host_signed_on=None)),
    "accord for ever": ("period_is_bounded", lambda w: accord(w, period=OPEN_END)),
    "accord for a type outside the list": ("closed_list", lambda w: accord(w, activity_types=["advise", "combat"])),
    "expansion by a type outside the list": ("closed_list", lambda w: expansion(w, activity_types=["Train"])),
    "request for a type outside the list": (
        "closed_list",
        lambda w: HostRequest(code="r", title={}, institution=w.org["defence"], activity_types=["strike"]),
    ),
    "request accepted for no days": (
        "accepted_has_validity",
        lambda w: HostRequest(code="r", title={}, institution=w.org["defence"], state="accepted", submitted_on=TODAY),
    ),
    "request submitted on no day": (
        "submitted_is_dated",
        lambda w: HostRequest(code="r", title={}, institution=w.org["defence"], state="submitted"),
    ),
    "expansion without end": ("is_bounded", lambda w: expansion(w, period=OPEN_END)),
    "expansion without days": ("is_bounded", lambda w: expansion(w, period=None)),
    "expansion without cap": ("is_bounded", lambda w: expansion(w, headcount_cap=None)),
    "expansion without request": ("is_bounded", lambda w: expansion(w, request=None)),
    "expansion reviewed by nobody": ("reviewed_is_signed", lambda w: expansion(w, state="reviewed")),
    "area set by nothing": ("names_what_set_it", lambda _w: Area(code="a", name={}, period=SINCE)),
    "overlapping control status": (
        "control_status_one_at_a_time",
        lambda w: ControlStatus(**_control(w, period=DateRange(TODAY, TODAY + timedelta(days=1)))),
    ),
    "control status for ever": ("control_status_expires", lambda w: ControlStatus(**_control(w, period=LATER))),
    "overlapping conditions": (
        "conditions_one_at_a_time",
        lambda w: ConditionsAssessment(
            place=w.place["capital-province"], rating="red", period=KEPT, assessed_by=w.post["commander"]
        ),
    ),
    "conditions for ever": (
        "conditions_expire",
        lambda w: ConditionsAssessment(
            place=w.place["port"], rating="red", period=OPEN_END, assessed_by=w.post["commander"]
        ),
    ),
    "two postures": ("posture_one", lambda w: Posture(kind="remote", headquarters=w.place["port"], period=OPEN_END)),
    "two flags for one unit": (
        "operations_flag_no_overlap",
        twice(lambda w: OperationsFlag(unit=w.org["brigade"], period=OPEN_END, noted_by="x")),
    ),
    "authority twice": (
        "authority_no_overlap",
        lambda w: SigningAuthority(position=w.post["commander"], matter="accord", period=LATER),
    ),
    "two incumbents": (
        "one_incumbent",
        lambda w: Tour(position=w.post["advisor"], person=w.account["chief"].person, period=LATER),
    ),
    "two parents": (
        "one_parent",
        lambda w: OrganisationTie(child=w.org["college"], parent=w.org["interior"], period=LATER),
    ),
    "own parent": ("own_parent", lambda w: OrganisationTie(child=w.org["union"], parent=w.org["union"], period=SINCE)),
    "role twice": ("grant_once", lambda w: Grant(account=w.account["chief"], role="chief", period=LATER)),
    "conducted without accord": ("under_an_accord", lambda w: engagement(w, accord=None)),
    "planned without accord": ("under_an_accord", lambda w: engagement(w, accord=None, state="planned")),
    "planned as history": ("under_an_accord", lambda w: engagement(w, accord=None, state="planned", is_history=True)),
    "type outside the list": ("closed_list", lambda w: engagement(w, type="combat")),
    "type by another spelling": ("closed_list", lambda w: engagement(w, type="Advise")),
    "ends before it starts": ("ends_after_start", lambda w: engagement(w, ends_at=at(TODAY, 9))),
    "cancelled without reason": ("cancelled_with_reason", lambda w: engagement(w, state="cancelled")),
    "person booked twice": ("no_double_booking", twice(lambda w: claim(w, w.post["advisor"]))),
    "person booked for an overlapping hour": ("no_double_booking", with_other_hour),
    "open objective without owner": (
        "open_is_owned",
        lambda w: Objective(
            code="o",
            level="means",
            parent=w.objective,
            title={},
            state="open",
            period=SINCE,
            exit_criterion={"en": "x"},
        ),
    ),
    "way without end": ("hangs_on", lambda _w: Objective(code="o", level="way", title={}, period=SINCE)),
}


def _mission(world: World) -> dict[str, Any]:
    fields = ("name", "organisation", "host_government", "host_nation", "time_zone", "established_on")
    return {"code": "second", "acronym": "SEC", **{name: getattr(world.mission, name) for name in fields}}


def _control(world: World, **changes: Any) -> dict[str, Any]:
    whole = {"institution": world.org["defence"], "status": "under_control", "signed_on": TODAY}
    return {**whole, "signed_by": world.post["representative"], **changes}


@pytest.mark.parametrize(("constraint", "make"), REFUSED.values(), ids=REFUSED)
def test_refused_by_the_database(world: World, constraint: str, make: Callable[[World], Any]) -> None:
    row = make(world)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        row.save()


def _after_first(world: World) -> MandateVersion:
    MandateVersion.objects.filter(pk=world.version.pk).update(period=DateRange(SINCE.lower, LATER.lower))
    return version(world)


def back_to_back(world: World) -> BookingClaim:
    claim(world, world.post["advisor"]).save()
    return claim(world, world.post["advisor"], time=(at(TODAY, 11), at(TODAY, 12)))


ACCEPTED: dict[str, Callable[[World], Any]] = {
    "draft of a version without acts": lambda w: version(
        w, state="draft", request=None, invitation=None, decision=None, period=None
    ),
    "next version after the first": _after_first,
    "proposed accord": lambda w: accord(w, state="proposed", host_signatory=None, host_signed_on=None),
    "history from before Accord": lambda w: engagement(w, accord=None, is_history=True),
    "expansion proposed without bounds": lambda w: expansion(
        w, state="proposed", request=None, period=None, headcount_cap=None
    ),
    "soft claims side by side": twice(lambda w: claim(w, w.org["defence"], is_firm=False)),
    "claims back to back": back_to_back,
    "status following on": lambda w: ControlStatus(
        **_control(w, period=DateRange(KEPT.upper, KEPT.upper + timedelta(days=9)))
    ),
}


@pytest.mark.parametrize("make", ACCEPTED.values(), ids=ACCEPTED)
def test_accepted_by_the_database(world: World, make: Callable[[World], Any]) -> None:
    row = make(world)
    row.save()
    assert type(row)._default_manager.filter(pk=row.pk).exists()
