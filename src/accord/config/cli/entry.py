"""From what was typed to the command, and from any trouble to one clear sentence."""

import argparse
import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import version
from typing import Protocol, cast

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, ProgrammingError

from accord.config import postgres
from accord.config.cli.exits import EXPLAINED, Exit, Trouble
from accord.kernel.errors import AccordError
from accord.wall.standing import house

COMMANDS = {
    "demo": "prepare everything, load the reference mission and serve it",
    "serve": "serve the pages",
    "worker": "do the work that waits in the queue",
    "migrate": "bring the database to the state this version needs",
    "account": "open the first accounts of a mission",
    "load": "load a mission from its folder",
    "check": "check the installation and its data",
    "audit": "seal the trail, or verify that it is what was sealed",
    "gate": "ask whether an activity is allowed on a day",
    "factsheet": "write the public fact sheet as of a day",
}


class Command(Protocol):
    """What every module of a command offers."""

    NEEDS_DATABASE: bool

    def configure(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, arguments: argparse.Namespace) -> int: ...


def main(argv: Sequence[str] | None = None) -> int:
    typed = list(sys.argv[1:] if argv is None else argv)
    try:
        return _dispatch(typed)
    except ProgrammingError as trouble:
        return _explain(trouble, "The database is not prepared for this version. Run: accord migrate")
    except (AccordError, Trouble, postgres.DatabaseTrouble, DatabaseError, ImproperlyConfigured, OSError) as trouble:
        return _explain(trouble, str(trouble).strip() or type(trouble).__name__)
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except Exception as defect:  # noqa: BLE001 - the last resort: a person at a terminal never meets a stack trace
        return _explain(defect, f"This should not have happened: {type(defect).__name__}: {defect}")


def _dispatch(typed: list[str]) -> int:
    rest = _take_data_folder(typed)
    name = _overview().parse_args(rest[:1]).command
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "accord.config.settings")
    if not {"-h", "--help"}.intersection(rest):  # before the settings read it: the wall is signed with this key
        postgres.ensure_secret_key(postgres.data_folder())
    django.setup()
    command = cast(Command, import_module(f"accord.config.cli.{name}"))
    parser = argparse.ArgumentParser(
        prog=f"accord {name}",
        description=sys.modules[f"accord.config.cli.{name}"].__doc__,
        epilog=EXPLAINED,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _add_data_folder(parser)
    command.configure(parser)
    arguments = parser.parse_args(rest[1:])
    if command.NEEDS_DATABASE:
        postgres.ensure_running()
    with house(f"accord {name}"):
        return command.run(arguments)


def _take_data_folder(typed: list[str]) -> list[str]:
    """The data folder decides the settings, so it is taken before they are read, wherever it stands in the line."""
    early = argparse.ArgumentParser(prog="accord", add_help=False, allow_abbrev=False)
    _add_data_folder(early)
    known, rest = early.parse_known_args(typed)
    if known.data:
        os.environ["ACCORD_DATA"] = known.data
    return rest


def _add_data_folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data", metavar="FOLDER", help="the folder of the database and the secret key (ACCORD_DATA, else ./var)"
    )


def _overview() -> argparse.ArgumentParser:
    width = max(map(len, COMMANDS)) + 2
    parser = argparse.ArgumentParser(
        prog="accord",
        usage="accord [--data FOLDER] COMMAND [...]",
        description="Accord, the mission system for advisory, training and capacity-building missions.\n\ncommands:\n"
        + "\n".join(f"  {name:<{width}}{summary}" for name, summary in COMMANDS.items())
        + "\n\n'accord COMMAND --help' tells more about a command.",
        epilog=EXPLAINED + "\nACCORD_DEBUG=1 shows where an error comes from. DATABASE_URL names an external database.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"accord {version('accord-mission')}")
    _add_data_folder(parser)
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND", help="one of the commands above")
    return parser


def _explain(trouble: Exception, message: str) -> int:
    if os.environ.get("ACCORD_DEBUG") == "1":
        traceback.print_exception(trouble)
    print(f"accord: {message}", file=sys.stderr)
    return Exit.REFUSED if isinstance(trouble, AccordError) else Exit.ENVIRONMENT
