"""Personal access tokens: made on a page, used by a program, ended by who may."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from accord.access.models import Account, Token
from accord.access.services import create_token
from accord.audit.models import Entry
from accord.kernel.clock import fixed, now
from accord.people.models import Tour
from tests.cast import TODAY, World, at
from tests.web.accounts.conftest import address

CALENDAR = "coordination.read_calendar"
FIELDS = {"name": "Diary", "scopes": [CALENDAR], "last_day": TODAY.isoformat()}


def made(world: World, who: str = "advisor", scope: str = CALENDAR) -> str:
    return create_token(actor=world.actor(who), name="Diary", scopes=[scope], last_day=TODAY)


def program(secret: str) -> Client:
    return Client(headers={"Authorization": f"Bearer {secret}"}, enforce_csrf_checks=True)


def test_token_is_made_on_a_page_and_shown_once(world: World) -> None:
    answer = world.client("advisor").post("/account/tokens/new/", FIELDS)
    shown = re.search(r"accord_[\w-]{40,}", answer.content.decode())
    assert shown is not None
    assert "no-store" in answer["Cache-Control"]
    assert program(shown[0]).get("/calendar/").status_code == 200
    assert shown[0] not in world.client("advisor").get("/account/tokens/").content.decode()
    assert shown[0] not in str(list(Token.objects.values())) + str(list(Entry.objects.values()))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("scopes", []),
        ("scopes", ["audit.read_trail"]),  # on the list, but not his
        ("scopes", ["people.read_contacts"]),
        ("scopes", ["access.sign_in"]),
        ("last_day", TODAY + timedelta(days=91)),
        ("last_day", TODAY - timedelta(days=1)),
    ],
)
def test_token_is_refused_beyond_what_its_owner_may_and_ninety_days(world: World, field: str, value: object) -> None:
    assert world.client("advisor").post("/account/tokens/new/", {**FIELDS, field: value}).status_code == 422
    assert not Token.objects.exists()


def test_token_does_not_outlast_the_tour(world: World) -> None:
    Tour.objects.filter(person__code="advisor").update(period=(TODAY, TODAY + timedelta(days=10)))
    client = world.client("advisor")
    for days, status in ((10, 422), (9, 200)):
        day = (TODAY + timedelta(days=days)).isoformat()
        assert client.post("/account/tokens/new/", FIELDS | {"last_day": day}).status_code == status


def test_token_reads_within_its_scopes_and_says_so_otherwise(world: World) -> None:
    token = program(made(world))
    assert token.get("/calendar/").status_code == 200
    assert token.head("/calendar/").status_code == 200
    for path in ("/people/", "/account/", "/account/tokens/", "/"):
        answer = token.get(path)
        assert (answer.status_code, answer["Content-Type"]) == (403, "application/json")
        assert "never for more" in answer.json()["error"]
    page = token.get("/people/", headers={"Accept": "text/html"})
    assert page.status_code == 403
    assert "<h1>" in page.content.decode()


def test_token_never_changes_anything(world: World) -> None:
    token = program(made(world, scope="mandate.ask_gate"))
    for path in ("/gate/", "/account/tokens/new/", "/sign-out/", "/language/"):
        answer = token.post(path, {"language": "ar"})
        assert (answer.status_code, answer.json()["error"][:20]) == (403, "A token only reads. ")


def test_token_beside_a_session_speaks_alone(world: World) -> None:
    both = world.client("administrator")
    header = {"Authorization": f"Bearer {made(world)}"}
    assert both.get("/accounts/").status_code == 200
    assert both.get("/accounts/", headers=header).status_code == 403
    assert both.post("/accounts/new/", {"username": "new", "name": "New"}, headers=header).status_code == 403
    assert both.get("/accounts/", headers={"Authorization": "Bearer accord_wrong"}).status_code == 401
    assert not Account.objects.filter(username="new").exists()


@pytest.mark.parametrize("path", ["/calendar/", "/fact-sheet/", "/sign-in/"])
def test_unknown_token_lets_nobody_in_anywhere(world: World, path: str) -> None:
    answer = program("accord_unknown").get(path)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer error="invalid_token"'


def test_other_schemes_are_none_of_ours(world: World) -> None:
    assert Client(headers={"Authorization": "Basic eDp5"}).get("/sign-in/").status_code == 200


def test_token_expires_at_the_end_of_its_last_day(world: World) -> None:
    token = program(made(world))
    with fixed(at(TODAY, 23, 59)):
        assert token.get("/calendar/").status_code == 200
    with fixed(at(TODAY + timedelta(days=1), 0)):
        assert token.get("/calendar/").status_code == 401


def test_last_use_is_noted_once_a_minute(world: World) -> None:
    token, first = program(made(world)), now()
    moments = []
    for seconds in (0, 59, 61):
        with fixed(first + timedelta(seconds=seconds)):
            token.get("/calendar/")
        moments.append(Token.objects.get().used_at)
    assert moments == [first, first, first + timedelta(seconds=61)]
    assert not Entry.objects.filter(action="").exists()


def test_own_token_is_ended_once_and_stops(world: World) -> None:
    token, client = program(made(world)), world.client("advisor")
    page = address("end-token", Token.objects.get().pk)
    assert client.get(page).status_code == 200
    assert client.post(page).status_code == 302
    assert token.get("/calendar/").status_code == 401
    assert client.post(page).status_code == 422
    assert "Ended" in client.get("/account/tokens/").content.decode()


def test_administrator_sees_and_ends_tokens_of_others_and_nobody_else_does(world: World) -> None:
    token = program(made(world))
    listed = address("account-tokens", world.account["advisor"].pk)
    end = address("end-token", Token.objects.get().pk)
    assert world.client("chief").get(listed).status_code == 403
    assert world.client("chief").post(end).status_code == 404  # to him there is none
    administrator = world.client("administrator")
    assert "Diary" in administrator.get(listed).content.decode()
    assert administrator.post(end)["Location"] == listed
    assert token.get("/calendar/").status_code == 401
