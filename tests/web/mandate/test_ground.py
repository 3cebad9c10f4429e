"""The registers the gate reads: control status, conditions, posture, operations, expansion steps."""

from datetime import timedelta
from typing import Any

from django.urls import reverse

from accord.kernel.clock import today
from accord.mandate.models import (
    Area,
    ConditionsAssessment,
    ControlStatus,
    ExpansionStep,
    HostRequest,
    OperationsFlag,
    Posture,
)
from accord.people.models import Organisation
from accord.places.models import Place
from tests.web.conftest import Mission
from tests.web.mandate.sent import day, go


def organisation(code: str) -> str:
    return str(Organisation.objects.get(code=code).pk)


def place(code: str) -> str:
    return str(Place.objects.get(code=code).pk)


def test_the_host_signs_a_control_status_and_the_register_shows_it(nmi: Mission) -> None:
    host = nmi.client("host")
    assert "None on record" in host.get(reverse("control-status")).content.decode()
    unit = organisation("example-unit-without-status")
    fields = {"institution": unit, "status": "under_control", "start": day(0), "end": day(20), "reference": "CS-900"}
    go(host, "sign-control-status", fields)
    row = ControlStatus.objects.get(reference="CS-900")
    assert row.period.upper == today() + timedelta(days=21)
    page = nmi.client("commander").get(reverse("control-status") + f"?institution={unit}").content.decode()
    assert "CS-900" in page
    assert "1 status ends within 45 days." in page


def test_a_control_status_expires_and_begins_today_at_the_earliest(nmi: Mission) -> None:
    host = nmi.client("host")
    unit = organisation("war-college")
    fields: dict[str, Any] = {"institution": unit, "status": "under_control", "reference": "Kept"}
    for start, end, words in ((0, -2, "Choose a later day."), (-4, 9, "Choose today or a later day.")):
        answer = host.post(reverse("sign-control-status"), fields | {"start": day(start), "end": day(end)})
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert 'value="Kept"' in answer.content.decode()


def test_without_authority_nothing_is_signed_and_nothing_typed_is_lost(nmi: Mission) -> None:
    from_chief = {"place": place("baghdad"), "rating": "green", "start": day(0), "end": day(9), "note_en": "Quiet"}
    ConditionsAssessment.objects.filter(place__code="baghdad").delete()
    go(nmi.client("chief"), "rate-conditions", from_chief)
    host = nmi.accounts["host"].person
    host.tours.all().delete()
    answer = nmi.client("host").post(
        reverse("sign-control-status"),
        {"institution": organisation("war-college"), "status": "under_control", "start": day(0), "end": day(9),
         "reference": "Not lost"},
    )  # fmt: skip
    assert answer.status_code == 422
    assert "None of your posts" in answer.content.decode()
    assert "Not lost" in answer.content.decode()


def test_conditions_are_rated_and_the_host_reads_no_note(nmi: Mission) -> None:
    fields = {"place": place("taji"), "rating": "red", "start": day(0), "end": day(9), "note_en": "Roads are closed"}
    go(nmi.client("commander"), "rate-conditions", fields)
    address = reverse("conditions")
    assert "Roads are closed" in nmi.client("advisor").get(address).content.decode()
    host = nmi.client("host").get(address).content.decode()
    assert "Not workable" in host
    assert "Roads are closed" not in host


def test_the_commander_changes_the_posture_from_a_day_on(nmi: Mission) -> None:
    fields = {"kind": "in_country", "headquarters": place("baghdad"), "start": day(0), "reason_en": "Back"}
    go(nmi.client("commander"), "change-posture", fields)
    page = nmi.client("host").get(reverse("posture")).content.decode()
    assert "<h1>In country</h1>" in page
    assert "Working from outside the country" in page, "history stays"
    late = nmi.client("commander").post(reverse("change-posture"), fields | {"start": day(-1)})
    assert late.status_code == 422
    assert Posture.objects.filter(reason__en="Back").count() == 1


