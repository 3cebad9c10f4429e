"""The reference mission as of its days: what the seed and the dated sources say."""

from datetime import date, timedelta

import pytest
import yaml

from accord.advising.models import Engagement
from accord.exchange.folder import open_folder
from accord.exchange.services import LoadReport
from accord.mandate import gate
from accord.mandate.models import Accord, Clause, ConditionsAssessment, MandateVersion, Mission, Posture
from accord.objectives.models import FocusArea, Objective
from accord.people.models import Contribution, NationStatus, Organisation, Person, Relation, Tour
from accord.people.queries import organisation_named
from accord.places.models import Place
from accord.places.queries import place_named
from tests.exchange import folders

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nmi")]
SEED = date(2021, 6, 30)


def clauses(institution: str, on: date, place: str = "Baghdad", mode: str = "in_person") -> list[str]:
    question = gate.question_in_words(type="advise", institution=institution, place=place, on=on, mode=mode)
    return [refusal.clause for refusal in gate.ask(question).refusals]


def test_the_folder_loads_whole(nmi: LoadReport) -> None:
    assert nmi.counts["version"].created == 3
    assert nmi.counts["claim"].created > 10
    mission = Mission.objects.get()
    assert (mission.acronym, mission.established_on) == ("NMI", date(2018, 10, 1))
    assert mission.parameters["established_precision"] == "month"
    assert mission.contacts["email"] == "moc@hq.nato.int"


@pytest.mark.parametrize(
    ("on", "name"),
    [
        (date(2021, 5, 5), None),
        (date(2021, 5, 6), "Michael Lollesgaard"),
        (date(2022, 5, 9), "Michael Lollesgaard"),
        (date(2022, 5, 10), "Giovanni Iannucci"),
        (date(2023, 5, 24), "José Antonio Agüero Martínez"),
        (date(2024, 6, 1), "Lucas Schreurs"),
        (date(2025, 6, 1), "Christophe Hintzy"),
    ],
)
def test_who_commanded(on: date, name: str | None) -> None:
    tour = Tour.objects.filter(position__code="commander", period__contains=on).select_related("person").first()
    assert (tour.person.shown_name["en"] if tour else None) == name


def test_no_day_without_a_commander_since_the_seed() -> None:
    tours = Tour.objects.filter(position__code="commander", period__endswith__gt=date(2021, 5, 6))
    ends = [(t.period.lower, t.period.upper) for t in tours.order_by("period")]
    assert all(ends[n][1] == ends[n + 1][0] for n in range(len(ends) - 1))


def contributing(status: str, on: date) -> set[str]:
    held = NationStatus.objects.filter(status=status, period__contains=on).values_list("nation__code", flat=True)
    given = Contribution.objects.filter(period__contains=on).values_list("nation__code", flat=True)
    return set(held) & set(given)


def test_thirty_allies_and_three_partners_contribute_in_2021() -> None:
    assert len(contributing("ally", SEED)) == 30
    assert contributing("partner", SEED) == {"AUS", "FIN", "SWE"}


def test_finland_and_sweden_become_allies() -> None:
    assert len(contributing("ally", date(2023, 9, 1))) == 31
    assert len(contributing("ally", date(2024, 6, 1))) == 32
    assert contributing("partner", date(2024, 6, 1)) == {"AUS"}
    assert contributing("partner", date(2026, 4, 1)) == {"AUS", "AUT"}


@pytest.mark.parametrize(
    ("accession", "code"), [(date(2017, 6, 5), "MNE"), (date(2020, 3, 27), "MKD"), (date(2023, 4, 4), "FIN")]
)
def test_the_day_of_accession_counts(accession: date, code: str) -> None:
    allies = NationStatus.objects.filter(status="ally", nation__code=code)
    assert allies.filter(period__contains=accession).exists()
    assert not allies.filter(period__contains=accession - timedelta(days=1)).exists()


def test_the_ministry_of_interior_from_17_august_2023() -> None:
    assert {"S6", "S12a"} <= set(clauses("Ministry of Interior", date(2023, 8, 16)))
    assert clauses("Ministry of Interior", date(2023, 8, 17)) == []
    assert clauses("Federal Police Command", date(2023, 8, 18)) == []


def test_the_institutions_of_the_seed_are_allowed_in_2021() -> None:
    for institution in ("Ministry of Defence", "ONSA", "Prime Minister's National Operations Centre", "وزارة الدفاع"):
        assert clauses(institution, SEED) == []
    assert clauses("Iraqi School of Military Communications", date(2019, 9, 17), "Taji") == []
    assert clauses("Al-Rustimaya", date(2021, 2, 3), "الرستمية") == []


def test_a_school_in_basra_is_refused() -> None:
    for mode in ("in_person", "remote"):
        assert {"S6", "S12a", "S15"} <= set(clauses("Basra school", date(2022, 1, 1), "Basra", mode))
    assert "S10c" in clauses("Basra school", date(2022, 1, 1), "Basra")


def test_examples_of_refusals() -> None:
    assert clauses("example-unit-without-status", date(2025, 1, 15)) == ["S15"]
    assert clauses("example-unit-on-operations", date(2026, 11, 1), mode="remote") == ["S13"]
    assert clauses("example-unit-on-operations", date(2025, 11, 1)) == []


def test_suspended_early_in_2020() -> None:
    assert {"S2", "S11"} <= set(clauses("MoD", date(2020, 1, 15)))
    assert clauses("MoD", date(2020, 3, 1)) == []


