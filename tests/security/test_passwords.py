"""Passwords: how they are kept, and that nothing but their length is asked of them."""

import re

import pytest
from django.contrib.auth.hashers import identify_hasher, make_password
from django.test import Client, override_settings

from accord.access.services import SHORTEST_PASSWORD
from tests.security import shipped
from tests.web.conftest import Mission

PRESENT = "the password of now"
PHRASE = "  Ein Wort, \u0643\u0644\u0645\u0629 \u2728 und noch eins  "


@pytest.fixture
def client(nmi: Mission) -> Client:
    account = nmi.accounts["advisor"]
    account.set_password(PRESENT)
    account.save()
    return nmi.client("advisor")


def _enters(password: str) -> bool:
    return Client().post("/sign-in/", {"username": "advisor", "password": password}).status_code == 302


def _change(client: Client, new: str, *, old: str = PRESENT) -> int:
    return client.post("/account/password/", {"old": old, "new": new, "again": new}).status_code


def test_kept_as_argon2id_as_costly_as_it_should_be() -> None:
    with override_settings(PASSWORD_HASHERS=shipped.settings()["PASSWORD_HASHERS"]):
        kept = make_password(PHRASE)
        assert identify_hasher(kept).algorithm == "argon2"
        assert kept != make_password(PHRASE), "no salt"
    cost = re.match(r"argon2\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$", kept)
    assert cost
    memory, passes, _lanes = map(int, cost.groups())
    assert memory >= 19 * 1024, "KiB, as the OWASP cheat sheet asks at two passes"
    assert passes >= 2


@pytest.mark.parametrize(
    "new", ["x" * SHORTEST_PASSWORD, "1" * 64, PHRASE, "\u0643\u0644\u0645\u0629 \u0637\u0648\u064a\u0644\u0629"]
)
def test_any_signs_will_do_and_sixty_four_are_welcome(client: Client, new: str) -> None:
    assert _change(client, new) == 302
    assert _enters(new)


def test_taken_exactly_as_typed(client: Client) -> None:
    assert _change(client, PHRASE) == 302
    assert _enters(PHRASE)
    for nearly in (PHRASE.strip(), PHRASE.lower(), PHRASE.rstrip(), PHRASE[:-3]):
        assert not _enters(nearly)


def test_changed_only_by_who_knows_the_present_one(client: Client) -> None:
    assert _change(client, PHRASE, old="a guess of mine") == 422
    assert _enters(PRESENT)


def test_short_ones_are_refused(client: Client) -> None:
    assert SHORTEST_PASSWORD >= 8
    assert _change(client, "x" * (SHORTEST_PASSWORD - 1)) == 422


@pytest.mark.parametrize(("address", "fields"), [("/sign-in/", 1), ("/account/password/", 3)])
def test_fields_hide_what_is_typed_and_let_password_managers_help(client: Client, address: str, fields: int) -> None:
    page = (Client() if address == "/sign-in/" else client).get(address).content.decode()
    found = re.findall(r'<input[^>]*type="password"[^>]*>', page)
    assert len(found) == fields
    assert all(re.search(r'autocomplete="(current|new)-password"', one) for one in found)
    assert not any(re.search(r"onpaste|readonly|maxlength=\"\d\d?\"|value=", one) for one in found)
