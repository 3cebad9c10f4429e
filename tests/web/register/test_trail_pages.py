"""The trail in words."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import Settings

from accord.audit.checkpoints import NAME
from accord.audit.models import Seal
from accord.audit.services import seal_waiting
from accord.audit.signing import fingerprint
from accord.audit.usecase import REGISTRY
from accord.people.models import Organisation
from accord.people.services import add_alias
from accord.web.register.deeds import DEEDS, deed
from tests.people.cast import KEEPER
from tests.web.conftest import Mission

Same = Callable[[Any, str, Callable[[int], Any]], None]


def body(nmi: Mission, path: str, username: str, language: str = "en") -> str:
    answer = nmi.client(username, language).get(path)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


def test_every_use_case_has_words_on_the_trail() -> None:
    ours = {use_case.name for use_case in REGISTRY.values() if not use_case.module.startswith("test")}
    assert ours <= set(DEEDS)
    assert deed("something_else") == "something else"


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("username", ["auditor", "admin"])
def test_trail_is_read_by_auditor_and_administrator(nmi: Mission, username: str, language: str) -> None:
    assert "<h1>" in body(nmi, "/trail/", username, language)


@pytest.mark.parametrize("username", ["advisor", "chief", "host", "commander"])
def test_trail_is_closed_to_others(nmi: Mission, username: str) -> None:
    assert nmi.client(username).get("/trail/").status_code == 403


def test_a_refusal_is_in_the_log_with_whom_it_met(nmi: Mission, caplog: pytest.LogCaptureFixture) -> None:
    nmi.client("chief").get("/trail/")
    assert f"GET /trail/ refused to account {nmi.accounts['chief'].pk}" in caplog.text


def test_trail_says_who_what_and_why_in_words(nmi: Mission) -> None:
    nmi.client("admin").post(
        reverse("close-account", kwargs={"key": nmi.accounts["press"].pk}), {"reason": "Tour is over"}
    )
    page = body(nmi, "/trail/?action=close_account", "auditor")
    assert all(word in page for word in ("Account closed", "Administrator One (fictional)", "Tour is over"))
    assert "Mission folder loaded" not in page.split("<table")[1]
    assert "Tour is over" in body(nmi, "/trail/?q=tour+is", "auditor")
    assert "Nothing found" in body(nmi, "/trail/?q=zzzz", "auditor")


def test_trail_as_of_a_day_before_anything_is_empty(nmi: Mission) -> None:
    assert "Nothing found" in body(nmi, "/trail/?as_of=2019-01-01", "auditor")


def test_trail_of_one_record_and_in_pages(nmi: Mission) -> None:
    college = Organisation.objects.get(code="staff-college")
    for number in range(60):
        add_alias(actor=KEEPER, organisation=college, text=f"Spelling {number}")
    page = body(nmi, f"/trail/?about={college.pk}", "auditor")
    assert reverse("organisation", kwargs={"key": college.pk}) in page
    assert f"?about={college.pk}&amp;page=2" in page
    assert "Newer" in body(nmi, f"/trail/?about={college.pk}&page=2", "auditor")
    assert body(nmi, "/trail/?about=nonsense&page=x", "auditor")


def test_trail_asks_as_often_with_more_rows(nmi: Mission, same_queries: Same) -> None:
    college = Organisation.objects.get(code="staff-college")
    same_queries(
        nmi.client("auditor"), "/trail/", lambda n: add_alias(actor=KEEPER, organisation=college, text=f"Name {n}")
    )


def test_trail_shows_how_far_it_is_sealed(nmi: Mission, tmp_path: Path, settings: Settings) -> None:
    settings.DATA_FOLDER = tmp_path
    assert "Nothing is sealed yet" in body(nmi, "/trail/", "auditor")
    assert nmi.client("auditor").get("/trail/checkpoint.json").status_code == 404
    count = seal_waiting()
    page = body(nmi, "/trail/", "auditor")
    assert f"Entries: {count}, seals: 1" in page
    assert fingerprint(Seal.objects.get().key) in page
    assert "بصمة المفتاح" in body(nmi, "/trail/", "auditor", "ar")


def test_an_auditor_takes_the_latest_checkpoint_along(nmi: Mission, tmp_path: Path, settings: Settings) -> None:
    settings.DATA_FOLDER = tmp_path
    seal_waiting()
    answer = nmi.client("auditor").get("/trail/checkpoint.json")
    assert answer.content == (tmp_path / NAME).read_bytes()
    assert 'filename="checkpoint-1.json"' in answer["Content-Disposition"]
    assert nmi.client("chief").get("/trail/checkpoint.json").status_code == 403
