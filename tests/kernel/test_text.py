"""Names are found whatever the spelling; words are kept in several languages."""

import pytest

from accord.kernel.text import folded, localised, plainly, titled


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Al-Rustamiyah", "al rustamiyah"),
        ("Ministry of Defence", "ministry  defence"),
        ("الرستمية", "الرستميه"),
        ("وزارة الدّفاع", "وزارة الدفاع"),
        ("أركان", "اركان"),
        ("Zoé", "zoe"),
        ("pa\u200btrol", "patrol"),
    ],
)
def test_spellings_of_one_name_fold_alike(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_different_names_stay_different() -> None:
    assert folded("Ministry of Interior") != folded("Ministry of Defence")
    assert folded("The") == "the"


def test_plain_words_keep_their_blanks() -> None:
    assert plainly("  On-Patrol:\n the  Brigade_3 ") == "on patrol the brigade 3"


def test_text_falls_back_language_by_language() -> None:
    text = {"en": "Accord", "ar": "اتفاق"}
    assert localised(text, "ar") == "اتفاق"
    assert localised(text, "ar-iq") == "اتفاق"
    assert localised(text, "fr") == "Accord"
    assert localised({"ckb": "x"}, "fr") == "x"
    assert localised(None, "en") == localised({}, "en") == ""
    assert titled("good governance") == "Good governance"
