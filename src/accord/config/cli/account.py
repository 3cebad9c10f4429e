"""Open an account on the machine itself: the first administrator of a mission, and the first who verifies others.

Everybody after them is invited in the pages, and verified by a second person. The password is asked for, or read from
standard input where nobody sits at a terminal. Whoever may run this command may read the database as well.

examples:
  accord account open --username admin --name "Administrator" --role administrator --person administrator-one
  accord account open --username legal --name "Legal Advisor" --role legal < password.txt
"""

import argparse
import getpass
import sys

from accord.access.choices import Role
from accord.access.services import grant_role, open_account
from accord.config.cli.exits import Exit, Trouble
from accord.kernel.actor import system
from accord.kernel.clock import today
from accord.people.models import Person
from accord.people.services import give_account

NEEDS_DATABASE = True


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    opening = actions.add_parser("open", help="open a verified account with a role", allow_abbrev=False)
    opening.add_argument("--username", required=True, help="what is typed to sign in")
    opening.add_argument("--name", required=True, help="how others see whose it is")
    opening.add_argument("--role", required=True, choices=Role.values, help="the role it holds from today")
    opening.add_argument("--person", metavar="CODE", help="who it is in the mission's register")
    opening.add_argument("--language", default="", help="the language of its pages")


def run(arguments: argparse.Namespace) -> int:
    actor = system("account")
    person = _person(arguments.person) if arguments.person else None
    account = open_account(
        actor=actor, username=arguments.username, name=arguments.name, password=_password(),
        language=arguments.language,
    )  # fmt: skip
    grant_role(actor=actor, account=account, role=arguments.role, start=today())
    if person:
        give_account(actor=actor, person=person, account=account)
    print(f"Opened {account.username} ({Role(arguments.role).label}). Add a passkey or a code app after signing in.")
    return Exit.OK


def _person(code: str) -> Person:
    found = Person.objects.filter(code=code).first()
    if found is None:
        raise Trouble(f"There is no person '{code}' in the register. See persons.yaml of the mission's folder.")
    return found


def _password() -> str:
    if sys.stdin.isatty():
        return getpass.getpass("First password: ")
    return sys.stdin.readline().rstrip("\n")
