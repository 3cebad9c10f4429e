"""Everybody and everything of the matrix, in the database and by name."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory

from accord.access.models import Account
from accord.kernel.actor import PUBLIC, Actor
from accord.kernel.clock import fixed
from accord.people.models import Person, Position
from accord.web.presence import NotGood, who_is_here
from tests.authz import ledger, oracle, people, work
from tests.authz.canaries import Canaries, Row
from tests.cast import TODAY, at

CAST = ("anonymous", *(name for name in people.PEOPLE if name != people.HOLDER), *people.TOKENS)

# Those whose rights no role has: whose rights they begin with, and what is changed.
BENT: dict[str, tuple[str, dict[str, Any]]] = {
    "watcher": ("protection", {"permissions": frozenset({"access.see_readers"})}),
    "liaison": ("defence", {"side": "partner"}),
    "insider": ("defence", {"permissions": frozenset({"people.read_contacts"})}),
}
READERS = (*CAST, *BENT)


@dataclass
class Stage:
    canaries: Canaries
    account: dict[str, Account]
    secret: dict[str, str]
    kept: dict[str, list[Any]] = field(default_factory=dict)  # addresses, by the name of their route
    _actors: dict[str, Actor] = field(default_factory=dict)
    _readers: dict[int, frozenset[str]] = field(default_factory=dict)

    def readers(self, row: Row) -> frozenset[str]:
        """What the oracle says, asked once for each row."""
        if row.number not in self._readers:
            self._readers[row.number] = frozenset(oracle.readers(row))
        return self._readers[row.number]

    def actor(self, name: str) -> Actor:
        """Who a request of this person is made for."""
        if name in BENT:
            whose, changes = BENT[name]
            return replace(self.actor(whose), **changes)
        if name not in self._actors:
            request: Any = RequestFactory().get("/", headers=self.headers(name))
            request.user = self.account.get(name) or AnonymousUser()
            try:
                self._actors[name] = who_is_here(request)
            except NotGood:
                self._actors[name] = PUBLIC
        return self._actors[name]

    def headers(self, name: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret[name]}"} if name in self.secret else {}

    def client(self, name: str, *, with_csrf: bool = False) -> Client:
        """The browser of this person, or the program that bears the token."""
        client = Client(enforce_csrf_checks=with_csrf, raise_request_exception=False, headers=self.headers(name))
        if name in self.account:
            client.force_login(self.account[name])
        return client


@contextmanager
def standing_stage() -> Iterator[Stage]:
    """Built row by row, without any use case; the clock stands at noon of the small world's day."""
    with fixed(at(TODAY)):
        yield _build()


def _build() -> Stage:
    canaries = Canaries()
    people.need_to_know(canaries)
    org, nation, place = ledger.organisations(canaries), ledger.nations(canaries), ledger.places(canaries)
    account = people.people(canaries, org, nation)
    post: dict[str, Position] = {name: people.post_of(one) for name, one in account.items()}
    people.circles(canaries, account)
    secret = people.credentials(canaries, account)
    ledger.posts(canaries, org, nation["LND"])
    ledger.mandate(canaries, org, place, post, nation["LND"])
    focus, _end = ledger.objectives(canaries, post)
    work.engagements(canaries, org, place["capital"], post, account, focus)
    work.calendar(canaries, org, post)
    work.vetting(canaries, org, account, Person.objects.get(account=account["college"]))
    work.notices(canaries, account)
    work.publishing(canaries)
    work.trail(canaries, account)
    return Stage(canaries, account, secret)
