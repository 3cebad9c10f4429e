"""Check the installation and its data.

Asks Django's system checks, whether every migration is applied, and whether the records agree with each other.
Reports what it finds and changes nothing.

examples:
  accord check
  accord check --json
"""

import argparse
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

from django.core import checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from accord.config.cli.exits import Exit
from accord.config.cli.options import add_json

NEEDS_DATABASE = True


@dataclass(frozen=True)
class Finding:
    check: str
    message: str


def configure(parser: argparse.ArgumentParser) -> None:
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    findings = [finding for check in CHECKS.values() for finding in check()]
    if arguments.json:
        print(json.dumps({"ok": not findings, "checks": list(CHECKS), "findings": [asdict(f) for f in findings]}))
    else:
        for name in CHECKS:
            failed = [finding.message for finding in findings if finding.check == name]
            print(f"{'✗' if failed else '✓'} {name}", *(f"    {message}" for message in failed), sep="\n")
    return Exit.REFUSED if findings else Exit.OK


def _installation() -> Iterator[Finding]:
    for message in checks.run_checks(databases=["default"]):
        yield Finding("installation", str(message))


def _migrations() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    for migration, _backwards in executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield Finding("migrations", f"{migration} is not applied; run: accord migrate")


CHECKS: dict[str, Callable[[], Iterator[Finding]]] = {"installation": _installation, "migrations": _migrations}
