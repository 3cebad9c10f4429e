"""Bring the database to the state this version needs.

Changes nothing when it is there already. Safe to run at every start.

examples:
  accord migrate
  accord migrate --plan
"""

import argparse

from accord.config import wall
from accord.config.cli.exits import Exit

NEEDS_DATABASE = True


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--plan", action="store_true", help="show what would be done, and do nothing")


def run(arguments: argparse.Namespace) -> int:
    wall.migrate(plan=arguments.plan)
    return Exit.OK
