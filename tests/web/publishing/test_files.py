"""The sheet for machines and for paper."""

import json

import pytest
from django.test import Client

from tests.web.conftest import Mission
from tests.web.publishing.conftest import IANNUCCI, LOLLESGAARD, Publish


def test_json_has_every_language_and_the_fate_of_the_edition(client: Client, publish: Publish) -> None:
    publish(LOLLESGAARD, IANNUCCI)
    response = client.get("/fact-sheet.json?as_of=2021-06-30")
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Content-Disposition"] == 'inline; filename="nmi-fact-sheet-2021-05-06.json"'
    data = json.loads(response.content)
    commander = next(claim for claim in data["claims"] if claim["code"] == "commander")
    assert "Lollesgaard" in commander["text"]["en"]
    assert "لوليسغارد" in commander["text"]["ar"]
    assert commander["sources"]
    assert all("records" not in claim for claim in data["claims"])
    assert data["edition"]["number"] == 1
    assert data["edition"]["state"] == "published"
    assert data["under_review"] == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_pdf_is_a_pdf_in_the_language_asked_for(client: Client, publish: Publish, language: str) -> None:
    publish(LOLLESGAARD)
    response = client.get(f"/fact-sheet.pdf?as_of=2021-06-30&lang={language}")
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Language"] == language
    assert response.headers["Content-Disposition"] == f'inline; filename="nmi-fact-sheet-2021-05-06-{language}.pdf"'
    assert response.content.startswith(b"%PDF")


@pytest.mark.parametrize("address", ["/fact-sheet.json", "/fact-sheet.pdf?lang=en"])
def test_what_has_not_changed_is_not_sent_again(client: Client, publish: Publish, address: str) -> None:
    publish(LOLLESGAARD)
    tag = client.get(address).headers["ETag"]
    again = client.get(address, headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.headers["ETag"] == tag
    publish(IANNUCCI)
    changed = client.get(address, headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != tag


def test_the_two_languages_of_the_pdf_have_two_tags(client: Client, publish: Publish) -> None:
    publish(LOLLESGAARD)
    tags = {client.get(f"/fact-sheet.pdf?lang={language}").headers["ETag"] for language in ("en", "ar")}
    assert len(tags) == 2


@pytest.mark.parametrize(
    ("query", "status"), [("as_of=2015-01-01", 404), ("as_of=soon", 422), ("edition=99", 404), ("edition=x", 404)]
)
@pytest.mark.parametrize("file", ["json", "pdf"])
def test_what_is_not_there_is_said_plainly(
    client: Client, publish: Publish, file: str, query: str, status: int
) -> None:
    publish(LOLLESGAARD)
    response = client.get(f"/fact-sheet.{file}?{query}")
    assert response.status_code == status
    if file == "json":
        assert json.loads(response.content)["error"]
    else:
        assert "There is no such file" in response.content.decode()


def test_a_proof_is_for_the_desk_alone(client: Client, nmi: Mission) -> None:
    press = nmi.client("press")
    press.post("/publishing/prepare/", {"as_of": "2021-05-06"})
    proof = press.get("/publishing/editions/1/pdf/?lang=ar")
    assert proof.content.startswith(b"%PDF")
    assert proof.headers["Cache-Control"] == "private, no-store"
    assert client.get("/publishing/editions/1/pdf/").status_code == 302
    assert nmi.client("host").get("/publishing/editions/1/pdf/").status_code == 403
