"""The sheet on paper: a real PDF in both languages with its fonts inside, the same every time."""

import re
from datetime import date

import pytest
from django.utils import translation

from accord.kernel.actor import Actor
from accord.publishing import queries, services
from accord.publishing.pdf import pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nmi_once")]
DAY = date(2021, 6, 30)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_pdf_has_text_its_font_and_its_language(language: str) -> None:
    printed = pdf(queries.sheet(DAY), language)
    assert printed.startswith(b"%PDF-1.7")
    assert b"/FontFile" in printed
    assert b"IBMPlexSansArabic" in printed
    assert b"/ToUnicode" in printed
    assert re.search(rb"/Lang ?\(" + language.encode(), printed)
    assert 1 < len(re.findall(rb"/Type ?/Page\b", printed)) <= 3


def test_same_sheet_prints_the_same_file() -> None:
    assert pdf(queries.sheet(DAY), "ar") == pdf(queries.sheet(DAY), "ar")


def test_edition_prints_its_number(public_affairs: Actor) -> None:
    edition = services.prepare_edition(actor=public_affairs, as_of=DAY)
    services.publish_edition(actor=public_affairs, number=edition.number)
    assert pdf(queries.public_edition(edition.number), "en") != pdf(queries.sheet(DAY), "en")


def test_printing_leaves_the_readers_language_alone() -> None:
    with translation.override("en"):
        pdf(queries.sheet(DAY), "ar")
        assert translation.get_language() == "en"
