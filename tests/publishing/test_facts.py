"""The seed's facts, one by one, on the day the seed was true; and what other days say instead."""

import re
from collections.abc import Callable
from datetime import date

import pytest

from accord.publishing import queries
from accord.publishing.choices import Section
from accord.publishing.records import Words
from accord.publishing.rules import Sheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nmi_once")]
Read = Callable[[str, str], Words]


@pytest.fixture
def read() -> Read:
    def text(day: str, code: str) -> Words:
        claims = {claim.code: claim for claim in queries.sheet(date.fromisoformat(day)).claims}
        return claims[code].text if code in claims else {}

    return text


SEED_DAY = "2021-06-30"
SEED_FACTS = {
    "launch": (["NATO Mission Iraq", "Brussels", "July 2018", "Government of Iraq", "asked", "invited"], ["تموز ٢٠١٨"]),
    "established": (["Baghdad", "October 2018"], ["بغداد", "تشرين الأول ٢٠١٨"]),
    "commander": (["Lieutenant General", "Michael Lollesgaard", "Denmark"], ["الفريق", "الدانمرك"]),
    "nature": (
        ["no part in combat", "advice, training and capacity building"],
        ["لا تشارك البعثة في القتال", "التدريب"],
    ),
    "aim": (["security institutions and forces", "stable", "terrorism", "Daesh"], ["داعش"]),
    "advised": (
        [
            "Ministry of Defence",
            "Office of the National Security Advisor",
            "Prime Minister's National Operations Centre",
        ],
        ["وزارة الدفاع", "مستشارية الأمن القومي", "مركز العمليات الوطني"],
    ),
    "schools": (["schools", "military", "greater Baghdad area"], ["منطقة بغداد الكبرى"]),
    "focus": (
        [
            "six fields",
            "policy and strategy",
            "force generation and development",
            "resource management",
            "Women, Peace and Security",
            "leadership development",
            "good governance in the security sector",
        ],
        ["ستة مجالات", "المرأة والسلام والأمن"],
    ),
    "collaboration": (["institutions it advises"], ["المؤسسات"]),
    "expansion-2021": (["February 2021", "defence ministers", "Government of Iraq", "requested"], ["شباط ٢٠٢١"]),
    "expansion-conditions": (["step by step", "Iraq asks", "beyond the greater Baghdad area"], ["على مراحل"]),
    "expansion-keys": (["require", "consent", "conditions on the ground"], ["الظروف على الأرض"]),
    "consent": (["Government of Iraq", "agreed"], ["الحكومة العراقية"]),
    "sovereignty": (["sovereignty", "territorial integrity"], ["سيادة"]),
    "no-deployment": (["never accompany", "operations"], ["لا يرافق"]),
    "whom": (["only to members", "security institutions and forces", "controls directly"], ["المباشرة"]),
    "values": (
        ["inclusiveness", "awareness of gender", "human rights", "international humanitarian law"],
        ["القانون الدولي الإنساني"],
    ),
    "allies": (["All 30 Allies"], ["٣٠"]),
    "partners": (["Three partner nations", "Australia, Finland and Sweden"], ["ثلاث دول شريكة", "فنلندا"]),
    "size": (["military and civilian", "several hundred", "support"], ["بضع مئات"]),
    "complement": (["international effort", "terrorism", "stable"], ["جهدًا دوليًا"]),
    "coordination": (["Operation Inherent Resolve", "the United Nations", "the European Union"], ["الأمم المتحدة"]),
    "coalition": (["NATO, as an organisation", "Global Coalition to Defeat ISIS/Daesh"], ["التحالف الدولي"]),
    "awacs": (["AWACS", "not part of this mission", "reference only"], ["أواكس"]),
    "covid": (["COVID-19", "May 2020", "Euro-Atlantic Disaster Response Coordination Centre"], ["أيار ٢٠٢٠"]),
}


@pytest.mark.parametrize("code", SEED_FACTS)
def test_seed_fact_is_stated(read: Read, code: str) -> None:
    english, arabic = SEED_FACTS[code]
    text = read(SEED_DAY, code)
    assert [words for words in english if words not in text["en"]] == []
    assert [words for words in arabic if words not in text["ar"]] == []


def test_seed_day_states_the_seed_and_nothing_else() -> None:
    assert {claim.code for claim in _sheet(SEED_DAY).claims} == set(SEED_FACTS)


def test_contact_block_is_the_seeds() -> None:
    contact = _sheet(SEED_DAY).contact
    assert contact.telephone == "+32(0)2 707 5041"
    assert (contact.email, contact.social, contact.website) == ("moc@hq.nato.int", "@NATOPress", "www.nato.int")
    assert "Press and Media" in contact.office["en"]
    assert contact.office["ar"]


