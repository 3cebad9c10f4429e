"""Options that several commands share."""

import argparse
from datetime import date

from django.conf import settings


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a day; write it as 2023-08-18") from None


def add_language(parser: argparse.ArgumentParser) -> None:
    codes = [code for code, _name in settings.LANGUAGES]
    parser.add_argument("--lang", choices=codes, default=settings.LANGUAGE_CODE, help="the language (default: en)")


def add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")
