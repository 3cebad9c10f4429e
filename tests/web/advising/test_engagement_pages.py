"""Planning, holding, reporting and approving an engagement through the pages."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accord.advising.models import Engagement, Report
from accord.config import story
from accord.kernel.clock import fixed, today, zone
from accord.objectives.models import FocusArea, Objective
from accord.people.models import Organisation, Position
from accord.places.models import Place
from tests.web.conftest import Mission


def plan_fields(days: int = 7, **changes: Any) -> dict[str, Any]:
    fields = {
        "topic": "Planning calendar",
        "type": "advise",
        "institution": Organisation.objects.get(code="ministry-of-defence").pk,
        "counterparts": [Position.objects.get(code="defence-coordination").pk],
        "day": (today() + timedelta(days=days)).isoformat(),
        "start": "10:00",
        "end": "11:00",
        "place": Place.objects.get(code="baghdad").pk,
        "mode": "remote",
        "lead": Position.objects.get(code="advisor-defence-policy").pk,
        "focus_areas": [FocusArea.objects.get(code="policy-and-strategy").pk],
        "objective": Objective.objects.filter(level="way", state="open").first().pk,  # type: ignore[union-attr]
    }
    return fields | changes


def entered() -> QuerySet[Engagement]:
    """Engagements people entered; the mission's files bring some of their own."""
    return Engagement.objects.filter(created_by__isnull=False)


def planned(nmi: Mission, **changes: Any) -> Engagement:
    answer = nmi.client("advisor").post("/engagements/plan/", plan_fields(**changes))
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return entered().latest("created_at")


def test_plan_stands_in_the_calendar_under_its_accord(nmi: Mission) -> None:
    engagement = planned(nmi)
    page = nmi.client("advisor").get(f"/engagements/{engagement.pk}/").content.decode()
    assert engagement.state == "planned"
    assert engagement.accord is not None
    assert "Planning calendar" in page
    assert str(engagement.accord.title["en"]) in page


@pytest.mark.parametrize(
    ("change", "clause"),
    [
        ({"mode": "in_person"}, "S2"),
        ({"topic": "Accompany the brigade on patrol"}, "S13"),
    ],
)
def test_plan_the_gate_refuses_is_shown_with_its_clause_and_kept(
    nmi: Mission, change: dict[str, Any], clause: str
) -> None:
    answer = nmi.client("advisor").post("/engagements/plan/", plan_fields(**change))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert clause in text
    assert "Refused" in text
    assert plan_fields(**change)["topic"] in text
    assert not entered().exists()


def test_plan_of_a_kind_outside_the_closed_list_is_refused(nmi: Mission) -> None:
    answer = nmi.client("advisor").post("/engagements/plan/", plan_fields(type="raid"))
    assert answer.status_code == 422
    assert "S4" in answer.content.decode()
    assert not entered().exists()


def test_incomplete_plan_names_each_field_and_keeps_what_was_typed(nmi: Mission) -> None:
    answer = nmi.client("advisor").post("/engagements/plan/", plan_fields(topic="", focus_areas=[], day="tomorrow"))
    text = answer.content.decode()
    assert answer.status_code == 422
    for field in ("id_topic-error", "id_focus_areas-error", "id_day-error"):
        assert field in text
    assert 'value="10:00"' in text


def test_double_booking_is_refused_in_words(nmi: Mission) -> None:
    planned(nmi)
    answer = nmi.client("advisor").post("/engagements/plan/", plan_fields(topic="Another"))
    assert answer.status_code == 422
    assert "already booked" in answer.content.decode()
    assert entered().count() == 1


def test_live_verdict_answers_for_what_is_filled_in(nmi: Mission) -> None:
    client = nmi.client("advisor")
    empty = client.post("/engagements/plan/verdict/", {"topic": "x"}).content.decode()
    full = client.post("/engagements/plan/verdict/", plan_fields()).content.decode()
    assert "Choose institution, place and day" in empty
    assert "Allowed" in full
    assert "<html" not in full


def test_live_verdict_shows_the_clash(nmi: Mission) -> None:
    planned(nmi)
    text = nmi.client("advisor").post("/engagements/plan/verdict/", plan_fields()).content.decode()
    assert "Already booked at that time" in text


