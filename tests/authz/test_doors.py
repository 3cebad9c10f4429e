"""Every address has a door that holds by itself: taken away alone, somebody comes in, or at least further."""

import logging
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from unittest.mock import patch

import pytest

from accord.access.models import Session
from accord.kernel.clock import now
from accord.web import pages
from tests.authz import oracle
from tests.authz.crawl import Address, addresses
from tests.authz.stage import CAST, Stage
from tests.authz.visiting import Visitor, known

SHARES = 3  # so that several workers have something to do
GUARDED = sorted(oracle.ROUTES - oracle.PUBLIC)


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


def _nothing_bars() -> AbstractContextManager[object]:
    return patch.object(pages, "_barred", lambda *_args, **_kwargs: None)


@pytest.mark.parametrize("share", range(SHARES))
def test_every_door_taken_away_is_noticed_by_those_who_have_not_signed_in(stage: Stage, share: int) -> None:
    visitor = Visitor(stage, "anonymous")
    assert not [route for route in GUARDED[share::SHARES] if not _noticed(visitor, addresses(stage, route)[0])]


@pytest.mark.parametrize("share", range(SHARES))
def test_every_door_taken_away_is_noticed_by_somebody_signed_in(stage: Stage, share: int) -> None:
    visitors = [Visitor(stage, name) for name in ("idle", "union", "narrow", "defence", "press", "administrator")]
    survivors = []
    for route in GUARDED[share::SHARES]:
        refused = [visitor for visitor in visitors if visitor.name not in oracle.opens(route)]
        if not any(_noticed(visitor, addresses(stage, route)[0]) for visitor in refused):
            survivors.append(route)
    assert not survivors


def _noticed(visitor: Visitor, address: Address) -> bool:
    """The answer to a GET is no longer what stands at the door."""
    with known(visitor.stage, visitor.name):
        at_the_door = visitor.ask("GET", address)
        with _nothing_bars():
            behind = visitor.ask("GET", address)
    assert at_the_door.status in oracle.at_the_door(visitor.name, address.route)
    return (at_the_door.status, _said(at_the_door.text)) != (behind.status, _said(behind.text))


def _said(text: str) -> str:
    """The words of a refusal, or where it sends to; without what changes from page to page."""
    return text.partition("'Location':")[2].partition(",")[0] + text.partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("is_proven", [False, True])
def test_dangerous_pages_ask_again_who_is_there_and_only_that_holds_them_back(stage: Stage, is_proven: bool) -> None:
    """Whoever has shown for long not who he is proves it first; with that switched off, he would not be asked."""
    wrong = []
    Session.objects.exclude(account=None).update(created_at=now() - timedelta(hours=1))
    visitors = {name: _long_ago(stage, name) for name in CAST if name not in oracle.OUT | oracle.TOKENS | {"idle"}}
    for route in GUARDED:
        visitor = next(visitors[name] for name in visitors if name in oracle.opens(route))
        asked = [a for a in addresses(stage, route) if a.row is None or visitor.name in stage.readers(a.row)]
        with known(stage, visitor.name), patch.object(pages, "is_proven", _yes) if is_proven else nullcontext():
            answer = visitor.ask("POST", asked[0])
        if (answer.status == 401) != (route in oracle.PROVEN and not is_proven):
            wrong.append(f"{visitor.name} at {route}: {answer.status}")
    assert not wrong


def _yes(_session: object) -> bool:
    return True


def _long_ago(stage: Stage, name: str) -> Visitor:
    """Signed in an hour ago."""
    visitor = Visitor(stage, name)
    Session.objects.filter(account=stage.account[name]).update(created_at=now() - timedelta(hours=1))
    return visitor
