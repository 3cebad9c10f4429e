"""Prepare everything, load the reference mission with its demonstration accounts, and serve it.

The first start prepares the database; later starts take seconds and keep what was done in between. Runs until it is
stopped with Ctrl-C. To begin anew, remove the data folder or name another one.

examples:
  accord demo
  accord demo --port 8080 --data /tmp/try
  accord demo --mission missions/another
"""

import argparse
import os
import sys
from pathlib import Path
from typing import NoReturn

from rich import box
from rich.console import Console
from rich.table import Table

from accord.access.queries import accounts
from accord.access.services import grant_role, open_account
from accord.config import postgres, serving, story, wall
from accord.config.cli.exits import Trouble
from accord.config.demonstration import DEMONSTRATION, DemoAccount
from accord.config.progress import steps
from accord.exchange.services import load_mission
from accord.kernel.actor import Actor, system
from accord.kernel.clock import today
from accord.people.models import Person
from accord.people.services import give_account

NEEDS_DATABASE = False  # it is started as the first step that is shown
MISSION = Path("missions") / "nmi"
SOURCE = Path(__file__).resolve().parents[4]


def configure(parser: argparse.ArgumentParser) -> None:
    serving.add_address(parser)
    parser.add_argument("--mission", type=Path, metavar="FOLDER", help=f"the mission to load (default: {MISSION})")


def run(arguments: argparse.Namespace) -> NoReturn:
    serving.demand_free_port(arguments.host, arguments.port)
    _prepare(arguments.mission or _reference_mission(), with_story=arguments.mission is None)
    _welcome(alone=arguments.host == serving.HOST)
    _become_the_server(arguments.host, arguments.port)


def _reference_mission() -> Path:
    """Beside the working directory, or beside the source of a checkout."""
    for folder in (Path.cwd(), SOURCE):
        if (folder / MISSION).is_dir():
            return folder / MISSION
    raise Trouble(f"The reference mission is not here ({MISSION}). Name a mission's folder with --mission.")


def _prepare(mission: Path, *, with_story: bool) -> None:
    actor = system("demo")
    with steps() as display:
        with display.step("Start the database"):
            postgres.ensure_running()
        with display.step("Prepare the tables"):
            wall.migrate(verbosity=0)
        with display.step("Load the mission"):
            load_mission(actor=actor, folder=mission)
        with display.step("Open the demonstration accounts"):
            _open_accounts(actor)
        if with_story:
            with display.step("Tell a few weeks of work"):
                story.tell()


def _open_accounts(actor: Actor) -> None:
    present = {account.username for account in accounts(today())}
    for demo in DEMONSTRATION.accounts:
        if demo.username not in present:
            _open_account(actor, demo)


def _open_account(actor: Actor, demo: DemoAccount) -> None:
    account = open_account(
        actor=actor,
        username=demo.username,
        name=demo.name,
        password=DEMONSTRATION.password,
        language=demo.language,
    )
    grant_role(actor=actor, account=account, role=demo.role, start=today())
    person = Person.objects.filter(code=demo.person).first()
    if person:  # another mission has other persons
        give_account(actor=actor, person=person, account=account)


def _welcome(*, alone: bool) -> None:
    console = Console()
    table = Table(box=box.SIMPLE_HEAD)
    for column in ("User name", "Who it is"):
        table.add_column(column)
    for account in DEMONSTRATION.accounts:
        table.add_row(account.username, str(account.words))
    console.print(table)
    console.print(f"  The password of every account is [bold]{DEMONSTRATION.password}[/bold]", highlight=False)
    if not alone:
        console.print("[yellow]Anybody who reaches this address can sign in with these passwords.[/yellow]\n")


def _become_the_server(host: str, port: int) -> NoReturn:
    """A fresh process: the server's workers are forked, and must not inherit connections used while preparing."""
    sys.stdout.flush()
    options = ["--host", host, "--port", str(port), "--workers", "1", "--with-jobs"]
    serve = [sys.executable, "-m", "accord.config.cli", "serve", *options]
    os.execve(sys.executable, serve, {**os.environ, "ACCORD_DEMONSTRATION": "1"})  # noqa: S606 - no shell is meant
