"""Slots of a sentence, each put into words only when the language is known. Plain functions over plain values."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from accord.kernel.text import localised
from accord.kernel.writing import digits, locale, written_day, written_list, written_month, written_number

Words = Mapping[str, str]
Slot = Callable[[str], str]


def said(words: Words) -> Slot:
    return lambda language: localised(words, language)


def dated(day: date, precision: str) -> Slot:
    if precision == "year":
        return lambda language: digits(str(day.year), language)
    return lambda language: written_month(day, language) if precision == "month" else written_day(day, language)


def counted(count: int, forms: Mapping[str, Mapping[str, str]]) -> Slot:
    """The form of a counted thing: the one for just this count (``"3"``), else for the language's plural category."""

    def write(language: str) -> str:
        known = _of(forms, language)
        form: str = known.get(str(count)) or known.get(locale(language).plural_form(count)) or known.get("other", "{n}")
        return form.replace("{n}", written_number(count, language))

    return write


def listed(names: Mapping[str, Words], options: Mapping[str, Any]) -> Slot:
    """Names in a row. ``order`` names the codes that come first, ``before`` puts a word before each (``*``, or by
    code), ``join`` names two separators for items that have commas or an *and* of their own."""

    def write(language: str) -> str:
        before = _of(options.get("before", {}), language)
        codes = dict.fromkeys(code for code in (*options.get("order", []), *names) if code in names)
        items = [before.get(code, before.get("*", "")) + localised(names[code], language) for code in codes]
        join = _of(options.get("join", {}), language)
        return _joined(items, *join) if join else written_list(items, language)

    return write


def _joined(items: Sequence[str], between: str, last: str) -> str:
    return last.join([*([between.join(items[:-1])] if len(items) > 1 else []), *items[-1:]])


def _of(choice: Mapping[str, Any], language: str) -> Any:
    return choice.get(language) or choice.get(language.split("-", 1)[0]) or {}
