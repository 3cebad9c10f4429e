"""Words for templates: digits typed by people, and who did something."""

import pytest
from django.utils import translation

from accord.web import words


@pytest.mark.parametrize(("language", "shown"), [("en", "6/30"), ("ar", "٦/٣٠")])
def test_typed_digits_follow_the_reader(language: str, shown: str) -> None:
    with translation.override(language):
        assert words.digits("6/30") == shown


def test_a_person_keeps_his_name() -> None:
    assert words.doer("Advisor One (fictional)") == "Advisor One (fictional)"


@pytest.mark.parametrize("name", ["load", "demo", "worker", "after demo"])
def test_the_software_is_named_in_words(name: str) -> None:
    with translation.override("en"):
        assert words.doer(name) == "Accord itself"


def test_what_follows_from_somebody_names_him() -> None:
    with translation.override("en"):
        assert words.doer("after Chief One (fictional)") == "Accord, after Chief One (fictional)"


def test_sources_are_cited_in_the_reader_s_language() -> None:
    words.cite_from({"public": {"A page": {"en": "What it says", "ar": "ما تقوله"}}, "seed": {"S4": {"ar": "بند"}}})
    with translation.override("ar"):
        assert [words.cited("A page", "public"), words.cited("S4", "seed"), words.cited("Else", "public")] == [
            "ما تقوله",
            "S4",
            "Else",
        ]
    with translation.override("en"):
        assert words.cited("A page", "public") == "A page"
    words.cite_from({})