def held(nmi: Mission) -> Engagement:
    with fixed(datetime.combine(today() - timedelta(days=3), time(8), zone())):
        engagement = planned(nmi, days=1)
    nmi.client("advisor").post(f"/engagements/{engagement.pk}/held/")
    engagement.refresh_from_db()
    assert engagement.state == "conducted"
    return engagement


def report_fields(**changes: Any) -> dict[str, Any]:
    fields = {
        "discussed": "The calendar",
        "outcome": "Agreed",
        "atmosphere": "positive",
        "promise": ["Send the draft"],
        "owner": [Position.objects.get(code="defence-coordination").pk],
        "due": [(today() + timedelta(days=20)).isoformat()],
        "submit": "1",
    }
    return fields | changes


def test_engagement_cannot_be_held_before_its_day(nmi: Mission) -> None:
    engagement = planned(nmi)
    answer = nmi.client("advisor").post(f"/engagements/{engagement.pk}/held/", follow=True)
    engagement.refresh_from_db()
    assert engagement.state == "planned"
    assert "has not taken place yet" in answer.content.decode()


def test_report_is_submitted_returned_and_approved_by_somebody_else(nmi: Mission) -> None:
    engagement = held(nmi)
    author, chief = nmi.client("advisor"), nmi.client("chief")
    author.post(f"/engagements/{engagement.pk}/report/", report_fields())
    report = Report.objects.get(engagement=engagement)
    assert report.state == "submitted"

    own = author.post(f"/engagements/{engagement.pk}/judge/", {"step": "approve"})
    report.refresh_from_db()
    assert own.status_code == 403
    assert report.state == "submitted"

    chief.post(f"/engagements/{engagement.pk}/judge/", {"step": "return", "remark": ""})
    report.refresh_from_db()
    assert report.state == "submitted"  # a return needs a remark

    chief.post(f"/engagements/{engagement.pk}/judge/", {"step": "return", "remark": "Who drafts?"})
    assert "Who drafts?" in author.get(f"/engagements/{engagement.pk}/report/").content.decode()

    author.post(f"/engagements/{engagement.pk}/report/", report_fields(outcome="Agreed; the ministry drafts"))
    chief.post(f"/engagements/{engagement.pk}/judge/", {"step": "approve"})
    report.refresh_from_db()
    assert report.state == "approved"


def test_chief_does_not_approve_his_own_report(nmi: Mission) -> None:
    chief = nmi.client("chief")
    with fixed(datetime.combine(today() - timedelta(days=3), time(8), zone())):
        lead = Position.objects.get(code="chief-of-advisors").pk
        chief.post("/engagements/plan/", plan_fields(days=1, lead=lead))
    engagement = entered().get()
    chief.post(f"/engagements/{engagement.pk}/held/")
    chief.post(f"/engagements/{engagement.pk}/report/", report_fields())
    answer = chief.post(f"/engagements/{engagement.pk}/judge/", {"step": "approve"})
    assert answer.status_code == 403
    assert Report.objects.get().state == "submitted"


def test_incomplete_report_is_kept_as_draft_and_says_what_is_missing(nmi: Mission) -> None:
    engagement = held(nmi)
    answer = nmi.client("advisor").post(f"/engagements/{engagement.pk}/report/", report_fields(outcome=""))
    assert answer.status_code == 422
    assert "Say what came out of it." in answer.content.decode()
    assert Report.objects.get().discussed == "The calendar"


def test_wording_that_sounds_like_operations_goes_to_the_legal_advisor_first(nmi: Mission) -> None:
    engagement = held(nmi)
    nmi.client("advisor").post(
        f"/engagements/{engagement.pk}/report/", report_fields(discussed="We joined them on a patrol.")
    )
    assert Report.objects.get().state == "legal_review"
    assert nmi.client("chief").post(f"/engagements/{engagement.pk}/judge/", {"step": "approve"}).status_code == 302
    assert Report.objects.get().state == "legal_review"
    nmi.client("legal").post(f"/engagements/{engagement.pk}/judge/", {"step": "clear"})
    assert Report.objects.get().state == "submitted"


def test_host_sees_the_meeting_and_promises_but_not_the_report(nmi: Mission) -> None:
    engagement = held(nmi)
    nmi.client("advisor").post(
        f"/engagements/{engagement.pk}/report/", report_fields(discussed="INTERNAL-DISCUSSED", outcome="INTERNAL-OUT")
    )
    host = nmi.client("host")
    page = host.get(f"/engagements/{engagement.pk}/").content.decode()
    assert "Planning calendar" in page
    assert "Send the draft" in page
    assert "INTERNAL" not in page
    assert host.get(f"/engagements/{engagement.pk}/report/").status_code == 403


