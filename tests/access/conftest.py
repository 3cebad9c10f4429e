"""Somebody with an account and a role, and the browser he sits at; and the small world."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from accord.access.models import Account
from accord.access.services import grant_role, open_account
from accord.kernel.actor import Actor, system
from accord.kernel.clock import today
from accord.people.queries import actor_for
from tests.access.device import Device
from tests.cast import world

__all__ = ["world"]

PASSWORD = "a long first password"
MakeAccount = Callable[..., Account]


@pytest.fixture
def make_account(db: None) -> MakeAccount:
    def make(username: str = "one", role: str = "advisor") -> Account:
        account = open_account(
            actor=system("tests"), username=username, name=f"{username} (fictional)", password=PASSWORD
        )
        if role:
            grant_role(actor=system("tests"), account=account, role=role, start=date(2020, 1, 1))
        return account

    return make


@pytest.fixture
def somebody(make_account: MakeAccount) -> Account:
    return make_account()


def acting(account: Account) -> Actor:
    return actor_for(account, today())


def browser(*, address: str = "192.0.2.7", **headers: str) -> Client:
    """A browser nobody is signed in with, at localhost, where passkeys are possible."""
    return Client(HTTP_HOST="localhost", REMOTE_ADDR=address, **headers)  # type: ignore[arg-type]


def signed_in(account: Account) -> Client:
    client = browser()
    client.force_login(account)
    return client


def with_password(client: Client, username: str = "one", password: str = PASSWORD, **more: str) -> int:
    """The status of the answer to this name and password."""
    return client.post("/sign-in/", {"username": username, "password": password, **more}).status_code


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def with_passkey(account: Account) -> Device:
    """A device with a passkey of that account."""
    device, client = Device(), signed_in(account)
    options = client.post("/account/security/passkeys/options/").json()
    made = client.post("/account/security/passkeys/add/", {"name": "Device", "proof_passkey": device.enrol(options)})
    assert made.status_code == 302
    return device
