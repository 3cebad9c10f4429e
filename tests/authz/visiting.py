"""Asking for pages as somebody, and judging the answers by the oracle."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from unittest.mock import patch

from django.db import connection, transaction
from django.http import HttpResponse

from accord.web import pages
from tests.authz import oracle
from tests.authz.crawl import Address
from tests.authz.stage import Stage

REFUSED, UNKNOWN = 403, 404
METHODS_ELSEWHERE = ("PUT", "PATCH", "DELETE", "OPTIONS")
WRITES = ("INSERT", "UPDATE", "DELETE")
# Kept in passing, without a use case: who is here, and what a browser remembers.
IN_PASSING = ('"access_session"', '"access_token"', '"access_attempt"')


@dataclass
class Answer:
    status: int
    text: str  # body and headers
    written: list[str] = field(default_factory=list)  # statements that changed something


@dataclass
class Visitor:
    """One person with one browser. What a visit changes is taken back at once."""

    stage: Stage
    name: str
    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.client = self.stage.client(self.name)
        self.bare = self.stage.client(self.name, with_csrf=True)
        self.bare.cookies = self.client.cookies

    def ask(self, method: str, address: Address, *, with_csrf: bool = True) -> Answer:
        client, written = self.client if with_csrf else self.bare, list[str]()
        before = SimpleCookie(client.cookies.output(header="", sep=";"))
        with _remembered(written), transaction.atomic():
            response: Any = client.generic(method, address.url)
            transaction.set_rollback(True)
        client.cookies = before
        self.counts["requests"] += 1
        text = b"".join(response.streaming_content) if response.streaming else response.content
        answer = Answer(response.status_code, f"{response.headers}\n{text.decode(errors='replace')}", written)
        self.counts["answers read"] += bool(text)
        self._judge_canaries(method, address, answer)
        return answer

    def status_of(self, method: str, address: Address) -> int:
        """For methods that no address takes: refused before there is anything to take back."""
        self.counts["requests"] += 1
        return self.client.generic(method, address.url).status_code

    def _judge_canaries(self, method: str, address: Address, answer: Answer) -> None:
        rows = self.stage.canaries.rows
        for number in self.stage.canaries.seen_in(answer.text):
            self.counts["canaries seen"] += 1
            if self.name not in self.stage.readers(rows[number]) and not oracle.shown_anyway(self.name, rows[number]):
                self.wrong.append(f"{self.name} sees at {method} {address.url} ({address.route}): {rows[number]}")

    def expect(self, found: bool, method: str, address: Address, what: str) -> None:
        if not found:
            self.wrong.append(f"{self.name}: {method} {address.route} {address.url} for {address.row}: {what}")


@contextmanager
def _remembered(written: list[str]) -> Iterator[None]:
    def note(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        passing = any(table in str(sql) for table in IN_PASSING)
        if str(sql).startswith(WRITES) and not passing and context["cursor"].rowcount > 0:
            written.append(str(sql)[:80])
        return result

    with connection.execute_wrapper(note):
        yield


@contextmanager
def known(stage: Stage, name: str) -> Iterator[None]:
    """Nothing changes who somebody is between two requests of one test; finding it out takes half of a request."""
    actor = stage.actor(name)
    if name == "expired":  # nobody: it is told so
        yield
        return
    with patch.object(pages, "who_is_here", lambda _request: actor):
        yield


@contextmanager
def without_bodies() -> Iterator[None]:
    """For HEAD, whose answer has no body: nothing needs to be written out."""
    with (
        patch.object(pages, "frame", lambda _request: {}),
        patch.object(pages, "django_render", lambda *_args, status=200: HttpResponse(status=status)),
    ):
        yield