def test_since_the_relocation_only_from_a_distance() -> None:
    assert clauses("MoD", date(2026, 3, 19), mode="remote") == []
    assert "S2" in clauses("MoD", date(2026, 3, 20))
    for institution in ("MoD", "MoI", "ONSA", "PMNOC", "Staff College"):
        assert clauses(institution, date(2027, 9, 30), mode="remote") == []
    assert Posture.objects.get(period__contains=date(2026, 3, 20)).headquarters.code == "naples"


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ("Al-Rustimaya", "al-rustamiyah"), ("Rustamiyah", "al-rustamiyah"), ("Ar Rustamiyah", "al-rustamiyah"),
        ("الرستمية", "al-rustamiyah"), ("Baghdad", "baghdad"), ("بغداد", "baghdad"), ("Basrah", "basra"),
    ],
)  # fmt: skip
def test_places_are_found_by_any_spelling(spelling: str, code: str) -> None:
    place = place_named(spelling)
    assert place is not None
    assert place.code == code


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ("Global Coalition against Daesh", "global-coalition"), ("Global Coalition to Defeat ISIS", "global-coalition"),
        ("DUHMS", "defence-university"), ("Ministry of Defense", "ministry-of-defence"),
        ("MoI", "ministry-of-interior"),
    ],
)  # fmt: skip
def test_organisations_are_found_by_any_spelling(spelling: str, code: str) -> None:
    organisation = organisation_named(spelling, SEED)
    assert organisation is not None
    assert organisation.code == code


def test_every_version_rests_on_request_invitation_and_decision() -> None:
    versions = list(MandateVersion.objects.order_by("number"))
    assert [v.period.lower for v in versions] == [date(2018, 10, 1), date(2021, 2, 18), date(2023, 8, 17)]
    assert all(v.request and v.invitation and v.decision for v in versions)
    codes = [set(Clause.objects.filter(version=v).values_list("code", flat=True)) for v in versions]
    assert codes[1] - codes[0] == {"S9", "S10a", "S10b"}
    assert codes[2] == codes[1]
    cited = set(Mission.objects.get().parameters["clauses"].values())
    assert all(cited <= found for found in codes)


def test_exactly_six_areas_of_focus_each_with_a_way() -> None:
    areas = set(FocusArea.objects.values_list("code", flat=True))
    assert len(areas) == 6
    covered = Objective.objects.filter(level="way").values_list("focus__focus_area__code", flat=True)
    assert set(covered) == areas
    assert Objective.objects.filter(level="end").count() == 3


def test_consent_and_conditions_have_no_gap() -> None:
    for rows in (
        Accord.objects.filter(code__startswith="accord-institutions").order_by("period"),
        ConditionsAssessment.objects.filter(place__code="baghdad-governorate").order_by("period"),
    ):
        spans = [(row.period.lower, row.period.upper) for row in rows]
        assert spans[0][0] == date(2018, 10, 1)
        assert spans[-1][1] >= date(2027, 6, 30)
        assert all(spans[n][1] == spans[n + 1][0] for n in range(len(spans) - 1))


def test_partners_close_on_their_day() -> None:
    unami = Organisation.objects.get(code="unami")
    assert unami.period.upper == date(2026, 1, 1)
    names = Relation.objects.filter(subject__code="nmi", kind="coordinates", period__contains=SEED)
    assert {r.target.code for r in names} == {"operation-inherent-resolve", "united-nations", "european-union"}
    membership = Relation.objects.get(subject__code="nato", kind="member")
    assert membership.target.code == "global-coalition"


def test_eighteen_governorates_are_drawn_lightly() -> None:
    governorates = Place.objects.filter(kind="governorate")
    assert governorates.count() == 18
    assert all(g.outline and g.iso.startswith("IQ-") for g in governorates)
    assert Place.objects.get(code="kirkuk-governorate").iso == "IQ-KI"
    assert (folders.NMI / "outlines.geojson").stat().st_size < 40_000


def test_people_are_the_sources_commanders_or_plainly_fictional() -> None:
    for person in Person.objects.all():
        if person.is_fictional:
            assert "(fictional)" in person.shown_name["en"]
            assert "خيالية" in person.shown_name["ar"]
        else:
            assert person.source["kind"] in {"seed", "public"}
            assert set(person.tours.values_list("position__code", flat=True)) == {"commander"}


def test_engagements_stand_on_consent_except_history() -> None:
    history = Engagement.objects.get(is_history=True)
    assert (history.accord, history.starts_at.date()) == (None, date(2021, 2, 3))
    others = Engagement.objects.filter(is_history=False)
    assert others.count() > 5
    assert not others.filter(accord__isnull=True).exists()


def test_what_has_no_public_source_says_so() -> None:
    for accord in Accord.objects.all():
        assert accord.source["kind"] == "illustrative"


def test_every_listed_source_is_of_a_known_kind_and_no_address_is_invented() -> None:
    listed = yaml.safe_load((folders.NMI / "sources.yaml").read_text(encoding="utf-8"))
    assert {row["kind"] for row in listed} == {"seed", "public", "illustrative"}
    assert not any("http" in row["ref"] or "www" in row["ref"] for row in listed)
    assert Mission.objects.get().sources["seed"]["S12a"]["ar"]


def test_the_digest_kept_is_the_folder_s() -> None:
    assert open_folder(folders.NMI).digest == Mission.objects.get().digest
