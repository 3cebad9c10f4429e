"""Requests: only the host asks; the commander accepts, returns or declines, and says why."""

from django.urls import reverse

from accord.mandate.models import HostRequest
from tests.web.conftest import Mission
from tests.web.mandate.sent import ARABIC_TITLE, day, go, request_fields


def asked(nmi: Mission) -> HostRequest:
    where = go(nmi.client("host", "ar"), "new-request", request_fields())
    return HostRequest.objects.get(pk=where.strip("/").rsplit("/", 1)[-1])


def test_a_request_in_one_language_is_enough(nmi: Mission) -> None:
    request = asked(nmi)
    assert request.title == {"ar": ARABIC_TITLE}
    assert request.state == "submitted"
    assert ARABIC_TITLE in nmi.client("commander").get(reverse("requests")).content.decode()


def test_a_request_without_title_or_kind_is_explained_and_kept(nmi: Mission) -> None:
    fields = request_fields(title_ar="", activity_types=[])
    answer = nmi.client("host").post(reverse("new-request"), fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Say in a few words what is asked." in page
    assert "Choose at least one kind of activity." in page
    assert fields["text_ar"] in page


def test_the_arabic_form_explains_itself_in_arabic(nmi: Mission) -> None:
    page = nmi.client("host", "ar").get(reverse("new-request")).content.decode()
    assert page.index('id="id_title_ar"') < page.index('id="id_title_en"'), "the reader’s language comes first"
    assert 'lang="ar" dir="rtl"' in page


def test_a_returned_request_is_completed_and_submitted_again(nmi: Mission) -> None:
    request = asked(nmi)
    commander, host = nmi.client("commander"), nmi.client("host")
    go(commander, "decide-request", {"step": "return", "remark": "Which school?"}, request.pk)
    address = reverse("request", kwargs={"key": request.pk})
    assert "Which school?" in host.get(address).content.decode()
    form = host.get(reverse("complete-request", kwargs={"key": request.pk})).content.decode()
    assert "Which school?" in form
    assert ARABIC_TITLE in form
    go(host, "complete-request", request_fields(title_en="Advice for the staff college"), request.pk)
    request.refresh_from_db()
    assert request.state == "submitted"
    assert request.title["en"] == "Advice for the staff college"
    assert [s.target for s in request.steps.all()] == ["submitted", "returned", "submitted"]


def test_an_answer_without_what_it_needs_is_not_given(nmi: Mission) -> None:
    request = asked(nmi)
    address = reverse("decide-request", kwargs={"key": request.pk})
    commander = nmi.client("commander")
    for fields, words in (
        ({"step": "decline", "remark": " "}, "Write a reason."),
        ({"step": "return"}, "Write a reason."),
        ({"step": "accept", "valid_from": day(0)}, "Enter a day after the first one."),
        ({"step": "accept", "valid_from": day(9), "valid_until": day(1)}, "Enter a day after the first one."),
        ({"step": "crown"}, "Select a valid choice"),
        ({"step": "accept", "valid_from": "tomorrow"}, "Enter a valid date."),
    ):
        answer = commander.post(address, fields)
        assert answer.status_code == 422, fields
        assert words in answer.content.decode(), fields
    request.refresh_from_db()
    assert request.state == "submitted"


def test_a_declined_request_says_why(nmi: Mission) -> None:
    request = asked(nmi)
    go(nmi.client("commander"), "decide-request", {"step": "decline", "remark": "Outside the mandate"}, request.pk)
    page = nmi.client("host").get(reverse("request", kwargs={"key": request.pk})).content.decode()
    assert "Outside the mandate" in page
    assert "Declined" in page


def test_mission_staff_do_not_ask_for_the_host(nmi: Mission) -> None:
    for username in ("advisor", "chief", "legal", "commander", "admin"):
        assert nmi.client(username).post(reverse("new-request"), request_fields()).status_code == 403, username
    assert not HostRequest.objects.filter(title__ar=ARABIC_TITLE).exists()


def test_requests_read_as_they_stood_on_another_day(nmi: Mission) -> None:
    client = nmi.client("auditor")
    client.cookies["as_of"] = "2021-02-01"
    page = client.get(reverse("requests")).content.decode()
    assert "Expansion of the mission" in page
    assert "Federal Police" not in page
    submitted = client.get(reverse("requests") + "?state=submitted").content.decode()
    assert "Expansion of the mission" in submitted, "it was accepted only later that month"
