"""The reference mission with one account for each role, for tests of pages."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from accord.access.models import Account
from accord.access.services import grant_role, open_account
from accord.config.demonstration import DEMONSTRATION
from accord.config.zone import use_mission_zone
from accord.exchange.services import load_mission
from accord.kernel.actor import Actor, system
from accord.kernel.clock import today
from accord.people.models import Person
from accord.people.queries import actor_for
from tests.web import copies

NMI = Path(__file__).parents[2] / "missions" / "nmi"
SINCE = date(2026, 1, 1)


@dataclass(frozen=True)
class Mission:
    """``nmi.client("advisor")`` is a browser in which the demonstration's advisor is signed in."""

    accounts: dict[str, Account]

    def client(self, username: str, language: str = "en") -> Client:
        client = Client()
        client.force_login(self.accounts[username])
        client.cookies["django_language"] = language
        return client

    def actor(self, username: str) -> Actor:
        return actor_for(self.accounts[username], today())


def load_nmi() -> Mission:
    """The mission and its accounts; only the first time in a run they are really loaded."""
    if copies.is_kept():
        copies.put_back()
    else:
        _load()
        copies.keep()
    use_mission_zone()
    return Mission({account.username: account for account in Account.objects.all()})


def _load() -> None:
    load_mission(actor=system("tests"), folder=NMI)
    use_mission_zone()
    for one in DEMONSTRATION.accounts:
        account = open_account(
            actor=system("tests"), username=one.username, name=one.name, password=DEMONSTRATION.password, language=""
        )
        grant_role(actor=system("tests"), account=account, role=one.role, start=SINCE)
        Person.objects.filter(code=one.person).update(account=account)


@pytest.fixture
def nmi(db: None) -> Mission:
    return load_nmi()
