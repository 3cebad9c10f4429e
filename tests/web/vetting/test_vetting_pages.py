"""The pages of vetting: planners read yes or not yet, officers decide."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accord.access.models import Account
from accord.audit.models import Entry
from accord.people.models import Person
from accord.vetting.models import VettingRequest
from tests.cast import TODAY, World
from tests.vetting.officers import acting, asked, decided, officer

LAST_DAY = TODAY + timedelta(days=90)


@pytest.fixture
def desk(world: World) -> Client:
    return browser(officer())


def browser(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def subject() -> Person:
    return Person.objects.get(code="second-host")


def test_from_the_page_of_a_person_to_an_outcome(world: World, desk: Client) -> None:
    advisor, person = world.client("advisor"), subject()
    assert f"/vetting/persons/{person.pk}/" in text(advisor, f"/people/persons/{person.pk}/")
    form = {"course": "Staff course 7", "purpose": "Takes part"}
    answer = advisor.post(f"/vetting/persons/{person.pk}/", form)
    assert (answer.status_code, answer["Location"]) == (302, "/vetting/")
    assert "Not yet" in text(advisor, "/vetting/")
    key = VettingRequest.objects.get().pk
    for path in ("/", "/vetting/desk/", "/notices/"):
        assert f"/vetting/cases/{key}/" in text(desk, path), path
    assert "Take into check" in text(desk, f"/vetting/cases/{key}/")
    assert desk.post(f"/vetting/cases/{key}/check/").status_code == 302
    assert f"/vetting/cases/{key}/" not in text(desk, "/")
    story = {"step": "clear", "last_day": LAST_DAY.isoformat(), "reference": "He was seen"}
    refused = desk.post(f"/vetting/cases/{key}/decide/", story)
    assert refused.status_code == 422
    assert "no reasons are kept here" in refused.content.decode()
    assert desk.post(f"/vetting/cases/{key}/decide/", {**story, "reference": "REG-7"}).status_code == 302
    assert "REG-7" in text(desk, f"/vetting/cases/{key}/")
    for path in ("/vetting/", f"/people/persons/{person.pk}/"):
        shown = text(advisor, path)
        assert "Yes" in shown
        assert "REG-7" not in shown


def test_a_unit_is_asked_about_on_its_own_page(world: World) -> None:
    unit = world.org["brigade"]
    chief = world.client("chief")
    assert f"/vetting/units/{unit.pk}/" in text(chief, f"/people/organisations/{unit.pk}/")
    assert chief.post(f"/vetting/units/{unit.pk}/", {"course": "Drill", "purpose": "Trains"}).status_code == 302
    assert VettingRequest.objects.get().unit == unit


def test_the_answer_is_of_today_whatever_day_is_read(world: World) -> None:
    """Looking back would tell who was cleared once from who never was."""
    person = subject()
    decided(acting(officer()), asked(world.actor("advisor"), person), "clear", TODAY + timedelta(days=5))
    client = world.client("chief")
    later = text(client, f"/people/persons/{person.pk}/?as_of={TODAY + timedelta(days=30)}")
    earlier = text(client, f"/people/persons/{person.pk}/?as_of={TODAY - timedelta(days=30)}")
    assert "Not yet" not in later + earlier


def test_opening_a_case_stays_in_the_trail(world: World, desk: Client) -> None:
    request = asked(world.actor("advisor"), subject())
    for path in ("/vetting/desk/", f"/vetting/cases/{request.pk}/"):
        before = Entry.objects.filter(action="handle_vetting").count()
        text(desk, path)
        assert Entry.objects.filter(action="handle_vetting").count() == before + 1


@pytest.mark.parametrize("who", ["advisor", "chief", "legal", "auditor", "administrator", "host"])
def test_the_desk_is_closed_to_everybody_outside(world: World, who: str) -> None:
    officer()
    request = asked(world.actor("advisor"), subject())
    client = world.client(who)
    for path in ("/vetting/desk/", f"/vetting/cases/{request.pk}/", f"/vetting/cases/{request.pk}/decide/"):
        assert "Staff course 7" not in text(client, path, 403)
    assert client.post(f"/vetting/cases/{request.pk}/check/").status_code == 403


def test_a_refusal_names_roles_to_ask(world: World) -> None:
    officer()
    assert "Ask: Data-protection officer · Administrator." in text(world.client("chief"), "/vetting/desk/", 403)


def test_the_host_is_shown_nothing_of_vetting(world: World) -> None:
    person = subject()
    for path in ("/", f"/people/persons/{person.pk}/", f"/people/organisations/{world.org['brigade'].pk}/"):
        assert "vetting" not in world.client("host").get(path).content.decode().lower(), path
    assert world.client("host").get("/vetting/").status_code == 403


def test_lists_ask_as_often_with_more_rows(world: World, desk: Client) -> None:
    def counted(client: Client, path: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            text(client, path)
        return len(captured)

    advisor = world.client("advisor")
    paths = ((advisor, "/vetting/"), (desk, "/vetting/desk/"))
    asked(world.actor("advisor"), subject())
    for client, path in paths:
        counted(client, path)
    one = [counted(client, path) for client, path in paths]
    for unit in ("brigade", "college"):
        decided(acting(officer()), asked(world.actor("advisor"), world.org[unit]), "clear", LAST_DAY)
    assert [counted(client, path) for client, path in paths] == one


def test_pages_are_written_in_arabic(world: World, desk: Client) -> None:
    request = asked(world.actor("advisor"), subject())
    desk.cookies["django_language"] = "ar"
    for path in ("/vetting/desk/", f"/vetting/cases/{request.pk}/"):
        assert 'lang="ar" dir="rtl"' in text(desk, path)