def test_every_claim_has_both_languages_a_section_a_source_and_a_record() -> None:
    for claim in _sheet(SEED_DAY).claims:
        assert set(claim.text) == {"en", "ar"}, claim.code
        assert claim.section in Section.values, claim.code
        assert claim.sources, claim.code
        assert claim.records, claim.code
        assert re.match(r"S\d", claim.clause), claim.code


def test_every_source_of_the_sheet_is_one_the_mission_lists() -> None:
    sheet = _sheet(SEED_DAY)
    assert [c.source for c in sheet.citations if not c.note] == []
    assert all(sheet.numbers(claim) for claim in sheet.claims)


@pytest.mark.parametrize("day", ["2018-12-01", SEED_DAY, "2023-09-01", "2024-06-01", "2026-06-01"])
def test_no_exact_headcount_and_no_fictional_name_ever_appears(day: str) -> None:
    words = " ".join(text for claim in _sheet(day).claims for text in claim.text.values())
    assert "fictional" not in words
    assert "خيالي" not in words
    # What is left is days of a month, years, and how many nations contribute.
    assert [n for n in map(int, re.findall(r"\d+", words)) if n > 33 and n not in range(2018, 2027)] == []


def test_moi_is_advised_after_the_decision_and_not_before(read: Read) -> None:
    assert "Ministry of Interior" in read("2023-09-01", "advised")["en"]
    assert "Federal Police Command" in read("2023-09-01", "advised")["en"]
    assert "وزارة الداخلية" in read("2023-09-01", "expansion-2023")["ar"]
    assert "August 2023" in read("2023-09-01", "expansion-2023")["en"]
    assert "Ministry of Interior" not in " ".join(claim.text["en"] for claim in _sheet(SEED_DAY).claims)
    assert "Ministry of Interior" not in read("2023-08-16", "advised")["en"]


def test_june_2024_has_its_commander_and_members(read: Read) -> None:
    assert read("2024-06-01", "commander")["en"].startswith("Lieutenant General Lucas Schreurs (Netherlands)")
    assert read("2024-06-01", "allies")["en"] == "All 32 Allies contribute to the mission."
    assert read("2024-06-01", "partners")["en"] == "One partner nation contributes as well: Australia."
    allies = next(claim for claim in _sheet("2024-06-01").claims if claim.code == "allies")
    assert {"Finland", "Sweden"} <= {ref.label["en"] for ref in allies.records}


def test_training_is_no_longer_named_by_may_2024(read: Read) -> None:
    assert "training" in read("2024-05-26", "nature")["en"]
    assert "training" not in read("2024-05-27", "nature")["en"]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2021-05-06", "Lollesgaard"),
        ("2022-05-10", "Iannucci"),
        ("2023-05-24", "Agüero Martínez"),
        ("2024-05-24", "Schreurs"),
        ("2025-06-01", "Hintzy"),
        ("2018-11-01", "do not name"),
    ],
)
def test_commander_by_day(read: Read, day: str, name: str) -> None:
    assert name in read(day, "commander")["en"]


def test_what_was_not_yet_true_is_not_said(read: Read) -> None:
    assert not read("2021-02-17", "expansion-2021")
    assert not read("2020-04-30", "covid")
    assert not read("2018-09-30", "established")
    assert read("2018-07-31", "launch")
    assert not _sheet("2018-06-30").claims


def test_what_ended_drops_out(read: Read) -> None:
    assert "Operation Inherent Resolve" not in read("2026-10-01", "coordination")["en"]
    assert "Naples" in read("2026-06-01", "posture")["en"]
    assert not read("2026-06-01", "size")
    assert read("2020-02-01", "posture")["en"].startswith("Since January 2020")


def test_change_days_are_where_records_begin_and_end() -> None:
    days = queries.change_days(date(2018, 1, 1), date(2026, 11, 1))
    assert date(2021, 5, 6) in days
    assert date(2023, 8, 17) in days
    assert days == tuple(sorted(set(days)))
    assert _sheet("2021-06-29").digest == _sheet(SEED_DAY).digest


def test_sheet_costs_the_same_queries_on_any_day(django_assert_max_num_queries: Callable[[int], object]) -> None:
    with django_assert_max_num_queries(15):  # type: ignore[attr-defined]
        _sheet(SEED_DAY)


def _sheet(day: str) -> Sheet:
    return queries.sheet(date.fromisoformat(day))
