"""Sheets from a register: what is said on a day, and what makes two days differ."""

from datetime import date
from typing import Any

import pytest

from accord.publishing.choices import Change
from accord.publishing.formats import as_json, as_jsonld, of_json
from accord.publishing.rules import change_days, compare, problems_of, sheet_on
from tests.publishing.registers import nation, register, template, tour

COMMAND = template(
    "commander",
    "incumbent",
    {"en": "{rank} {name} ({nation}) is in command.", "ar": "يقودها {rank} {name} ({nation})."},
    options={"position": "commander", "variants": {"unknown": {"en": "Nobody on record.", "ar": "لا أحد."}}},
)
FIRST = tour("One", date(2020, 2, 1), date(2021, 2, 1))
SECOND = tour("Two", date(2021, 2, 1))
COMMANDED = register(templates=(COMMAND,), tours=(FIRST, SECOND))


def test_incumbent_by_day() -> None:
    assert sheet_on(COMMANDED, date(2021, 1, 31)).claims[0].text["en"] == "Major General One (Canada) is in command."
    assert sheet_on(COMMANDED, date(2021, 2, 1)).claims[0].text["ar"] == "يقودها اللواء Two (كندا)."


def test_vacant_post_says_so() -> None:
    claim = sheet_on(COMMANDED, date(2020, 1, 15)).claims[0]
    assert claim.text == {"en": "Nobody on record.", "ar": "لا أحد."}
    assert claim.records == ()


def test_nothing_is_said_before_the_first_wording() -> None:
    assert sheet_on(COMMANDED, date(2019, 12, 31)).claims == ()


def test_sheet_is_deterministic_and_independent_of_keys() -> None:
    again = register(templates=(COMMAND,), tours=(tour("One", date(2020, 2, 1)),))
    assert sheet_on(again, date(2020, 6, 1)).digest == sheet_on(COMMANDED, date(2020, 6, 1)).digest


def test_learning_when_a_tour_ended_does_not_change_the_days_before() -> None:
    open_ended = register(templates=(COMMAND,), tours=(tour("One", date(2020, 2, 1)),))
    assert not compare(sheet_on(open_ended, date(2020, 6, 1)), sheet_on(COMMANDED, date(2020, 6, 1)))


def test_compare_names_what_changed() -> None:
    [difference] = compare(sheet_on(COMMANDED, date(2021, 1, 1)), sheet_on(COMMANDED, date(2021, 3, 1)))
    assert (difference.code, difference.change) == ("commander", Change.REWORDED)
    assert "One" in difference.before["en"]
    assert "Two" in difference.after["en"]


def test_compare_tells_new_and_gone_claims() -> None:
    before, after = sheet_on(COMMANDED, date(2019, 1, 1)), sheet_on(COMMANDED, date(2021, 1, 1))
    assert [d.change for d in compare(before, after)] == [Change.ADDED]
    assert [d.change for d in compare(after, before)] == [Change.REMOVED]


def test_change_days_are_the_days_the_sheet_reads_differently() -> None:
    days = change_days(COMMANDED, date(2019, 1, 1), date(2022, 1, 1))
    assert days == (date(2020, 1, 1), date(2020, 2, 1), date(2021, 2, 1))


def test_json_reads_back_the_same() -> None:
    sheet = sheet_on(COMMANDED, date(2021, 3, 1))
    assert of_json(as_json(sheet)) == sheet


def test_jsonld_names_the_contact_point() -> None:
    report = as_jsonld(sheet_on(COMMANDED, date(2021, 3, 1)), "ar")
    assert report["about"]["contactPoint"]["name"] == "مكتب الصحافة"
    assert report["temporalCoverage"] == "2021-03-01"


FORMS = {
    "all": {"en": {"other": "all {n} Allies"}, "ar": {"few": "الدول الحليفة جميعها وعددها {n}"}},
    "some": {"en": {"other": "{n} Allies"}, "ar": {"two": "دولتان حليفتان"}},
}
ALLIES = template("allies", "allies", {"en": "{allies} contribute.", "ar": "تسهم {allies}."}, options={"forms": FORMS})


@pytest.mark.parametrize(
    ("contributing", "english", "arabic"),
    [
        (3, "All 3 Allies contribute.", "تسهم الدول الحليفة جميعها وعددها ٣."),
        (2, "2 Allies contribute.", "تسهم دولتان حليفتان."),
    ],
)
def test_allies_are_all_only_when_all_contribute(contributing: int, english: str, arabic: str) -> None:
    names = [("DNK", "Denmark", "الدنمارك"), ("ITA", "Italy", "إيطاليا"), ("ESP", "Spain", "إسبانيا")]
    statuses = tuple(nation(*name, status="ally") for name in names)
    contributions = tuple(nation(*name) for name in names[:contributing])
    found = sheet_on(register(templates=(ALLIES,), statuses=statuses, contributions=contributions), date(2021, 1, 1))
    assert found.claims[0].text == {"en": english, "ar": arabic}
    assert len(found.claims[0].records) == 2 * contributing


def test_size_with_a_number_is_never_published() -> None:
    size = template("size", "size", {"en": "{size} people.", "ar": "{size}."})
    said = register(templates=(size,), parameters={"size_wording": {"en": "several hundred", "ar": "عدة مئات"}})
    counted = register(templates=(size,), parameters={"size_wording": {"en": "about 512", "ar": "نحو ٥١٢"}})
    assert sheet_on(said, date(2021, 1, 1)).claims[0].text["en"] == "Several hundred people."
    assert sheet_on(counted, date(2021, 1, 1)).claims == ()


@pytest.mark.parametrize(
    ("binding", "sentence", "options", "problems"),
    [
        ("nonsense", {"en": "x", "ar": "x"}, {}, ["unknown binding “nonsense”"]),
        ("size", {"en": "{sise}"}, {}, ["it is missing in “ar”", "unknown slot “sise”"]),
        ("size", {"en": "{size} of {mission}", "ar": "{size}"}, {}, []),
        ("advised", {"en": "x", "ar": "x"}, {"ordre": []}, ["unknown option “ordre”"]),
        ("clause", {"en": "x", "ar": "x"}, {"clauses": "S1"}, ["the option “clauses” does not have the right shape"]),
    ],
)
def test_problems_of_a_wording_are_found_without_records(
    binding: str, sentence: dict[str, str], options: dict[str, Any], problems: list[str]
) -> None:
    assert [str(problem) for problem in problems_of(binding, sentence, options, ["en", "ar"])] == problems
