"""Check the installation and its data.

Asks Django's system checks, whether every migration is applied, whether every field is in the register of personal
data, whether the trail is what was sealed, whether the file of identity providers can be relied on, and the gate again
about every engagement that is planned or was conducted.
Reports what it finds and changes nothing.

examples:
  accord check
  accord check --json
"""

import argparse
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

from django.conf import settings
from django.core import checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from accord.advising.choices import EngagementState
from accord.advising.models import Engagement
from accord.advising.services.engagements import question_of
from accord.audit.queries import verify_trail
from accord.config import privacy
from accord.config.cli.exits import Exit
from accord.config.cli.options import add_json
from accord.mandate.gate import ask
from accord.web.federation import providers

NEEDS_DATABASE = True
STANDING = (EngagementState.PLANNED, EngagementState.CONDUCTED)


@dataclass(frozen=True)
class Finding:
    check: str
    message: str


def configure(parser: argparse.ArgumentParser) -> None:
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    findings = list(_findings())
    if arguments.json:
        print(json.dumps({"ok": not findings, "checks": list(CHECKS), "findings": [asdict(f) for f in findings]}))
    else:
        for name in CHECKS:
            failed = [finding.message for finding in findings if finding.check == name]
            print(f"{'✗' if failed else '✓'} {name}", *(f"    {message}" for message in failed), sep="\n")
    return Exit.REFUSED if findings else Exit.OK


def _findings() -> Iterator[Finding]:
    """Records are only looked at in a database that this version can read."""
    for check in CHECKS.values():
        found = list(check())
        yield from found
        if check is _migrations and found:
            return


def _installation() -> Iterator[Finding]:
    for message in checks.run_checks(databases=["default"]):
        yield Finding("installation", str(message))


def _migrations() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    for migration, _backwards in executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield Finding("migrations", f"{migration} is not applied; run: accord migrate")


def _personal_data() -> Iterator[Finding]:
    for problem in privacy.problems():
        yield Finding("personal data", problem)


def _trail() -> Iterator[Finding]:
    for finding in verify_trail().findings:
        yield Finding("trail", finding.message)


def _identity_providers() -> Iterator[Finding]:
    try:
        providers.read(settings.IDENTITY_PROVIDERS, settings.CLIENT_SECRETS)
    except providers.Broken as trouble:
        yield Finding("identity providers", str(trouble))


def _consent() -> Iterator[Finding]:
    """What was or will be done stands under consent: the gate is asked again about every engagement and its day."""
    for engagement in Engagement.objects.filter(state__in=STANDING, is_history=False).order_by("starts_at"):
        verdict = ask(question_of(engagement))
        for refusal in verdict.refusals:
            yield Finding("consent", f"{engagement} ({engagement.state}, {verdict.question.on}): {refusal.message}")


CHECKS: dict[str, Callable[[], Iterator[Finding]]] = {
    "installation": _installation,
    "migrations": _migrations,
    "personal data": _personal_data,
    "trail": _trail,
    "identity providers": _identity_providers,
    "consent": _consent,
}
