"""Shapes: what a value may be, and what follows from steps."""

from datetime import date
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from accord.exchange.schema.ledger import AccordEntry, RequestEntry
from accord.exchange.schema.types import Day, RoughlyDated, Shelf, Source, Span, Text
from accord.exchange.schema.work import ClaimEntry, EngagementEntry
from accord.mandate.choices import AccordState, RequestState

SHELF = Shelf(
    languages=("en", "ar"),
    other_languages=("ckb",),
    codes={
        "organisation": frozenset({"school"}),
        "position": frozenset({"dean", "chief"}),
        "place": frozenset({"city"}),
        "focus_area": frozenset({"policy"}),
    },
    sources=frozenset({("seed", "S1")}),
)
ILLUSTRATIVE = {"kind": "illustrative", "ref": "x"}
WORDS = {"en": "a", "ar": "ا"}


def fault(kind: Any, value: Any) -> str:
    with pytest.raises(ValidationError) as refusal:
        TypeAdapter(kind).validate_python(value, context=SHELF)
    return str(refusal.value.errors()[0]["type"])


@pytest.mark.parametrize("text", ["20210630", "2021-6-30", "30.06.2021", "1538352000", ""])
def test_days_have_one_form(text: str) -> None:
    assert fault(Day, text) == "day_shape"


def test_days_exist() -> None:
    assert fault(Day, "2021-02-30") == "day_impossible"


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("2018", date(2018, 1, 1), "year"),
        ("2018-07", date(2018, 7, 1), "month"),
        ("2018-07-11", date(2018, 7, 11), "day"),
    ],
)
def test_days_are_as_exact_as_they_are_known(text: str, day: date, precision: str) -> None:
    assert TypeAdapter(RoughlyDated).validate_python(text) == (day, precision)


def test_rough_days_exist() -> None:
    assert fault(RoughlyDated, "2018-13") == "day_impossible"
    assert fault(RoughlyDated, "July 2018") == "rough_day_shape"


def test_a_span_excludes_its_last_day() -> None:
    span = Span.model_validate({"from": "2021-01-01", "until": "2021-02-01"})
    assert date(2021, 1, 31) in span
    assert date(2021, 2, 1) not in span


def test_a_span_runs_forward() -> None:
    assert fault(Span, {"from": "2021-02-01", "until": "2021-02-01"}) == "span_backwards"


def test_a_text_is_complete_in_the_mission_s_languages() -> None:
    assert TypeAdapter(Text).validate_python({**WORDS, "ckb": "ئا"}, context=SHELF)
    assert fault(Text, {"en": "a"}) == "text_missing"
    assert fault(Text, {"en": "a", "ar": ""}) == "text_missing"
    assert fault(Text, {**WORDS, "fr": "a"}) == "text_strange"


def test_a_source_is_listed() -> None:
    assert TypeAdapter(Source).validate_python({"kind": "seed", "ref": "S1"}, context=SHELF).ref == "S1"
    assert fault(Source, {"kind": "seed", "ref": "S99"}) == "unknown_source"
    assert fault(Source, {"kind": "rumour", "ref": "S1"}) == "literal_error"


def request(*steps: dict[str, str]) -> RequestEntry:
    return RequestEntry.model_validate(
        {
            "code": "r", "purpose": "activity", "title": WORDS, "text": WORDS, "institution": "school",
            "validity": {"from": "2021-01-01"}, "steps": list(steps), "source": ILLUSTRATIVE,
        },
        context=SHELF,
    )  # fmt: skip


def test_the_state_of_a_request_follows_from_its_steps() -> None:
    assert request().state == RequestState.DRAFTED
    entry = request({"do": "submit", "on": "2021-01-01"}, {"do": "accept", "on": "2021-02-01"})
    assert entry.state == RequestState.ACCEPTED
    assert entry.columns()["decided_on"] == date(2021, 2, 1)


@pytest.mark.parametrize(
    ("steps", "kind"),
    [
        ([{"do": "accept", "on": "2021-01-01"}], "step_impossible"),
        ([{"do": "approve", "on": "2021-01-01"}], "step_unknown"),
        ([{"do": "submit", "on": "2021-02-01"}, {"do": "accept", "on": "2021-01-01"}], "step_order"),
    ],
)
def test_impossible_steps_are_refused(steps: list[dict[str, str]], kind: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        request(*steps)
    assert refusal.value.errors()[0]["type"] == kind


def test_signatures_are_the_first_steps_of_an_accord() -> None:
    entry = AccordEntry.model_validate(
        {
            "code": "a", "title": WORDS, "text": WORDS, "activity_types": ["advise"],
            "institutions": [{"institution": "school"}], "period": {"from": "2021-01-10", "until": "2022-01-01"},
            "signed_for_host": {"position": "dean", "on": "2021-01-02"},
            "signed_for_mission": {"position": "chief", "on": "2021-01-01"},
            "steps": [{"do": "agree", "on": "2021-01-02"}, {"do": "enter_into_force", "on": "2021-01-10"}],
            "source": ILLUSTRATIVE,
        },
        context=SHELF,
    )  # fmt: skip
    assert entry.state == AccordState.IN_FORCE
    assert [row["name"] for row in entry.step_rows] == [
        "sign_for_mission", "sign_for_host", "agree", "enter_into_force",
    ]  # fmt: skip


ENGAGEMENT = {
    "code": "e", "type": "advise", "topic": "t", "institution": "school", "place": "city",
    "time": {"from": "2021-01-01 10:00", "until": "2021-01-01 11:00"}, "lead": "chief", "counterparts": ["dean"],
    "focus_areas": ["policy"], "source": ILLUSTRATIVE,
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"type": "raid"}, "enum"),
        ({"state": "draft"}, "engagement_state"),
        ({"state": "cancelled"}, "engagement_reason"),
        ({"history": "true"}, "engagement_history"),
        ({"time": {"from": "2021-01-01", "until": "2021-01-02"}}, "moment_shape"),
        ({"time": {"from": "2021-01-01 11:00", "until": "2021-01-01 10:00"}}, "span_backwards"),
        ({"counterparts": []}, "too_short"),
        ({"place": "cty"}, "unknown_reference"),
    ],
)
def test_engagements_that_cannot_be_loaded(changed: dict[str, Any], kind: str) -> None:
    assert fault(EngagementEntry, {**ENGAGEMENT, **changed}) == kind


def test_bare_digits_are_numbers_only_in_a_claim_s_options() -> None:
    claim = ClaimEntry.model_validate(
        {
            "code": "c", "claim": "c", "section": "origin", "order": "1", "binding": "launch", "sentence": WORDS,
            "options": {"version": "2", "forms": {"3": ["4", "four"]}}, "period": {"from": "2021-01-01"},
            "source": ILLUSTRATIVE,
        },
        context=SHELF,
    )  # fmt: skip
    assert claim.options == {"version": 2, "forms": {"3": [4, "four"]}}
