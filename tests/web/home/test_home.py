"""Home, session and the day one reads."""

import pytest
from django.test import Client

from accord.access.models import Account
from accord.config import story
from tests.web.conftest import Mission

USERS = ["advisor", "chief", "legal", "host", "press", "commander", "auditor", "admin"]


@pytest.mark.parametrize("username", USERS)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_home_renders_for_every_role(nmi: Mission, username: str, language: str) -> None:
    answer = nmi.client(username, language).get("/")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert f'lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in text


def test_home_shows_each_role_what_needs_it(nmi: Mission) -> None:
    story.tell()
    expected = {
        "advisor": "Follow-up on the planning guidance",
        "chief": "Budget calendar of the coming year",
        "commander": "Advice on writing course programmes",
        "host": "Accord on course programmes",
    }
    for username, words in expected.items():
        assert words in nmi.client(username).get("/").content.decode(), username


def test_home_says_what_is_on_hold_and_why(nmi: Mission) -> None:
    story.tell()
    text = nmi.client("chief").get("/").content.decode()
    assert "Communications instruction" in text
    assert "S13" in text


def test_page_asks_a_stranger_to_sign_in_and_returns_there(nmi: Mission) -> None:
    client = Client()
    answer = client.get("/engagements/")
    assert answer.status_code == 302
    assert answer["Location"] == "/sign-in/?next=/engagements/"
    nmi.accounts["advisor"].set_password("right")
    nmi.accounts["advisor"].save()
    answer = client.post("/sign-in/", {"username": "ADVISOR", "password": "right", "next": "/engagements/"})
    assert (answer.status_code, answer["Location"]) == (302, "/engagements/")


@pytest.mark.parametrize("username", ["advisor", "nobody"])
def test_wrong_password_and_unknown_user_get_the_same_answer(nmi: Mission, username: str) -> None:
    answer = Client().post("/sign-in/", {"username": username, "password": "wrong"})
    assert answer.status_code == 422
    assert "do not match" in answer.content.decode()


def test_closed_account_cannot_sign_in(nmi: Mission) -> None:
    account = nmi.accounts["advisor"]
    account.set_password("right")
    account.is_active = False
    account.save()
    assert Client().post("/sign-in/", {"username": "advisor", "password": "right"}).status_code == 422


def test_what_was_typed_survives_an_expired_session(nmi: Mission) -> None:
    account = Account.objects.get(username="advisor")
    account.set_password("right")
    account.save()
    client = Client()
    asked = client.post("/engagements/plan/", {"topic": "A long text", "focus_areas": ["a", "b"]})
    assert asked.status_code == 401
    assert "A long text" in asked.content.decode()
    fields = {"username": "advisor", "password": "right", "resume": "/engagements/plan/"}
    back = client.post("/sign-in/", {**fields, "topic": "A long text", "focus_areas": ["a", "b"]})
    text = back.content.decode()
    assert 'name="topic" value="A long text"' in text
    assert text.count('name="focus_areas"') == 2
    assert "right" not in text.replace("bright", "").replace("copyright", "").split("<main")[1]


def test_open_redirects_are_refused(nmi: Mission) -> None:
    client = nmi.client("advisor")
    for target in ("https://example.org/", "//example.org", "javascript:alert(1)", "/\\example.org"):
        answer = client.post("/theme/", {"theme": "dark", "next": target})
        assert answer["Location"] == "/", target


def test_as_of_day_is_kept_and_given_back(nmi: Mission) -> None:
    client = nmi.client("advisor")
    client.post("/as-of/", {"as_of": "2021-06-30", "next": "/"})
    assert "You are reading Accord as of <strong>30 June 2021" in client.get("/").content.decode()
    client.post("/as-of/", {"as_of": "", "next": "/"})
    assert "You are reading Accord as of" not in client.get("/").content.decode()


def test_as_of_nonsense_says_what_to_enter(nmi: Mission) -> None:
    answer = nmi.client("advisor").post("/as-of/", {"as_of": "yesterday", "next": "/"}, follow=True)
    assert "year-month-day" in answer.content.decode()


def test_language_is_remembered_with_the_account(nmi: Mission) -> None:
    client = nmi.client("advisor")
    client.post("/language/", {"language": "ar", "next": "/"})
    nmi.accounts["advisor"].refresh_from_db()
    assert nmi.accounts["advisor"].language == "ar"
    assert 'dir="rtl"' in client.get("/").content.decode()


def test_notices_are_read_and_marked(nmi: Mission) -> None:
    story.tell()
    client = nmi.client("commander")
    assert "Advice on writing course programmes" in client.get("/notices/").content.decode()
    client.post("/notices/")
    assert "Mark all as read" not in client.get("/notices/").content.decode()


def test_every_answer_carries_the_wall_of_the_browser(nmi: Mission) -> None:
    for client, address in (
        (Client(), "/sign-in/"),
        (nmi.client("advisor"), "/"),
        (nmi.client("advisor"), "/nowhere/"),
    ):
        policy = client.get(address)["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


def test_lost_page_is_friendly_in_both_languages(nmi: Mission) -> None:
    for language in ("en", "ar"):
        answer = nmi.client("advisor", language).get("/nowhere/")
        assert answer.status_code == 404
        assert f'lang="{language}"' in answer.content.decode()