def test_cancel_asks_for_a_reason_and_frees_the_time(nmi: Mission) -> None:
    engagement = planned(nmi)
    client = nmi.client("advisor")
    assert client.post(f"/engagements/{engagement.pk}/cancel/", {"remark": "x"}).status_code == 422
    client.post(f"/engagements/{engagement.pk}/cancel/", {"reason": "host", "remark": ""})
    engagement.refresh_from_db()
    assert (engagement.state, engagement.cancel_reason) == ("cancelled", "host")
    assert planned(nmi, topic="Same hour").pk != engagement.pk


def test_engagement_of_others_cannot_be_changed(nmi: Mission) -> None:
    other = Position.objects.get(code="advisor-interior").pk
    with fixed(timezone.now()):
        nmi.client("chief").post("/engagements/plan/", plan_fields(lead=other))
    engagement = entered().get()
    answer = nmi.client("advisor").post(f"/engagements/{engagement.pk}/cancel/", {"reason": "host"})
    engagement.refresh_from_db()
    assert answer.status_code == 403
    assert engagement.state == "planned"


@pytest.mark.parametrize("username", ["auditor", "press", "legal"])
def test_readers_read_and_do_not_plan(nmi: Mission, username: str) -> None:
    client = nmi.client(username)
    assert client.get("/engagements/").status_code == 200
    assert client.get("/engagements/plan/").status_code == 403


@pytest.mark.parametrize("language", ["en", "ar"])
def test_pages_of_advising_render(nmi: Mission, language: str) -> None:
    engagement = held(nmi)
    client = nmi.client("advisor", language)
    client.post(f"/engagements/{engagement.pk}/report/", report_fields())
    for address in (
        "/engagements/",
        f"/engagements/{engagement.pk}/",
        "/engagements/plan/",
        "/commitments/",
        "/commitments/?all=1",
    ):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert f'lang="{language}"' in answer.content.decode()


def test_unknown_engagement_is_not_found(nmi: Mission) -> None:
    missing = "00000000-0000-7000-8000-000000000000"
    assert nmi.client("advisor").get(f"/engagements/{missing}/").status_code == 404


def test_as_of_a_day_before_it_was_planned_it_is_not_known(nmi: Mission) -> None:
    engagement = planned(nmi)
    client = nmi.client("advisor")
    client.cookies["as_of"] = (today() - timedelta(days=30)).isoformat()
    assert client.get(f"/engagements/{engagement.pk}/").status_code == 404
    assert "Planning calendar" not in client.get("/engagements/").content.decode()


def test_nothing_can_be_changed_on_another_day(nmi: Mission) -> None:
    client = nmi.client("advisor")
    client.cookies["as_of"] = "2024-05-01"
    answer = client.post("/engagements/plan/", plan_fields())
    assert answer.status_code == 302
    assert not entered().exists()


def test_listing_costs_the_same_for_one_and_for_three(nmi: Mission) -> None:
    client = nmi.client("advisor")
    planned(nmi)
    one = _queries(client, "/engagements/")
    planned(nmi, start="12:00", end="13:00")
    planned(nmi, start="14:00", end="15:00")
    assert _queries(client, "/engagements/") == one


def test_commitment_is_settled_by_its_own_side_only(nmi: Mission) -> None:
    engagement = held(nmi)
    nmi.client("advisor").post(f"/engagements/{engagement.pk}/report/", report_fields())
    promise = engagement.commitments.get()
    refused = nmi.client("advisor").post(f"/commitments/{promise.pk}/", {"state": "kept"})
    promise.refresh_from_db()
    assert (refused.status_code, promise.state) == (403, "open")
    nmi.client("host").post(f"/commitments/{promise.pk}/", {"state": "kept"})
    promise.refresh_from_db()
    assert promise.state == "kept"


def test_story_of_the_demonstration_is_told_once(nmi: Mission) -> None:
    assert story.tell() is True
    assert story.tell() is False
    states = set(entered().values_list("state", flat=True))
    assert states == {"planned", "conducted", "on_hold"}
    assert Report.objects.filter(state="submitted").count() == 1


def _queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)
