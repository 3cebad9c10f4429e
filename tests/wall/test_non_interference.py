"""S3 in small: what somebody may not read changes no byte of any page he opens.

A reader opens every address that needs nothing and follows the links to one page of every other kind; then rows that he
may not read are added, to some tables at a time, and he reads the same addresses again. Also an object that is hidden
takes as long to refuse as one that is not there.
"""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, models, transaction
from django.test import Client
from django.urls import Resolver404, resolve, reverse
from django.utils.text import slugify

from accord.access.models import Marking
from accord.advising.models import Engagement
from accord.kernel.clock import fixed, now
from accord.kernel.keys import new_key
from tests.architecture.test_addresses import ADDRESSES
from tests.wall.rows import OURS, add
from tests.web.conftest import Mission, nmi

__all__ = ["nmi"]

MARKED = [model for model in OURS if hasattr(model, "marking")]
READERS = ("host", "advisor", "press", "")
COPIES, GROUPS = 3, 5  # for four readers, twenty pairs of a reader and what is hidden from him
CANARY = "zqhidden"
LINK = re.compile(r'(?:href|hx-get|action)="(/[^"#]*)"')
MASKS = re.compile(r'(name="csrfmiddlewaretoken" value=|"X-CSRFToken":\s*)(&quot;|")?[\w+/=-]+')
COMPARED = ("Content-Type", "Content-Disposition", "Content-Length", "ETag", "Location", "Link")
LEFT_OUT = {"sign-out", "sign-in"}
MOST_TELLING = 0.65
REQUESTS = 100

Answer = tuple[int, str, tuple[str | None, ...]]


@dataclass
class Reader:
    client: Client
    pages: dict[str, Answer] = field(default_factory=dict)

    def read(self, path: str) -> Answer:
        answer = self.client.get(path)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        headers = tuple(answer.headers.get(name) for name in COMPARED)
        return answer.status_code, MASKS.sub(r"\1", body.decode(errors="replace")), headers

    def crawl(self) -> None:
        """A page of every kind that he may open; and what it answers when asked for a word."""
        waiting, kinds = [reverse(a.name) for route, a in ADDRESSES.items() if "<" not in route], {""}
        while waiting:
            path = waiting.pop(0)
            if kind_of(path) in kinds:
                continue
            kinds.add(kind_of(path))
            status, text, _headers = answer = self.read(path)
            if status != HTTPStatus.OK:
                continue
            self.pages[path] = answer
            waiting += LINK.findall(text.replace("&amp;", "&"))
            if 'name="q"' in text:
                waiting.append(f"{path.partition('?')[0]}?q={CANARY}")

    def differing(self) -> list[str]:
        return [path for path, answer in self.pages.items() if self.read(path) != answer]


def kind_of(path: str) -> str:
    """The name of the page, and what is asked of it; nothing for an address that leads away from reading."""
    address, _, asked = path.partition("?")
    try:
        name = resolve(address).view_name
    except Resolver404:
        return ""
    return "" if name in LEFT_OUT else f"{name}?{'&'.join(one.partition('=')[0] for one in asked.split('&'))}"


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def hidden_copies(model: Any) -> int:
    """Copies of rows, as alike as the constraints allow, in a compartment nobody here is let into."""
    made = 0
    for row in model.objects.all()[: COPIES * 3]:
        copy = model(**{f.attname: value_for(f, getattr(row, f.attname)) for f in model._meta.concrete_fields})
        try:
            with transaction.atomic():
                add(copy)
        except DatabaseError:
            continue
        made += 1
        if made == COPIES:
            break
    return made


def value_for(field: Any, value: Any) -> Any:
    if field.primary_key:
        return new_key()
    if field.name == "marking":
        return "force-protection"
    if field.unique and isinstance(field, models.CharField):
        return slugify(f"{CANARY}-{str(new_key())[-8:]}")[: field.max_length]
    if field.unique:
        return None if field.null else value
    if isinstance(field, models.JSONField) and isinstance(value, dict) and "en" in value:
        return {language: f"{text} {CANARY}" for language, text in value.items()}
    if isinstance(field, models.TextField):
        return f"{value} {CANARY}"
    return value


def looking(mission: Mission, username: str) -> Reader:
    return Reader(mission.client(username) if username else Client())


@pytest.mark.parametrize("username", READERS)
def test_what_is_hidden_changes_no_byte(nmi: Mission, username: str) -> None:
    assert Marking.objects.get(code="force-protection").compartments
    with fixed(now()):
        reader = looking(nmi, username)
        with taken_back():
            reader.crawl()
        assert len(reader.pages) > (15 if username else 3)
        hidden = 0
        for group in range(GROUPS):
            with taken_back():
                added = sum(hidden_copies(model) for model in MARKED[group::GROUPS])
                assert added
                assert reader.differing() == []
            hidden += added
    print(f"\n{username or 'the public'}: {len(reader.pages)} pages, {GROUPS} times the same, {hidden} rows hidden")


def test_a_hidden_page_is_refused_like_one_that_is_not_there(nmi: Mission) -> None:
    with fixed(now()):
        reader, hidden, absent = looking(nmi, "advisor"), new_key(), new_key()
        shown = Engagement.objects.values().first()
        assert shown
        add(Engagement(**{**shown, "id": hidden, "marking": "force-protection"}))
        times: dict[UUID, list[float]] = {hidden: [], absent: []}
        answers = dict[UUID, str]()
        for _request in range(REQUESTS):
            for key, taken in times.items():
                start = time.perf_counter()
                status, text, _headers = reader.read(reverse("engagement", args=[key]))
                taken.append(time.perf_counter() - start)
                answers[key] = f"{status} {text.replace(str(key), 'KEY')}"
    found = telling(*times.values())
    print(f"\nhidden or absent, told by time of {REQUESTS} requests each: {found:.3f}")
    assert answers[hidden] == answers[absent]
    assert answers[absent].startswith("404")
    assert found <= MOST_TELLING


def telling(hidden: list[float], absent: list[float]) -> float:
    """How well the time tells them apart: the area under the curve, 0.5 for not at all and 1 for always."""
    wins = sum((one > other) + (one == other) / 2 for one in hidden for other in absent)
    area = wins / (len(hidden) * len(absent))
    return max(area, 1 - area)
