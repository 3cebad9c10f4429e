"""The desk of public affairs: who may look, who may publish, and what is said when it does not work."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accord.kernel.clock import today
from accord.people.models import Tour
from accord.publishing.choices import EditionState
from accord.publishing.models import Edition
from accord.publishing.services import publish_history
from tests.web.conftest import Mission
from tests.web.publishing.conftest import IANNUCCI, LOLLESGAARD, Publish

NOTE = {"en": "The rank is put right.", "ar": "صُحّحت الرتبة."}
POSTS = ["prepare/", "history/", "editions/1/publish/", "editions/1/correct/", "editions/1/withdraw/"]


def _text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def _promote() -> None:
    Tour.objects.filter(position__code="commander", period__contains=LOLLESGAARD).update(
        rank={"en": "Admiral", "ar": "الأميرال"}
    )


@pytest.mark.parametrize(
    ("username", "status"),
    [("press", 200), ("advisor", 200), ("commander", 200), ("auditor", 200), ("host", 403), ("admin", 403)],
)
def test_who_may_look_at_the_desk(nmi: Mission, publish: Publish, username: str, status: int) -> None:
    publish(LOLLESGAARD)
    client = nmi.client(username)
    assert client.get("/publishing/").status_code == status
    assert client.get("/publishing/editions/1/").status_code == status


def test_the_desk_asks_strangers_to_sign_in(client: Client, nmi: Mission) -> None:
    response = client.get("/publishing/")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("username", ["advisor", "chief", "commander", "auditor", "host"])
def test_only_public_affairs_changes_anything(nmi: Mission, publish: Publish, username: str, path: str) -> None:
    publish(LOLLESGAARD)
    before = list(Edition.objects.values_list("number", "state"))
    response = nmi.client(username).post(f"/publishing/{path}", {"as_of": "2022-05-10", **NOTE})
    assert response.status_code == 403
    assert list(Edition.objects.values_list("number", "state")) == before


def test_others_see_no_buttons(nmi: Mission, publish: Publish) -> None:
    publish(LOLLESGAARD)
    for path in ("", "editions/1/"):
        page = _text(nmi.client("advisor"), f"/publishing/{path}")
        assert not re.search(r"/publishing/(prepare|history|editions/\d+/(publish|correct|withdraw))/", page)
        assert re.search(
            r"/publishing/(prepare|history|editions/\d+/withdraw)/", _text(nmi.client("press"), f"/publishing/{path}")
        )


def test_on_another_day_nothing_can_be_changed(nmi: Mission, publish: Publish) -> None:
    publish(LOLLESGAARD)
    client = nmi.client("press")
    client.cookies["as_of"] = "2021-06-30"
    page = _text(client, "/publishing/")
    assert "30 June 2021" in page
    assert "/publishing/prepare/" not in page
    assert client.get("/publishing/editions/1/withdraw/").status_code == 302
    client.post("/publishing/prepare/", {"as_of": "2021-06-30"})
    assert Edition.objects.count() == 1


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_desk_shows_what_each_claim_rests_on(nmi: Mission, language: str) -> None:
    page = _text(nmi.client("press", language), "/publishing/")
    assert f'<html lang="{language}"' in page
    assert {"en": "is in command", "ar": "ويتولى قيادتها"}[language] in page
    assert page.count('class="records"') > 15


def test_from_draft_to_public(client: Client, nmi: Mission) -> None:
    press = nmi.client("press")
    prepared = press.post("/publishing/prepare/", {"as_of": "2021-05-06"})
    assert prepared.headers["Location"] == "/publishing/editions/1/"
    assert "In preparation" in _text(press, "/publishing/editions/1/")
    assert "Edition 1" in _text(press, "/publishing/")
    press.post("/publishing/editions/1/publish/")
    assert Edition.objects.get(number=1).state == EditionState.PUBLISHED
    assert "Lollesgaard" in _text(client, "/fact-sheet/?as_of=2021-06-30")


@pytest.mark.parametrize("typed", ["", "soon", "2021-13-01", "9999-01-01", "1999-01-01"])
def test_a_day_that_cannot_be_prepared_is_explained(nmi: Mission, typed: str) -> None:
    response = nmi.client("press").post("/publishing/prepare/", {"as_of": typed})
    assert response.status_code == 422
    page = response.content.decode()
    assert 'href="#id_as_of"' in page
    assert f'value="{typed}"' in page
    assert not Edition.objects.exists()


def test_an_outdated_draft_is_not_published(nmi: Mission) -> None:
    press = nmi.client("press")
    press.post("/publishing/prepare/", {"as_of": "2021-05-06"})
    _promote()
    assert "it can no longer be published" in _text(press, "/publishing/editions/1/")
    response = press.post("/publishing/editions/1/publish/")
    assert response.status_code == 422
    assert "Prepare it again" in response.content.decode()
    assert Edition.objects.get(number=1).state == EditionState.DRAFT


def test_a_changed_record_is_seen_and_put_right(nmi: Mission, publish: Publish) -> None:
    publish(LOLLESGAARD)
    press = nmi.client("press")
    assert "/publishing/editions/1/correct/" not in _text(press, "/publishing/editions/1/")
    assert "nothing to correct" in _text(press, "/publishing/editions/1/correct/")
    _promote()
    page = _text(press, "/publishing/editions/1/")
    assert "/publishing/editions/1/correct/" in page
    assert re.search(r"<ins>[^<]*Admiral", page)
    done = press.post("/publishing/editions/1/correct/", NOTE)
    assert done.headers["Location"] == "/publishing/editions/2/"
    assert Edition.objects.get(number=1).state == EditionState.CORRECTED
    assert Edition.objects.get(number=2).correction_note == NOTE
    assert "Admiral" not in re.sub(r"(?s).*What it states", "", _text(press, "/publishing/editions/1/"))


@pytest.mark.parametrize("step", ["correct", "withdraw"])
def test_a_missing_language_loses_nothing(nmi: Mission, publish: Publish, step: str) -> None:
    publish(LOLLESGAARD)
    _promote()
    response = nmi.client("press").post(f"/publishing/editions/1/{step}/", {"en": "Typed with care.", "ar": " "})
    assert response.status_code == 422
    page = response.content.decode()
    assert "Typed with care." in page
    assert 'href="#id_ar"' in page
    assert Edition.objects.get(number=1).state == EditionState.PUBLISHED


def test_a_correction_that_corrects_nothing_is_explained(nmi: Mission, publish: Publish) -> None:
    publish(LOLLESGAARD)
    response = nmi.client("press").post("/publishing/editions/1/correct/", NOTE)
    assert response.status_code == 422
    page = response.content.decode()
    assert "nothing to correct" in page
    assert NOTE["en"] in page
    assert Edition.objects.count() == 1


def test_withdrawing_twice_is_explained(nmi: Mission, publish: Publish) -> None:
    publish(LOLLESGAARD)
    press = nmi.client("press")
    assert press.post("/publishing/editions/1/withdraw/", NOTE).status_code == 302
    assert Edition.objects.get(number=1).state == EditionState.WITHDRAWN
    assert press.get("/publishing/editions/1/withdraw/").status_code == 302
    again = press.post("/publishing/editions/1/withdraw/", NOTE)
    assert again.status_code == 422
    assert "no longer in a state for this step" in again.content.decode()


def test_one_button_publishes_the_missing_history(client: Client, nmi: Mission, publish: Publish) -> None:
    publish(LOLLESGAARD)
    press = nmi.client("press")
    page = _text(press, "/publishing/")
    assert "days have no published edition" in page
    press.post("/publishing/history/")
    assert Edition.objects.filter(as_of=IANNUCCI, state=EditionState.PUBLISHED).exists()
    assert Edition.objects.filter(as_of=LOLLESGAARD).count() == 1
    page = _text(press, "/publishing/")
    assert "no published edition" not in page
    assert "Nothing needs your hand" in page
    press.post("/publishing/history/")
    assert Edition.objects.values("as_of").distinct().count() == Edition.objects.count()


def test_what_was_withdrawn_is_not_published_again_with_the_history(nmi: Mission, publish: Publish) -> None:
    publish(LOLLESGAARD)
    press = nmi.client("press")
    press.post("/publishing/editions/1/withdraw/", NOTE)
    press.post("/publishing/history/")
    assert [e.state for e in Edition.objects.filter(as_of=LOLLESGAARD)] == [EditionState.WITHDRAWN]
    assert "no published edition" not in _text(press, "/publishing/")


def test_an_edition_that_is_not_there(nmi: Mission) -> None:
    press = nmi.client("press")
    for path in ("", "publish/", "correct/", "withdraw/", "pdf/"):
        assert press.get(f"/publishing/editions/77/{path}").status_code == 404
        assert press.post(f"/publishing/editions/77/{path}", NOTE).status_code == 404


def test_the_number_of_editions_costs_no_queries(nmi: Mission, publish: Publish) -> None:
    press = nmi.client("press")
    publish(LOLLESGAARD, IANNUCCI, today() - timedelta(days=1))
    _text(press, "/publishing/")
    with CaptureQueriesContext(connection) as few:
        _text(press, "/publishing/")
    publish_history(actor=nmi.actor("press"), start=date(2018, 10, 1))
    with CaptureQueriesContext(connection) as many:
        _text(press, "/publishing/")
    assert len(many) == len(few)
