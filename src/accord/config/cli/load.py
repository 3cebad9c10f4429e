"""Load a mission from its folder.

All of it or nothing: a folder with a mistake changes nothing, and every mistake is named with file, line and field.
Loading the same folder again changes only what its files changed since.

examples:
  accord load missions/nmi
  accord load missions/nmi --json
"""

import argparse
import json
from pathlib import Path

from accord.config.cli.exits import Exit
from accord.config.cli.options import add_json
from accord.exchange.errors import BrokenMission
from accord.exchange.services import LoadReport, load_mission
from accord.kernel.actor import system

NEEDS_DATABASE = True


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="the folder with the mission's files")
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    try:
        report = load_mission(actor=system("load"), folder=arguments.folder)
    except BrokenMission as broken:
        if not arguments.json:
            raise
        print(_json({"loaded": False, "problems": [problem.plain() for problem in broken.problems]}))
        return Exit.REFUSED
    print(_json({"loaded": True, **report.plain()}) if arguments.json else _summary(report))
    return Exit.OK


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2)


def _summary(report: LoadReport) -> str:
    if not report.changed:
        return f"Mission {report.mission}: nothing has changed since it was loaded."
    lines = [f"Mission {report.mission} is loaded:"]
    for kind, counts in report.counts.items():
        told = [f"{number} {word}" for word, number in counts.plain().items() if number]
        lines.append(f"  {kind:<24}{', '.join(told) or 'none'}")
    return "\n".join(lines)
