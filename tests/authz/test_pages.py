"""Address by address: who opens it, what it shows, and what it changes."""

import logging
import re
from collections.abc import Iterator
from contextlib import nullcontext

import pytest

from tests.authz import oracle
from tests.authz.crawl import Address, addresses, routes
from tests.authz.stage import CAST, Stage
from tests.authz.visiting import METHODS_ELSEWHERE, REFUSED, UNKNOWN, Answer, Visitor, known, without_bodies

# What differs between two answers that say the same: keys, numbers and codes in addresses, form tokens, nonces.
PASSING = re.compile(r'[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|value="\w{64}"|/(\d+|nothing)/|Content-Length\S+ \S+')


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Thousands of refusals are to be expected."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("name", CAST)
def test_everybody_opens_and_sees_what_the_oracle_says(stage: Stage, name: str) -> None:
    visitor = Visitor(stage, name)
    with known(stage, name):
        for route in sorted(routes()):
            if name in oracle.opens(route):
                _opened(visitor, route)
            else:
                _shut(visitor, addresses(stage, route)[0])
            _otherwise(visitor, addresses(stage, route)[0])
    print(name, dict(visitor.counts))
    assert not visitor.wrong, "\n".join(visitor.wrong[:60])


def _shut(visitor: Visitor, address: Address) -> None:
    """Refused before anything of the address is looked at; the words of a refusal are read once for each person."""
    with without_bodies() if visitor.counts["refusals read"] else nullcontext():
        got, posted = visitor.ask("GET", address), visitor.ask("POST", address)
    visitor.counts["refusals read"] += 1
    visitor.expect(
        got.status in oracle.at_the_door(visitor.name, address.route), "GET", address, f"answered {got.status}"
    )
    visitor.expect(posted.status in {401, 405, REFUSED}, "POST", address, f"answered {posted.status}")
    visitor.expect(not got.written + posted.written, "POST", address, f"wrote {got.written + posted.written}")


def _opened(visitor: Visitor, route: str) -> None:
    """With a row he may read, with one he may not, and with one that is not there; the last two must look the same."""
    stage, name = visitor.stage, visitor.name
    found = addresses(stage, route)
    rows = [address for address in found if address.row]
    mine = [address for address in rows if address.row and name in stage.readers(address.row)]
    others = [address for address in rows if address.row and name not in stage.readers(address.row)]
    turn, absent = CAST.index(name), [address for address in found if address.is_absent]
    for address in [mine[turn % len(mine)]] if mine else [] if rows else found:
        _allowed(visitor, address)
    if others:
        hidden = _hidden(visitor, others[turn % len(others)])
        same = [PASSING.sub("", answer.text) for answer in (*hidden, *_hidden(visitor, absent[0]))]
        visitor.expect(same[:2] == same[2:], "GET or POST", others[turn % len(others)], "tells hidden from absent")


def _allowed(visitor: Visitor, address: Address) -> None:
    answer = visitor.ask("GET", address)
    visitor.expect(answer.status in oracle.answers(visitor.name, address.route), "GET", address, f"{answer.status}")
    with without_bodies():
        answer = visitor.ask("POST", address)
    visitor.expect(answer.status < 500, "POST", address, f"broke: {answer.status}")
    told = not answer.written or any('"audit_entry"' in statement for statement in answer.written)
    visitor.expect(told, "POST", address, f"left nothing in the trail: {answer.written}")


def _hidden(visitor: Visitor, address: Address) -> tuple[Answer, Answer]:
    got, posted = visitor.ask("GET", address), visitor.ask("POST", address)
    unknown = {302} if address.route in oracle.LOOK_AT_NO_ROW else {UNKNOWN}
    visitor.expect(got.status in unknown, "GET", address, f"answered {got.status}")
    visitor.expect(posted.status < 500, "POST", address, f"broke: {posted.status}")
    visitor.expect(not posted.written, "POST", address, f"wrote {posted.written}")
    return got, posted


def _otherwise(visitor: Visitor, address: Address) -> None:
    """The same address by other methods, and without the token that a form carries."""
    with without_bodies():
        answer = visitor.ask("HEAD", address)
    visitor.expect(answer.status < 500, "HEAD", address, f"broke: {answer.status}")
    if visitor.name not in oracle.opens(address.route):
        at_the_door = oracle.at_the_door(visitor.name, address.route)
        visitor.expect(answer.status in at_the_door, "HEAD", address, f"answered {answer.status}")
    for method in METHODS_ELSEWHERE:
        status = visitor.status_of(method, address)
        visitor.expect(status == 405, method, address, f"answered {status}")
    answer = visitor.ask("POST", address, with_csrf=False)
    takes_none = address.route == "back-channel-logout"  # its token is the provider's signature
    visitor.expect(
        answer.status in {401, 405, REFUSED} or takes_none, "POST", address, f"answered {answer.status} without a token"
    )
    visitor.expect(not answer.written, "POST", address, f"wrote {answer.written} without a token")
