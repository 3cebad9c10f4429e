"""From the host's request to consent, and consent taken back, through the pages."""

from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from accord.advising.models import Engagement
from accord.kernel.clock import now, today
from accord.mandate.models import Accord, HostRequest
from tests.web.advising.test_engagement_pages import planned
from tests.web.conftest import Mission
from tests.web.mandate.sent import ARABIC_TITLE, accord_fields, day, go, request_fields


def proposed(nmi: Mission, **changes: Any) -> Accord:
    where = go(nmi.client("legal"), "new-accord", accord_fields(**changes))
    return Accord.objects.get(pk=where.strip("/").rsplit("/", 1)[-1])


def in_force(nmi: Mission, **changes: Any) -> Accord:
    accord = proposed(nmi, **changes)
    go(nmi.client("host"), "sign-accord", {}, accord.pk)
    go(nmi.client("commander"), "sign-accord", {}, accord.pk)
    return accord


def page_of(client: Client, accord: Accord) -> str:
    return client.get(reverse("accord", kwargs={"key": accord.pk})).content.decode()


def test_from_request_to_consent_and_back_through_the_pages(nmi: Mission) -> None:
    host, commander, legal = nmi.client("host", "ar"), nmi.client("commander"), nmi.client("legal")
    request = go(host, "new-request", request_fields())
    assert ARABIC_TITLE in host.get(request).content.decode()
    key = request.strip("/").rsplit("/", 1)[-1]
    assert "Answer the request" in commander.get(request).content.decode()

    go(commander, "decide-request", {"step": "accept", "valid_from": day(0), "valid_until": day(90)}, key)
    asked = HostRequest.objects.get(pk=key)
    assert asked.state == "accepted"
    assert asked.validity is not None
    assert asked.validity.upper == today() + timedelta(days=91), "the last day asked for belongs to it"

    first = legal.get(reverse("new-accord") + f"?request={key}").content.decode()
    assert ARABIC_TITLE in first, "the form begins with what the request says"
    accord = proposed(nmi, request=key)
    assert accord.request_id == asked.pk
    assert accord.period.upper == today() + timedelta(days=31)
    assert "Nothing may happen under it yet" in page_of(commander, accord)

    go(host, "sign-accord", {}, accord.pk)
    assert "Waits for the mission" in legal.get(reverse("accords")).content.decode()
    go(commander, "sign-accord", {}, accord.pk)
    assert "have the host government’s consent" in page_of(legal, accord)

    go(host, "withdraw-accord", {"reason": "تغيّرت الظروف", "effective_on": day(0)}, accord.pk)
    after = page_of(commander, accord)
    assert "The host government withdrew its consent" in after
    assert "تغيّرت الظروف" in after
    assert "Withdraw consent" in after, "the history keeps the step"


def test_suspended_consent_is_resumed_by_the_host(nmi: Mission) -> None:
    accord = in_force(nmi)
    host = nmi.client("host")
    go(host, "suspend-accord", {"reason": "A holiday", "effective_on": day(0)}, accord.pk)
    assert "suspended its consent" in page_of(host, accord)
    go(host, "resume-accord", {"reason": "Over"}, accord.pk)
    assert "have the host government’s consent" in page_of(host, accord)


def test_a_withdrawal_for_a_later_day_is_shown_as_coming(nmi: Mission) -> None:
    accord = in_force(nmi)
    go(nmi.client("host"), "withdraw-accord", {"reason": "As agreed", "effective_on": day(5)}, accord.pk)
    page = page_of(nmi.client("legal"), accord)
    assert "have the host government’s consent" in page, "it holds until then"
    assert "Withdraw consent" in page


def test_the_confirmation_says_how_many_engagements_it_stops(nmi: Mission) -> None:
    engagement = planned(nmi)
    assert engagement.accord is not None
    address = reverse("withdraw-accord", kwargs={"key": engagement.accord_id})
    page = nmi.client("host").get(address).content.decode()
    count = Engagement.objects.filter(accord=engagement.accord, state="planned", starts_at__gt=now()).count()
    assert count
    assert f"{count} planned engagement" in page
    unused = proposed(nmi)
    page = nmi.client("host").get(reverse("withdraw-accord", kwargs={"key": unused.pk})).content.decode()
    assert "No planned engagement stands on this accord" in page


def test_consent_is_not_taken_back_for_days_past_or_without_a_reason(nmi: Mission) -> None:
    accord = in_force(nmi)
    host = nmi.client("host")
    address = reverse("withdraw-accord", kwargs={"key": accord.pk})
    late = host.post(address, {"reason": "Too late", "effective_on": day(-3)})
    assert late.status_code == 422
    assert "history stays" in late.content.decode() or "Choose today or a later day" in late.content.decode()
    assert "Too late" in late.content.decode(), "what was typed is kept"
    assert host.post(address, {"reason": " ", "effective_on": day(0)}).status_code == 422
    accord.refresh_from_db()
    assert accord.state == "in_force"


