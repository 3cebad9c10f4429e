"""A small world in which every writing address has something to act on, and people of every kind stand before it.

Built once for a module, inside one transaction: each try happens in a savepoint that is rolled back.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.urls import reverse

from accord.access import services as access
from accord.access.models import Account, Compartment, Grant
from accord.access.queries import scopes_of
from accord.kernel.actor import Actor
from accord.kernel.clock import fixed, now
from accord.people.models import Nation, Person, Position, Tour
from accord.people.queries import actor_for
from tests.cast import SINCE, START, TODAY, World, build

NMI = Path(__file__).parents[2] / "missions" / "nmi"
OVER = DateRange(START, TODAY)  # its last day was yesterday
LATER = TODAY + timedelta(days=30)
PASSWORD = "a long password of the stage"

# persona: role, post (made if there is none of that code), side, shown name
NEWCOMERS = {
    "officer": ("vetting_officer", "vetting-officer", "mission", "Vetting Officer (fictional)"),
    "outsider": ("vetting_officer", "vetting-clerk", "mission", "Vetting Clerk (fictional)"),
    "data-protection": ("data_protection", "data-protection", "mission", "Data Protection Officer (fictional)"),
    "other-administrator": ("administrator", "other-administrator", "mission", "Administrator Two (fictional)"),
    "other-host": ("host", "policeman", "host", "Host Official Three (fictional)"),
    "partner": ("partner", "liaison", "partner", "Partner Liaison (fictional)"),
    "no-role": ("", "spare", "mission", "Newcomer (fictional)"),
    "deactivated": ("chief", "former-chief", "mission", "Closed Chief (fictional)"),
    "tour-over": ("commander", "former-commander", "mission", "Former Commander (fictional)"),
}
PLACE_OF = {"mission": "mission", "host": "interior", "partner": "union"}


@dataclass
class Stage:
    world: World
    clients: dict[str, Client]
    accounts: dict[str, Account]
    things: dict[str, Any] = field(default_factory=dict)

    def actor(self, persona: str) -> Actor:
        return actor_for(self.accounts[persona], TODAY)


@contextmanager
def standing_stage() -> Iterator[Stage]:
    """The people are there; what they act on is for ``things.py`` to make."""
    with fixed(START):
        world = build()
        need_to_know()
    with fixed(TODAY):
        newcomers = {name: _newcomer(world, name) for name in NEWCOMERS}
        Position.objects.filter(code="representative").update(duty="host_authority")
        accounts = {**world.account, **newcomers}
        for account in accounts.values():
            account.set_password(PASSWORD)
            account.save(update_fields=["password"])
        stage = Stage(world, {}, accounts)
        _let_in(stage)
        stage.clients = {name: _browser(account) for name, account in accounts.items()}
        stage.clients["anonymous"] = _plain()
        stage.clients["token"] = _with_token(stage)
        Account.objects.filter(username="deactivated").update(is_active=False)
        Tour.objects.filter(person__code="tour-over").update(period=OVER)
        yield stage


def need_to_know() -> None:
    """The compartments of the reference mission."""
    for row in yaml.safe_load((NMI / "compartments.yaml").read_text()):
        Compartment.objects.create(**row)


def _newcomer(world: World, name: str) -> Account:
    role, post, side, shown = NEWCOMERS[name]
    account = Account.objects.create(username=name, display_name=shown, verified_at=now())
    if role:
        Grant.objects.create(account=account, role=role, period=SINCE, granted_by="Cast")
    nation = Nation.objects.get(code="LND" if side == "host" else "ALY")
    person = Person.objects.create(
        code=name, shown_name={"en": shown}, side=side, nation=nation, account=account, is_fictional=True
    )
    if post not in world.post:
        world.post[post] = Position.objects.create(
            code=post, title={"en": post}, organisation=world.org[PLACE_OF[side]], period=SINCE
        )
    Tour.objects.create(position=world.post[post], person=person, period=SINCE)
    return account


def _let_in(stage: Stage) -> None:
    from_day = DateRange(START, date(2028, 1, 1))
    stage.accounts["officer"].compartment_grants.create(
        compartment="vetting", purpose="Decides", state="in_force", period=from_day, confirmed_on=TODAY,
        granted_by=stage.accounts["administrator"].pk, granted_by_name="Cast",
        seconded_by=stage.accounts["legal"].pk, seconded_by_name="Cast",
    )  # fmt: skip


def _plain() -> Client:
    """Passkeys are possible at localhost; what breaks shall be seen as a page, as a reader would."""
    return Client(HTTP_HOST="localhost", raise_request_exception=False)


def _browser(account: Account) -> Client:
    client = _plain()
    client.force_login(account)
    return client


def _with_token(stage: Stage) -> Client:
    """A program that reads in the name of the chief, with every scope there is."""
    actor = stage.actor("chief")
    secret = access.create_token(
        actor=actor, name="Everything", scopes=[scope.value for scope in scopes_of(actor)], last_day=TODAY
    )
    return Client(HTTP_HOST="localhost", HTTP_AUTHORIZATION=f"Bearer {secret}", raise_request_exception=False)


def path_of(name: str, kwargs: dict[str, Any]) -> str:
    return reverse(name, kwargs=kwargs)
