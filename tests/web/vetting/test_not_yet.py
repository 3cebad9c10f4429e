"""S3, the special pair: pending, in check, denied and expired are the same bytes to everybody outside.

Each state is made of one and the same request, then every page is read by the requester, by another advisor and by the
host official whom it is about; the transaction goes back and the next state is made.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accord.kernel.clock import fixed
from accord.people.models import Person
from accord.vetting.models import VettingRequest
from accord.vetting.services import take_into_check
from tests.cast import TODAY, World
from tests.vetting.officers import acting, asked, decided, officer

OUTSIDE = ("advisor", "second-advisor", "second-host")
# What differs with every answer whoever asks: tokens against forged forms, and those of the browser's wall.
MASKS = re.compile(
    r'(name="csrfmiddlewaretoken" value=|nonce=|nonce-|"X-CSRFToken":\s*|data-csrf=)(&quot;|")?[\w+/=-]+'
)
# Signing out would end the reader's session.
LEFT_OUT = {"sign-out"}
ASKED, DECIDED = TODAY - timedelta(days=20), TODAY - timedelta(days=15)


def routes(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns)
        else:
            yield pattern


def addresses(*keys: UUID) -> list[str]:
    """Every address that needs nothing or a key, each with every key."""
    found = []
    for route in routes(get_resolver().url_patterns):
        wanted = set(route.pattern.converters)
        if route.name in LEFT_OUT:
            continue
        if not wanted:
            found.append(reverse(route.name))
        elif wanted == {"key"}:
            found += [reverse(route.name, kwargs={"key": key}) for key in keys]
    return found


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def read(client: Client, path: str) -> tuple[int, str]:
    answer = client.get(path)
    return answer.status_code, MASKS.sub(r"\1", answer.content.decode(errors="replace"))


@pytest.fixture
def person(world: World) -> Person:
    return Person.objects.get(code="second-host")


@pytest.fixture
def request_made(world: World, person: Person) -> VettingRequest:
    with fixed(ASKED):
        officer()
        return asked(world.actor("advisor"), person)


def in_check(request: VettingRequest) -> None:
    with fixed(DECIDED):
        take_into_check(actor=acting(officer()), request=request)


def denied(request: VettingRequest) -> None:
    with fixed(DECIDED):
        decided(acting(officer()), request, "deny")


def expired(request: VettingRequest) -> None:
    with fixed(DECIDED):
        decided(acting(officer()), request, "clear", DECIDED + timedelta(days=5))


def cleared(request: VettingRequest) -> None:
    with fixed(DECIDED):
        decided(acting(officer()), request, "clear", TODAY + timedelta(days=5))


Seen = dict[tuple[str, str], tuple[int, str]]


def seen(world: World, pages: list[tuple[str, str]]) -> Seen:
    clients = {who: world.client(who) for who in OUTSIDE}
    return {(who, path): read(clients[who], path) for who, path in pages}


def differing(one: Seen, other: Seen) -> set[tuple[str, str]]:
    return {where for where in other if one[where] != other[where]}


def test_pending_denied_and_expired_are_the_same_bytes(
    world: World, request_made: VettingRequest, person: Person
) -> None:
    past = f"/people/persons/{person.pk}/?as_of={DECIDED + timedelta(days=1)}"
    paths = [*addresses(request_made.pk, person.pk, world.org["defence"].pk, world.post["planner"].pk), past]
    with taken_back():
        pending = seen(world, [(who, path) for who in OUTSIDE for path in paths])
    # An address with the key of something else is nowhere, whatever the state: the others are read each time.
    pages = [where for where, (status, _text) in pending.items() if status != HTTPStatus.NOT_FOUND]
    assert sum(pending[where][0] == HTTPStatus.OK for where in pages) > 70
    for state in (in_check, denied, expired):
        with taken_back():
            state(request_made)
            assert differing(pending, seen(world, pages)) == set(), state.__name__
    with taken_back():
        cleared(request_made)
        changed = differing(pending, seen(world, pages))
    assert ("advisor", "/vetting/") in changed  # so the test would notice
    assert {who for who, _path in changed} == {"advisor", "second-advisor"}


def test_never_asked_looks_like_denied(world: World, person: Person) -> None:
    path = f"/people/persons/{person.pk}/"
    readers = [world.client(who) for who in ("advisor", "chief", "legal", "auditor", "host")]
    never = [read(client, path) for client in readers]
    with fixed(ASKED):
        request = asked(world.actor("advisor"), person)
        officer()
    denied(request)
    assert [read(client, path) for client in readers] == never