def test_nobody_but_the_host_stops_consent_and_nobody_signs_for_the_other_side(nmi: Mission) -> None:
    accord = proposed(nmi)
    for username in ("commander", "legal", "advisor", "auditor"):
        for name in ("suspend-accord", "withdraw-accord", "resume-accord"):
            answer = nmi.client(username).post(reverse(name, kwargs={"key": accord.pk}), {"reason": "No"})
            assert answer.status_code == 403, (username, name)
    for username in ("legal", "advisor", "chief", "auditor"):
        said = nmi.client(username).post(reverse("sign-accord", kwargs={"key": accord.pk}), follow=True)
        assert "You may not sign accords" in said.content.decode(), username
    accord.refresh_from_db()
    assert (accord.host_signed_on, accord.mission_signed_on) == (None, None)


def test_the_same_side_does_not_sign_twice(nmi: Mission) -> None:
    accord = proposed(nmi)
    host = nmi.client("host")
    go(host, "sign-accord", {}, accord.pk)
    assert "Agree for the host</button>" not in page_of(host, accord)
    host.post(reverse("sign-accord", kwargs={"key": accord.pk}))
    accord.refresh_from_db()
    assert accord.mission_signed_on is None
    assert accord.state == "proposed"


def test_an_incomplete_accord_keeps_what_was_typed(nmi: Mission) -> None:
    legal = nmi.client("legal")
    answer = legal.post(reverse("new-accord"), accord_fields(text_ar="", institutions=[]))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "The government agrees to advice on planning." in page
    assert "اتفاق التخطيط" in page
    assert 'id="id_text_ar-error"' in page
    assert 'id="id_institutions-error"' in page
    assert not Accord.objects.filter(proposed_by=nmi.accounts["legal"].display_name).exists()


def test_an_accord_ends_after_it_begins(nmi: Mission) -> None:
    answer = nmi.client("legal").post(reverse("new-accord"), accord_fields(start=day(9), end=day(1)))
    assert answer.status_code == 422
    assert "The last day must lie after the first." in answer.content.decode()


def test_an_amendment_takes_the_place_of_the_accord(nmi: Mission) -> None:
    accord = in_force(nmi)
    where = go(nmi.client("legal"), "amend-accord", {"start": day(0), "end": day(60), "reason": "More time"}, accord.pk)
    new = Accord.objects.get(pk=where.strip("/").rsplit("/", 1)[-1])
    go(nmi.client("host"), "sign-accord", {}, new.pk)
    go(nmi.client("commander"), "sign-accord", {}, new.pk)
    assert "A newer accord has taken its place" in page_of(nmi.client("legal"), accord)
    assert "Takes the place of" in page_of(nmi.client("legal"), new)


def test_the_text_stands_in_both_languages_with_its_direction(nmi: Mission) -> None:
    page = page_of(nmi.client("commander"), Accord.objects.get(code="accord-interior-2023"))
    assert '<article class="card" lang="en" dir="ltr">' in page
    assert '<article class="card" lang="ar" dir="rtl">' in page


def test_an_accord_reads_as_it_stood_on_another_day(nmi: Mission) -> None:
    accord = Accord.objects.get(code="accord-institutions-2018")
    client = nmi.client("auditor")
    for when, words in (
        (date(2018, 9, 25), "Nothing may happen under it before its first day"),
        (date(2019, 5, 1), "have the host government’s consent"),
        (date(2022, 5, 1), "Its days are over"),
    ):
        client.cookies["as_of"] = when.isoformat()
        assert words in page_of(client, accord)
    client.cookies["as_of"] = "2018-01-01"
    assert client.get(reverse("accord", kwargs={"key": accord.pk})).status_code == 404


def test_the_host_reads_no_names_of_mission_staff(nmi: Mission) -> None:
    accord = proposed(nmi)
    name = nmi.accounts["legal"].display_name
    assert name in page_of(nmi.client("commander"), accord)
    assert name not in page_of(nmi.client("host"), accord)


def test_the_list_is_filtered_by_state(nmi: Mission) -> None:
    client = nmi.client("advisor")
    expired = client.get(reverse("accords") + "?state=expired").content.decode()
    assert "(2018)" in expired
    assert "(2024)" not in expired
    assert client.get(reverse("accords") + "?state=nonsense").status_code == 200
