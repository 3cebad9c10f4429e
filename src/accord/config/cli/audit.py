"""Seal the trail, or verify that it is what was sealed.

`seal` seals every entry that waits; the worker does the same every minute. `verify` computes everything anew from the
entries and compares it with the seals, their signatures and the file of checkpoints. With --anchor it also compares
with a copy of checkpoints that an auditor keeps elsewhere: only such a copy shows that database and file were
rewritten together. See docs/trail.md.

examples:
  accord audit verify
  accord audit verify --anchor /media/auditor/checkpoints.jsonl
  accord audit verify --json
  accord audit seal
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from accord.audit.queries import MOST_FINDINGS, Verification, verify_trail
from accord.audit.services import seal_waiting
from accord.config.cli.exits import Exit
from accord.config.cli.options import add_json

NEEDS_DATABASE = True


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="seal|verify")
    actions.add_parser("seal", help="seal every entry that waits", allow_abbrev=False)
    verify = actions.add_parser("verify", help="verify the whole trail", allow_abbrev=False)
    verify.add_argument("--anchor", type=Path, metavar="FILE", help="a copy of checkpoints that was kept elsewhere")
    add_json(verify)


def run(arguments: argparse.Namespace) -> int:
    if arguments.action == "seal":
        print(f"Entries sealed: {seal_waiting():,}")
        return Exit.OK
    verification = verify_trail(arguments.anchor)
    if arguments.json:
        print(json.dumps({"ok": not verification.findings, "speed": _speed(verification), **asdict(verification)}))
    else:
        print("\n".join(_lines(verification)))
    return Exit.REFUSED if verification.findings else Exit.OK


def _lines(verification: Verification) -> Iterator[str]:
    for finding in verification.findings:
        yield f"✗ {finding.message}"
    if len(verification.findings) == MOST_FINDINGS:
        yield f"✗ After {MOST_FINDINGS:,} findings it was not read further."
    if not verification.findings:
        yield "✓ The trail is what was sealed."
    yield f"  Read: {verification.sealed:,} (under seals: {verification.seals:,})"
    yield f"  Waiting for a seal, so that nothing can be said of them: {verification.waiting:,}"
    yield f"  Time: {verification.seconds:.1f} s ({_speed(verification):,} entries a second)"


def _speed(verification: Verification) -> int:
    return round(verification.sealed / verification.seconds)
