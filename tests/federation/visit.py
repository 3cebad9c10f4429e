"""A browser at Accord's door, without a server in between: what it asks for, and what it brings back."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.contrib.auth import SESSION_KEY
from django.http import HttpResponse
from django.test import Client


@dataclass(frozen=True)
class Asked:
    """What Accord asks of the provider for one try."""

    state: str
    nonce: str
    redirect_uri: str
    challenge: str
    address: str


@dataclass(frozen=True)
class Visit:
    client: Client

    def ask(self, provider: str = "loose", /, **query: str) -> Asked:
        response = self.client.get(f"/sign-in/with/{provider}/", query)
        assert response.status_code == 302, response.content.decode()
        address = response.headers["location"]
        sent = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        return Asked(sent["state"], sent["nonce"], sent["redirect_uri"], sent["code_challenge"], address)

    def bring(self, provider: str = "loose", /, **query: Any) -> HttpResponse:
        """Back at Accord with these parameters."""
        response: Any = self.client.get(f"/sign-in/with/{provider}/back/", {"code": "a code", **query})
        return response  # type: ignore[no-any-return] # the test client adds to what Django returns

    @property
    def account(self) -> str:
        """The key of the account that is signed in, or nothing."""
        return str(self.client.session.get(SESSION_KEY, ""))


def assert_refused(visit: Visit, response: HttpResponse, status: int) -> str:
    """Nobody is in; the page is a page, says what to do, and tells nothing of what happened inside."""
    words = response.content.decode()
    assert response.status_code == status, words
    assert visit.account == ""
    assert words.count("<h1>") == 1
    assert "/sign-in/" in words
    for inner in ("Traceback", "joserfc", "authlib", "Error", "JWT", "None"):
        assert inner not in words
    return words
