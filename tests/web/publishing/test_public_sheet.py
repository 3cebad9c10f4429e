"""What everybody may read: the sheet of a day, its editions, two of them side by side."""

import json
import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accord.kernel.clock import today
from accord.people.models import Person, Tour
from accord.publishing.services import correct_edition, publish_history, withdraw_edition
from tests.web.conftest import Mission
from tests.web.publishing.conftest import IANNUCCI, LOLLESGAARD, Publish

ON = "/fact-sheet/?as_of=2021-06-30"
NOTE = {"en": "The rank of the commander is put right.", "ar": "صُحّحت رتبة القائد."}


def _text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_anybody_reads_the_sheet_of_a_day_in_his_language(
    client: Client, publish: Publish, language: str, direction: str
) -> None:
    publish(LOLLESGAARD, IANNUCCI)
    page = _text(client, f"{ON}&lang={language}")
    assert f'<html lang="{language}" dir="{direction}"' in page
    assert {"en": "Michael Lollesgaard", "ar": "لوليسغارد"}[language] in page
    assert "Iannucci" not in page
    assert {"en": "30 June 2021", "ar": "٣٠ حزيران ٢٠٢١"}[language] in page


def test_every_footnote_leads_to_a_source_and_back(client: Client, publish: Publish) -> None:
    publish(LOLLESGAARD)
    page = _text(client, ON)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    targets = set(re.findall(r'href="#([^"]+)"', page))
    assert {name for name in targets if name.startswith("source-")} == {i for i in ids if i.startswith("source-")}
    assert targets <= set(ids)


def test_the_contact_block_says_exactly_what_the_records_say(client: Client, publish: Publish) -> None:
    publish(LOLLESGAARD)
    page = _text(client, ON)
    for line in ("+32(0)2 707 5041", "moc@hq.nato.int", "@NATOPress", "www.nato.int", "Press and Media Section"):
        assert line in page
    assert 'href="tel:+3227075041"' in page
    assert 'href="https://www.nato.int"' in page


def test_the_sheet_tells_machines_what_it_tells_people(client: Client, publish: Publish) -> None:
    publish(LOLLESGAARD)
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', _text(client, ON), re.DOTALL)
    assert found
    data = json.loads(found[1])
    assert data["about"]["name"] == "NATO Mission Iraq"
    assert data["about"]["url"] == "https://www.nato.int"
    assert "Michael Lollesgaard" in data["text"]


@pytest.mark.parametrize("typed", ["30.6.2021", "<b>", "2021-02-30", "9999-12-31"])
def test_a_bad_day_is_explained_beside_todays_sheet(client: Client, publish: Publish, typed: str) -> None:
    publish(LOLLESGAARD)
    page = _text(client, f"/fact-sheet/?as_of={typed}", 422)
    assert "Here is today’s sheet." in page
    assert f'value="{today().isoformat()}"' in page
    assert "<b>" not in page


def test_before_the_first_edition_the_page_says_from_when_there_is_one(client: Client, publish: Publish) -> None:
    assert "Nothing is published yet" in _text(client, "/fact-sheet/")
    publish(LOLLESGAARD)
    page = _text(client, "/fact-sheet/?as_of=2019-01-01")
    assert "No fact sheet was in force on 1 January 2019" in page
    assert "/fact-sheet/?as_of=2021-05-06" in page


def test_a_claim_is_under_review_until_the_edition_is_corrected(client: Client, nmi: Mission, publish: Publish) -> None:
    edition = publish(LOLLESGAARD)
    assert "Under review" not in _text(client, ON)
    Tour.objects.filter(position__code="commander", period__contains=LOLLESGAARD).update(
        rank={"en": "Admiral", "ar": "الأميرال"}
    )
    page = _text(client, ON)
    assert "1 sentence of this edition is under review" in page
    assert "Under review" in page
    assert "Admiral" not in page
    correct_edition(actor=nmi.actor("press"), number=edition.number, note=NOTE)
    page = _text(client, ON)
    assert "Under review" not in page
    assert "Admiral" in page
    assert NOTE["en"] in page


def test_the_list_keeps_corrections_and_withdrawals_in_sight(client: Client, nmi: Mission, publish: Publish) -> None:
    first, second = publish(LOLLESGAARD), publish(IANNUCCI)
    press = nmi.actor("press")
    Tour.objects.filter(position__code="commander", period__contains=LOLLESGAARD).update(rank={"en": "X", "ar": "س"})
    correct_edition(actor=press, number=first.number, note=NOTE)
    withdraw_edition(actor=press, number=second.number, reason={"en": "Published too early.", "ar": "نُشر مبكراً."})
    page = _text(client, "/fact-sheet/editions/")
    for words in (NOTE["en"], "Published too early.", "Replaced by a correction", "corrects edition 1"):
        assert words in page
    old = _text(client, f"/fact-sheet/editions/{first.number}/")
    assert "A correction has replaced this edition." in old
    assert "Lieutenant General" in old
    gone = _text(client, f"/fact-sheet/editions/{second.number}/", 410)
    assert "Published too early." in gone
    assert "Iannucci" not in gone
    assert "Iannucci" not in _text(client, "/fact-sheet/?as_of=2022-06-01")


