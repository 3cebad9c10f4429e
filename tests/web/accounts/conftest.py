"""The small world; and its steps from invitation to first sign-in, each on its page."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.cast import World, world

__all__ = ["world"]

PASSWORD = "a long password of one's own"


def address(name: str, key: Any) -> str:
    return reverse(name, kwargs={"key": key})


def sign_in(username: str, password: str = PASSWORD) -> Any:
    return Client().post("/sign-in/", {"username": username, "password": password})


def invite(world: World, **fields: str) -> str:
    """The path of the link that the administrator is shown."""
    sent = {"username": "newcomer", "name": "Newcomer (fictional)", **fields}
    return link_in(world.client("administrator").post("/accounts/new/", sent))


def link_in(answer: Any) -> str:
    found = re.search(r"http://testserver(/invitation/[^<]+)", answer.content.decode())
    assert found is not None, answer.content.decode()[:3000]
    return found[1]


def take_up(link: str, password: str = PASSWORD) -> str:
    """The number the invited person is shown after choosing a password."""
    return number_in(Client().post(link, {"new": password, "again": password}))


def number_in(answer: Any) -> str:
    found = re.search(r"\b(\d{6})\b", re.sub(r"csrf[^>]+", "", answer.content.decode()))
    assert found is not None
    return found[1]


def verify(world: World, account: Any, number: str, by: str = "legal") -> Any:
    """What a verifier does: read the page, then type the number."""
    client, page = world.client(by), address("verify-account", account.pk)
    return client.post(page, {"number": number, "seen": seen_in(client.get(page))})


def seen_in(answer: Any) -> str:
    found = re.search(r'name="seen" value="(\w+)"', answer.content.decode())
    return found[1] if found else ""
