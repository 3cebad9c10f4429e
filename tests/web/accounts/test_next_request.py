"""What is taken away is gone at the next request: on pages, and for tokens."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from accord.access.models import Grant
from accord.access.services import close_account, create_token, end_grant, renew_invitation
from accord.people.models import Tour
from accord.people.services import end_tour
from tests.cast import TODAY, World

READS = ["coordination.read_calendar", "people.read_register"]
TOMORROW = TODAY + timedelta(days=1)


def program(world: World, who: str = "chief") -> Client:
    """A program with a token of this person."""
    secret = create_token(actor=world.actor(who), name="Diary", scopes=READS, last_day=TODAY + timedelta(days=30))
    return Client(headers={"Authorization": f"Bearer {secret}"})


def closed(world: World) -> None:
    close_account(actor=world.actor("administrator"), account=world.account["chief"])


def tour_over(world: World) -> None:
    end_tour(actor=world.actor("administrator"), tour=Tour.objects.get(person__code="chief"), end=TODAY)


def not_verified(world: World) -> None:
    renew_invitation(actor=world.actor("administrator"), account=world.account["chief"])


def tour_ahead(world: World) -> None:
    Tour.objects.filter(person__code="chief").update(period=DateRange(TOMORROW, None))


@pytest.mark.parametrize("happens", [closed, tour_over, not_verified, tour_ahead])
def test_whoever_may_not_enter_any_more_stops(world: World, happens: Callable[[World], None]) -> None:
    browser, token = world.client("chief"), program(world)
    assert (browser.get("/calendar/").status_code, token.get("/calendar/").status_code) == (200, 200)
    happens(world)
    assert (browser.get("/calendar/").status_code, token.get("/calendar/").status_code) == (302, 401)
    assert browser.post("/calendar/partner-plan/").status_code == 401


def revoked(world: World) -> None:
    grant = Grant.objects.get(account=world.account["chief"])
    end_grant(actor=world.actor("administrator"), grant=grant, end=TODAY)


def changed(world: World) -> None:
    Grant.objects.filter(account=world.account["chief"]).update(role="partner")


@pytest.mark.parametrize(("happens", "calendar"), [(revoked, 403), (changed, 200)])
def test_role_taken_away_or_changed_counts_at_once(
    world: World, happens: Callable[[World], None], calendar: int
) -> None:
    browser, token = world.client("chief"), program(world)
    assert (browser.get("/people/").status_code, token.get("/people/").status_code) == (200, 200)
    happens(world)
    assert (browser.get("/people/").status_code, token.get("/people/").status_code) == (403, 403)
    assert (browser.get("/calendar/").status_code, token.get("/calendar/").status_code) == (calendar, calendar)


def test_person_with_a_tour_to_come_enters_on_its_first_day(world: World) -> None:
    tour_ahead(world)
    world.account["chief"].set_password("a long password of his own")
    world.account["chief"].save()
    typed = {"username": "chief", "password": "a long password of his own"}
    answer = Client().post("/sign-in/", typed)
    assert answer.status_code == 422
    assert "None of your tours covers this day" in answer.content.decode()
    Tour.objects.filter(person__code="chief").update(period=DateRange(TODAY, TOMORROW))
    assert Client().post("/sign-in/", typed).status_code == 302


def test_language_of_a_stopped_account_is_not_changed(world: World) -> None:
    browser = world.client("chief")
    closed_language = world.account["chief"].language
    tour_over(world)
    assert browser.post("/language/", {"language": "ar"}).status_code == 302
    world.account["chief"].refresh_from_db()
    assert world.account["chief"].language == closed_language
