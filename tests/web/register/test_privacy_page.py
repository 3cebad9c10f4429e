"""What is kept about people, as everybody who is signed in reads it."""

import re

import pytest
from django.test import Client
from django.utils import translation

from accord.config import privacy
from accord.kernel.privacy import BASES, Erase, Keep, Kind, Purpose
from tests.web.conftest import Mission

HELD = [one for one in privacy.holdings() if one.rule]
WORDS = [*Kind, *Purpose, *BASES.values(), *Keep, *Erase, *(one.what for one in HELD)]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("username", ["advisor", "host", "admin"])
def test_everybody_signed_in_reads_what_is_kept(nmi: Mission, username: str, language: str) -> None:
    page = nmi.client(username, language).get("/privacy/").content.decode()
    for one in HELD:
        assert one.rule
        with translation.override(language):
            said = [translation.gettext(word) for word in (one.what, one.rule.purpose, one.rule.keep, one.rule.erase)]
        assert all(word.replace("'", "&#39;") in page for word in said), one.table
        assert f"<code>{one.table}</code>" in page


def test_the_page_tells_who_decides_and_what_is_not_done(nmi: Mission) -> None:
    page = nmi.client("host").get("/privacy/").content.decode()
    assert "data-protection officer" in page
    assert "does not yet erase by itself" in page


def test_visitors_sign_in_first(db: None) -> None:
    answer = Client().get("/privacy/")
    assert answer.status_code == 302
    assert "/sign-in/" in answer["Location"]


def test_account_page_and_foot_lead_there(nmi: Mission) -> None:
    page = nmi.client("advisor").get("/account/").content.decode()
    assert page.count('href="/privacy/"') == 2


def test_the_public_is_not_sent_to_a_page_it_cannot_open(nmi: Mission) -> None:
    assert "/privacy/" not in Client().get("/fact-sheet/").content.decode()


def test_every_word_of_the_register_is_arabic_in_arabic() -> None:
    with translation.override("ar"):
        assert not [word for word in WORDS if not re.search(r"[\u0600-\u06ff]", translation.gettext(word))]