def test_a_unit_is_flagged_on_operations_and_comes_back(nmi: Mission) -> None:
    host = nmi.client("host")
    go(host, "flag-operations", {"unit": organisation("war-college"), "start": day(-1), "end": ""})
    flag = OperationsFlag.objects.get(unit__code="war-college")
    assert "War College" in nmi.client("advisor").get(reverse("operations")).content.decode()
    early = host.post(reverse("unflag-operations", kwargs={"key": flag.pk}), {"end": day(-3)})
    assert early.status_code == 422
    go(host, "unflag-operations", {"end": day(0)}, flag.pk)
    flag.refresh_from_db()
    assert flag.period.upper == today()


def test_a_flag_that_ends_before_it_begins_or_overlaps_is_explained(nmi: Mission) -> None:
    host = nmi.client("host")
    unit = organisation("war-college")
    turned = host.post(reverse("flag-operations"), {"unit": unit, "start": day(5), "end": day(1)})
    assert turned.status_code == 422
    assert "Choose a later day." in turned.content.decode()
    go(host, "flag-operations", {"unit": unit, "start": day(0), "end": day(9)})
    twice = host.post(reverse("flag-operations"), {"unit": unit, "start": day(3), "end": day(4)})
    assert twice.status_code == 422
    assert "There is already an entry for some of these days." in twice.content.decode()


def expansion_fields(**changes: Any) -> dict[str, Any]:
    return {
        "title_en": "A school in Basra",
        "request": "",
        "institutions": [organisation("example-school-basra")],
        "places": [place("basra-governorate")],
        "activity_types": ["advise"],
        "headcount_cap": "20",
        "start": day(0),
        "end": day(100),
        **changes,
    }


def test_an_expansion_step_meets_its_three_conditions_or_stays_a_proposal(nmi: Mission) -> None:
    commander = nmi.client("commander")
    go(commander, "propose-expansion", expansion_fields(headcount_cap=""))
    step = ExpansionStep.objects.get(title__en="A school in Basra")
    page = commander.get(reverse("expansions")).content.decode()
    assert page.count("Missing") == 2
    assert "It cannot come into force yet." in page
    refused = commander.post(reverse("activate-expansion", kwargs={"key": step.pk}), follow=True).content.decode()
    assert "Say how many people at most" in refused
    step.refresh_from_db()
    assert step.state == "proposed"


def test_an_asked_and_bounded_step_comes_into_force_and_the_next_waits_for_its_review(nmi: Mission) -> None:
    asked = HostRequest.objects.get(code="requirement-example-school")
    commander = nmi.client("commander")
    go(commander, "decide-request", {"step": "accept", "valid_from": day(0), "valid_until": day(200)}, asked.pk)
    go(commander, "propose-expansion", expansion_fields(request=str(asked.pk)))
    step = ExpansionStep.objects.get(title__en="A school in Basra")
    go(commander, "activate-expansion", {}, step.pk)
    assert Area.objects.get(expansion=step).places.get().place.code == "basra-governorate"
    assert "A school in Basra" in nmi.client("host").get(reverse("areas")).content.decode()

    go(commander, "propose-expansion", expansion_fields(title_en="The next", request=str(asked.pk)))
    after = ExpansionStep.objects.get(title__en="The next")
    waiting = commander.post(reverse("activate-expansion", kwargs={"key": after.pk}), follow=True).content.decode()
    assert "The step before has not been reviewed." in waiting
    empty = commander.post(reverse("review-expansion", kwargs={"key": step.pk}), {"review_en": " "})
    assert empty.status_code == 422
    go(commander, "review-expansion", {"review_en": "It went well."}, step.pk)
    go(commander, "activate-expansion", {}, after.pk)
    assert "It went well." in nmi.client("host").get(reverse("expansions")).content.decode()


def test_a_step_needs_a_title_and_a_sensible_stretch_of_days(nmi: Mission) -> None:
    commander = nmi.client("commander")
    for changes, words in (
        ({"title_en": ""}, "Say in a few words what it adds."),
        ({"start": day(9), "end": day(1)}, "Choose a later day."),
        ({"headcount_cap": "0"}, "greater than or equal to 1"),
    ):
        answer = commander.post(reverse("propose-expansion"), expansion_fields(**changes))
        assert answer.status_code == 422, changes
        assert words in answer.content.decode(), changes
    assert not ExpansionStep.objects.exists()