def test_a_draft_is_nobodys_business(client: Client, nmi: Mission, publish: Publish) -> None:
    nmi.client("press").post("/publishing/prepare/", {"as_of": "2021-05-06"})
    assert "Nothing is published yet" in _text(client, "/fact-sheet/")
    assert "Nothing is published yet" in _text(client, "/fact-sheet/editions/")
    _text(client, "/fact-sheet/editions/1/", 404)
    _text(client, "/fact-sheet.json?edition=1", 404)


def test_two_editions_side_by_side(client: Client, publish: Publish) -> None:
    publish(LOLLESGAARD, IANNUCCI)
    page = _text(client, "/fact-sheet/editions/compare/?a=1&b=2")
    assert re.search(r"<del>[^<]*Lollesgaard", page)
    assert re.search(r"<ins>[^<]*Iannucci", page)
    assert "sentences read the same" in page
    assert "Both read the same" in _text(client, "/fact-sheet/editions/compare/?a=2&b=2")


@pytest.mark.parametrize("query", ["a=1", "a=1&b=99", "a=x&b=1", "a=1&b=%D9%A1", "a=1&b=99999999999999"])
def test_comparing_with_nothing_asks_for_two_editions(client: Client, publish: Publish, query: str) -> None:
    publish(LOLLESGAARD)
    assert "Choose two editions" in _text(client, f"/fact-sheet/editions/compare/?{query}", 422)


ADDRESSES = [
    "/fact-sheet/",
    ON,
    "/fact-sheet/editions/",
    "/fact-sheet/editions/1/",
    "/fact-sheet/editions/compare/?a=1&b=2",
    "/fact-sheet.json?as_of=2021-06-30",
]


@pytest.fixture
def everything_published(nmi: Mission) -> None:
    publish_history(actor=nmi.actor("press"), start=date(2018, 10, 1))


@pytest.mark.usefixtures("everything_published")
@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_public_answer_names_staff_or_internal_records(client: Client, nmi: Mission, language: str) -> None:
    names = [name for person in Person.objects.filter(is_fictional=True) for name in person.shown_name.values()]
    names += [account.display_name for account in nmi.accounts.values()]
    assert len(names) > 20
    for address in ADDRESSES:
        text = _text(client, f"{address}{'&' if '?' in address else '?'}lang={language}")
        assert not [name for name in names if name and name in text]
        assert "fictional" not in text.lower()
        assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-", text), address


@pytest.mark.parametrize("address", [*ADDRESSES, "/fact-sheet.pdf?as_of=2021-06-30"])
def test_the_number_of_editions_costs_no_queries(client: Client, nmi: Mission, publish: Publish, address: str) -> None:
    publish(LOLLESGAARD, IANNUCCI)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        assert client.get(address).status_code == 200
    publish_history(actor=nmi.actor("press"), start=date(2018, 10, 1))
    with CaptureQueriesContext(connection) as many:
        assert client.get(address).status_code == 200
    assert len(many) == len(few)


def test_who_is_signed_in_reads_the_sheet_of_his_as_of_day(nmi: Mission, publish: Publish) -> None:
    publish(LOLLESGAARD, IANNUCCI)
    client = nmi.client("advisor")
    client.cookies["as_of"] = "2021-06-30"
    page = _text(client, "/fact-sheet/")
    assert "Lollesgaard" in page
    assert 'href="/publishing/"' in page
    assert 'href="/publishing/"' not in _text(nmi.client("host"), "/fact-sheet/")


def test_another_language_is_a_link_that_keeps_the_day(client: Client, publish: Publish) -> None:
    publish(LOLLESGAARD)
    page = _text(client, ON)
    assert 'hreflang="ar" href="/fact-sheet/?as_of=2021-06-30&amp;lang=ar"' in page
    assert 'name="next" value="/fact-sheet/?as_of=2021-06-30"' in _text(client, f"{ON}&lang=ar")


def test_a_day_to_come_is_not_foretold(client: Client, publish: Publish) -> None:
    publish(LOLLESGAARD)
    tomorrow = today() + timedelta(days=1)
    assert "is still to come" in _text(client, f"/fact-sheet/?as_of={tomorrow.isoformat()}", 422)
