"""Dates and numbers as a language writes them. Languages are codes such as ``ar``; days carry no zone."""

from collections.abc import Sequence
from datetime import date

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

# Iraq writes Arabic with Arabic-Indic digits: ar_IQ says so and plain ar does not. English is written as in Britain.
_REGIONS = {"en": "en_GB", "ar": "ar_IQ", "ckb": "ckb_IQ"}
# Babel leaves Arabic in Latin digits unless asked for the locale's own numbering system.
_DIGITS = {"ar": str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"), "ckb": str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")}


def locale(language: str) -> Locale:
    base = language.split("-", maxsplit=1)[0]
    return Locale.parse(_REGIONS.get(base, base))


def digits(text: str, language: str) -> str:
    table = _DIGITS.get(language.split("-", maxsplit=1)[0])
    return text.translate(table) if table else text


def written_day(value: date, language: str, style: str = "long") -> str:
    return digits(format_date(value, style, locale=locale(language)), language)


def written_month(value: date, language: str) -> str:
    return digits(format_date(value, "MMMM y", locale=locale(language)), language)


def written_number(value: float, language: str) -> str:
    return digits(format_decimal(value, locale=locale(language)), language)


def written_list(items: Sequence[str], language: str) -> str:
    return format_list(list(items), locale=locale(language))
