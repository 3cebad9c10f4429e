"""A session: a key that cannot be guessed, new at each sign-in, dead after signing out."""

import re

import pytest
from django.conf import settings
from django.test import Client

from tests.security.addresses import every_address
from tests.web.conftest import Mission

PASSWORD = "the password of now"


@pytest.fixture
def nmi(nmi: Mission) -> Mission:
    account = nmi.accounts["advisor"]
    account.set_password(PASSWORD)
    account.save()
    return nmi


def _sign_in(client: Client) -> str:
    assert client.post("/sign-in/", {"username": "advisor", "password": PASSWORD}).status_code == 302
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _is_in(key: str) -> bool:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    return client.get("/account/").status_code == 200


def test_keys_are_long_and_different(nmi: Mission) -> None:
    keys = {_sign_in(Client()) for _ in range(20)}
    assert len(keys) == 20
    # 26 letters and digits of one case carry more than 128 bits.
    assert all(re.fullmatch(r"[\w-]{26,}", key) for key in keys)


def test_a_key_nobody_was_given_opens_nothing(nmi: Mission) -> None:
    key = _sign_in(Client())
    assert _is_in(key)
    assert not any(map(_is_in, ("", "x", key[:-1], key[::-1], key.swapcase(), "0" * len(key))))


def test_signing_in_makes_a_new_key_and_ends_the_old_one(nmi: Mission) -> None:
    client = Client()
    first = _sign_in(client)
    second = _sign_in(client)
    assert first != second
    assert _is_in(second)
    assert not _is_in(first)


def test_a_key_planted_before_is_not_taken_over(nmi: Mission) -> None:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = planted = "a" * 32
    assert _sign_in(client) != planted
    assert not _is_in(planted)


def test_signing_out_ends_it_and_clears_what_the_browser_kept(nmi: Mission) -> None:
    client = Client()
    key = _sign_in(client)
    answer = client.post("/sign-out/")
    assert answer.headers["Clear-Site-Data"] == '"storage"'
    assert not _is_in(key)


def test_nobody_is_signed_out_by_a_link(nmi: Mission) -> None:
    client = Client()
    key = _sign_in(client)
    assert "Clear-Site-Data" not in client.get("/sign-out/").headers
    assert _is_in(key)


def test_every_page_offers_the_way_out(nmi: Mission) -> None:
    client = nmi.client("admin")
    pages = {name: client.get(address) for name, address in every_address().items() if name != "sign-out"}
    shown = {
        name: answer.content.decode()
        for name, answer in pages.items()
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html") and answer.content
    }
    public = {name for name, text in shown.items() if '<body class="public' in text}
    assert len(shown) > 10
    assert public <= {"sign-in", "factsheet", "editions", "edition", "compare-editions"}
    assert not [name for name, text in shown.items() if name not in public and 'action="/sign-out/"' not in text]
