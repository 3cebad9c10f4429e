"""Ask the gate whether an activity is allowed on a day.

It answers with what every page, import and plan gets: yes, or each reason for a no with its clause, the record that is
missing or in conflict, and who can supply it. Asking changes nothing.

examples:
  accord gate --institution "Ministry of Defence" --type advise --place Baghdad --on 2023-08-18
  accord gate --institution "Ministry of Interior" --type advise --place Baghdad --on 2023-08-16 --lang ar
  accord gate --institution "Ministry of Interior" --type train --place Basra --on 2024-03-01 --mode remote --json

kinds of activity: advise, train, capacity_build, coordinate, support, assistance
"""

import argparse
import json
from collections.abc import Iterator

from django.utils import translation
from django.utils.translation import gettext as _

from accord.config.cli.exits import Exit
from accord.config.cli.options import add_json, add_language, day
from accord.kernel.clock import today
from accord.kernel.text import localised
from accord.kernel.writing import written_day
from accord.mandate import gate
from accord.mandate.choices import ActivityType, Mode
from accord.mandate.rules import Refusal, Verdict

NEEDS_DATABASE = True


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--institution", required=True, metavar="NAME", help="who is advised, by any known spelling")
    parser.add_argument("--type", required=True, metavar="KIND", help="the kind of activity, see below")
    parser.add_argument("--place", required=True, metavar="NAME", help="where, by any known spelling")
    parser.add_argument("--on", type=day, default=None, metavar="DAY", help="the day as 2023-08-18 (default: today)")
    parser.add_argument("--mode", choices=Mode.values, default=Mode.IN_PERSON, help="how (default: in_person)")
    add_language(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    question = gate.question_in_words(
        type=arguments.type,
        on=arguments.on or today(),
        institution=arguments.institution,
        place=arguments.place,
        mode=arguments.mode,
    )
    verdict = gate.ask(question)
    if arguments.json:
        print(json.dumps(gate.plain(verdict), ensure_ascii=False, indent=2))
    else:
        with translation.override(arguments.lang):
            print("\n".join(_lines(verdict, arguments.lang)))
    return Exit.OK if verdict.allowed else Exit.REFUSED


def _lines(verdict: Verdict, language: str) -> Iterator[str]:
    asked = verdict.question
    parts = (
        ActivityType(asked.type).label if asked.type in ActivityType.values else asked.type,
        localised(asked.institution.name, language) if asked.institution else asked.institution_words,
        localised(asked.place.name, language) if asked.place else asked.place_words,
        Mode(asked.mode).label,
        written_day(asked.on, language),
    )
    yield f"{_('Allowed') if verdict.allowed else _('Refused')}: {' · '.join(map(str, parts))}"
    if verdict.allowed and verdict.accord_title:
        yield f"  {_('Under the accord')}: {localised(verdict.accord_title, language)}"
    for refusal in verdict.refusals:
        yield from _reason(refusal, language)


def _reason(refusal: Refusal, language: str) -> Iterator[str]:
    needed, helper, clause = _("Needed"), _("Who can help"), _("The clause")  # the catalogue reads no f-strings
    yield ""
    yield f"  ✗ {refusal.clause or refusal.rule}: {refusal.message}"
    yield f"      {needed}: {refusal.record}"
    yield f"      {helper}: {refusal.who}"
    if words := localised(refusal.clause_text, language):
        yield f"      {clause}: {words}"
