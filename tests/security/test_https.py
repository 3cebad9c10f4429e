"""Behind HTTPS: cookies, the promise to stay with it, and what a header from outside may change."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from tests.security import shipped
from tests.web.conftest import Mission

STAY = f"max-age={60 * 60 * 24 * 365}; includeSubDomains"
HOST = "accord.example"
BEHIND = {"host": HOST, "referer": f"https://{HOST}/", "x-forwarded-proto": "https"}


@pytest.fixture
def served(nmi: Mission) -> Iterator[Mission]:
    nmi.accounts["advisor"].set_password("a long password")
    nmi.accounts["advisor"].save()
    with shipped.installation(ACCORD_HTTPS="1", ACCORD_HOSTS=HOST):
        yield nmi


def _visit(client: Client) -> None:
    """All that sets a cookie."""
    client.get("/sign-in/", headers=BEHIND)
    client.post("/sign-in/", {"username": "advisor", "password": "a long password"}, headers=BEHIND)
    client.post("/theme/", {"theme": "dark"}, headers=BEHIND)
    client.post("/language/", {"language": "ar"}, headers=BEHIND)
    client.post("/as-of/", {"as_of": "2021-06-30"}, headers=BEHIND)
    client.post("/as-of/", {"as_of": "nonsense"}, headers=BEHIND)


def test_cookies_travel_encrypted_to_this_host_only_and_no_script_reads_them(served: Mission) -> None:
    client = Client()
    _visit(client)
    cookies = {cookie.key: cookie for cookie in client.cookies.values() if cookie.value}
    assert len(cookies) == 5
    for name, cookie in cookies.items():
        assert name.startswith("__Host-")
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
        assert (cookie["path"], cookie["domain"]) == ("/", "")


def test_cookies_are_small(served: Mission) -> None:
    client = Client()
    _visit(client)
    assert all(len(cookie.key) + len(cookie.value) < 200 for cookie in client.cookies.values())


@pytest.mark.parametrize("address", ["/sign-in/", "/nowhere/"])
def test_browsers_are_told_to_stay_with_https(served: Mission, address: str) -> None:
    answer = Client().get(address, headers=BEHIND)
    assert answer.headers["Strict-Transport-Security"] == STAY


def test_files_tell_browsers_to_stay_with_https() -> None:
    with shipped.installation(ACCORD_HTTPS="1", ACCORD_HOSTS=HOST):
        answer = Client().get("/static/accord/accord.js", headers=BEHIND)
        assert b"".join(answer)  # read to its end, the file is closed
    assert answer.headers["Strict-Transport-Security"] == STAY


def test_nothing_is_answered_by_sending_the_reader_to_https(served: Mission) -> None:
    """What was sent unencrypted is already lost; the web server in front refuses or redirects, people only."""
    assert Client().get("/sign-in/", headers={"host": HOST}).status_code == 200
    assert Client().get("/fact-sheet.json", headers={"host": HOST}).status_code == 404


def test_only_the_names_that_were_set_are_answered(served: Mission) -> None:
    for headers in ({"host": "elsewhere.example"}, {"host": HOST, "x-forwarded-host": "elsewhere.example"}):
        answer = Client().get("/engagements/", headers=headers)
        assert "elsewhere" not in answer.headers.get("Location", "")
        assert "elsewhere" not in answer.content.decode()


def test_without_a_server_in_front_nobody_may_say_that_there_is_one(nmi: Mission) -> None:
    with shipped.installation():
        answer = Client().get("/sign-in/", headers={"host": "localhost", "x-forwarded-proto": "https"})
        assert "Strict-Transport-Security" not in answer.headers
        assert not answer.wsgi_request.is_secure()


def test_a_session_lasts_one_working_day() -> None:
    assert shipped.settings()["SESSION_COOKIE_AGE"] <= timedelta(hours=12).total_seconds()
