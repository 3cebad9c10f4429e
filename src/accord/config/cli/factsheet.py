"""Write the public fact sheet as of a day.

Every sentence is bound to records and names its sources. Without a day it is the sheet of today.

examples:
  accord factsheet --as-of 2021-06-30
  accord factsheet --as-of 2021-06-30 --format json
  accord factsheet --as-of 2024-06-01 --lang ar --format pdf --output factsheet.pdf
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

from accord.config.cli.exits import Exit
from accord.config.cli.options import add_language, day
from accord.kernel.clock import today
from accord.kernel.text import localised
from accord.kernel.writing import written_day
from accord.publishing import queries
from accord.publishing.choices import Section
from accord.publishing.formats import as_json
from accord.publishing.pdf import pdf
from accord.publishing.rules import Sheet

NEEDS_DATABASE = True


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--as-of", type=day, metavar="DAY", help="the day as 2021-06-30 (default: today)")
    parser.add_argument("--format", choices=FORMATS, default="text", help="what to write (default: text)")
    parser.add_argument("--output", type=Path, metavar="FILE", help="where to write it (default: to the terminal)")
    add_language(parser)


def run(arguments: argparse.Namespace) -> int:
    sheet = queries.sheet(arguments.as_of or today())
    with translation.override(arguments.lang):
        content = FORMATS[arguments.format](sheet, arguments.lang)
    output = arguments.output
    if output is None and arguments.format == "pdf" and sys.stdout.isatty():
        output = Path(f"factsheet-{sheet.as_of}-{arguments.lang}.pdf")  # a terminal cannot show it
    if output is None:
        sys.stdout.buffer.write(content)
    else:
        output.write_bytes(content)
        print(f"Written: {output}", file=sys.stderr)
    return Exit.OK


def _json(sheet: Sheet, _language: str) -> bytes:
    """Every language at once, so that one file serves all readers."""
    return json.dumps(as_json(sheet), ensure_ascii=False, indent=2).encode() + b"\n"


def _text(sheet: Sheet, language: str) -> bytes:
    return ("\n".join(_lines(sheet, language)) + "\n").encode()


def _lines(sheet: Sheet, language: str) -> Iterator[str]:
    yield f"{localised(sheet.name, language)}, {written_day(sheet.as_of, language)}"
    for section in Section:
        claims = sheet.section(section)
        if claims:
            yield f"\n{section.label}"
        for claim in claims:
            notes = "".join(f"[{number}]" for number in sheet.numbers(claim))
            yield f"  {localised(claim.text, language)} {notes}"
    yield f"\n{_('Sources')}"
    for citation in sheet.citations:
        source = citation.source
        yield f"  [{citation.number}] {localised(citation.note, language) or f'{source.kind}: {source.ref}'}"


FORMATS: dict[str, Callable[[Sheet, str], bytes]] = {"text": _text, "json": _json, "pdf": pdf}
