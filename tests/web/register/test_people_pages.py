"""The register's pages: who sees what, as of which day, under which spelling."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse

from accord.kernel.clock import today
from accord.people.models import Nation, Organisation, Person, Position
from accord.people.services import add_organisation, open_position
from tests.people.cast import KEEPER, START
from tests.web.conftest import Mission
from tests.web.register.conftest import address

LISTS = ("people", "people-mission", "partners", "nations")
Same = Callable[[Any, str, Callable[[int], Any]], None]


def text(nmi: Mission, path: str, username: str = "chief", language: str = "en") -> str:
    answer = nmi.client(username, language).get(path)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


def details() -> list[str]:
    return [
        address("organisation", Organisation, "ministry-of-defence"),
        address("organisation", Organisation, "nmi"),
        address("position", Position, "commander"),
        address("position", Position, "defence-coordination"),
        address("person", Person, "michael-lollesgaard"),
    ]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("username", ["advisor", "chief", "auditor", "admin"])
def test_every_page_of_the_register_renders(nmi: Mission, username: str, language: str) -> None:
    for path in [*map(reverse, LISTS), *details()]:
        assert "<h1>" in text(nmi, path, username, language)


@pytest.mark.parametrize("spelling", ["Al-Rustimaya", "Al-Rustamiyah", "الرستمية", "rustamiyah"])
def test_every_spelling_finds_the_college(nmi: Mission, spelling: str) -> None:
    assert address("organisation", Organisation, "military-college") in text(nmi, f"/people/?q={spelling}")


def test_search_that_finds_nothing_says_what_to_try(nmi: Mission) -> None:
    assert "No organisation found" in text(nmi, "/people/?q=zzzz")


def test_search_finds_positions_by_title(nmi: Mission) -> None:
    assert address("position", Position, "commander") in text(nmi, "/people/?q=Commander")


def test_tree_speaks_the_language_of_the_reader(nmi: Mission) -> None:
    assert "وزارة الدفاع" in text(nmi, "/people/", language="ar")


def test_mandate_of_the_day_decides_the_chip(nmi: Mission) -> None:
    path = address("organisation", Organisation, "ministry-of-interior")
    assert "Not in the mandate of this day" in text(nmi, f"{path}?as_of=2023-08-16")
    assert "Not in the mandate of this day" not in text(nmi, f"{path}?as_of=2023-08-18")


@pytest.mark.parametrize(("day", "name"), [("2021-06-01", "Michael Lollesgaard"), ("2024-06-01", "Lucas Schreurs")])
def test_commander_of_the_day(nmi: Mission, day: str, name: str) -> None:
    page = text(nmi, f"{address('organisation', Organisation, 'nmi')}?as_of={day}")
    assert name in page
    assert "Christophe Hintzy" not in page


def test_history_of_a_position_ends_with_the_day(nmi: Mission) -> None:
    path = address("position", Position, "commander")
    assert "Lucas Schreurs" not in text(nmi, f"{path}?as_of=2021-06-01")
    page = text(nmi, path)
    assert "6 May 2021 to 9 May 2022" in page
    assert "always" not in page


@pytest.mark.parametrize(("day", "counts"), [("2021-06-30", (30, 3, 33)), ("2024-06-01", (32, 1, 33))])
def test_nations_are_counted_as_of_the_day(nmi: Mission, day: str, counts: tuple[int, int, int]) -> None:
    answer = nmi.client("chief").get(f"/people/nations/?as_of={day}")
    page = answer.content.decode()
    assert [f'<span class="figure">{n}</span>' in page for n in counts] == [True] * 3


def test_closed_partners_stay_and_membership_is_of_the_institution(nmi: Mission) -> None:
    page = text(nmi, "/people/partners/")
    assert "</svg>Closed" in page
    assert "as an institution" in page
    assert "</svg>Closed" not in text(nmi, "/people/partners/?as_of=2021-06-30")


def test_host_reads_its_own_institutions_only(nmi: Mission) -> None:
    page = text(nmi, "/people/", "host")
    assert "Ministry of Defence" in page
    assert reverse("partners") not in page
    client = nmi.client("host")
    assert client.get(address("organisation", Organisation, "nmi")).status_code == 404
    assert client.get(address("position", Position, "commander")).status_code == 404
    assert client.get(address("person", Person, "advisor-one")).status_code == 404
    assert client.get("/people/partners/").status_code == 403
    assert client.get("/people/nations/").status_code == 200
    assert "Chief of Advisors" not in text(nmi, "/people/mission/", "host")


def test_host_sees_the_advisor_as_a_post_not_as_a_person(nmi: Mission) -> None:
    path = address("position", Position, "defence-coordination")
    page = text(nmi, path, "host")
    assert "Advisor on Defence Policy" in page
    assert "Advisor One (fictional)" not in page
    assert "Advisor One (fictional)" in text(nmi, path, "advisor")


def test_contact_data_is_for_those_who_keep_the_register(nmi: Mission) -> None:
    path = address("person", Person, "advisor-one")
    assert "For those who keep the register" in text(nmi, path, "chief")
    assert "For those who keep the register" not in text(nmi, path, "advisor")


def test_nothing_can_be_changed_on_another_day(nmi: Mission) -> None:
    path = address("organisation", Organisation, "ministry-of-defence")
    assert "/name/" in text(nmi, path)
    assert "/name/" not in text(nmi, f"{path}?as_of=2024-01-01")
    answer = nmi.client("chief").post(f"{path}name/?as_of=2024-01-01", {"name_en": "Other"})
    assert answer.status_code == 302
    assert not Organisation.objects.filter(name__en="Other").exists()


def test_unknown_records_are_not_found(nmi: Mission) -> None:
    for name in ("organisation", "position", "person"):
        path = reverse(name, kwargs={"key": Nation.objects.values_list("pk", flat=True)[0]})
        assert nmi.client("chief").get(path).status_code == 404


def test_people_page_asks_as_often_with_more_rows(nmi: Mission, same_queries: Same) -> None:
    def add(n: int) -> None:
        made = add_organisation(actor=KEEPER, name={"en": f"Office {n}"}, kind="office", side="host", start=START)
        open_position(actor=KEEPER, organisation=made, title={"en": f"Head {n}"}, start=START)

    same_queries(nmi.client("chief"), "/people/", add)
    same_queries(nmi.client("chief"), "/people/?q=Office", lambda n: add(n + 10))


def test_organisation_page_asks_as_often_with_more_rows(nmi: Mission, same_queries: Same) -> None:
    ministry = Organisation.objects.get(code="ministry-of-defence")

    def add(n: int) -> None:
        open_position(actor=KEEPER, organisation=ministry, title={"en": f"Head {n}"}, start=START)

    same_queries(nmi.client("chief"), address("organisation", Organisation, ministry.code), add)


def test_nations_page_asks_as_often_with_more_rows(nmi: Mission, same_queries: Same) -> None:
    def add(n: int) -> None:
        nation = Nation.objects.create(code=f"X{n}X", name={"en": f"Nation {n}"})
        nation.statuses.create(status="ally", period=DateRange(START, None))
        nation.contributions.create(period=DateRange(START, None))

    same_queries(nmi.client("chief"), "/people/nations/", add)


def test_partners_page_asks_as_often_with_more_rows(nmi: Mission, same_queries: Same) -> None:
    nmi_itself = Organisation.objects.get(code="nmi")

    def add(n: int) -> None:
        partner = add_organisation(actor=KEEPER, name={"en": f"P {n}"}, kind="alliance", side="partner", start=START)
        nmi_itself.relations.create(kind="coordinates", target=partner, period=DateRange(START, today()))

    same_queries(nmi.client("chief"), "/people/partners/", add)
