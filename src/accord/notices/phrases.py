"""A sentence with slots that is put into words only when the reader's language is known."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import translation

from accord.kernel.text import localised
from accord.kernel.writing import written_day


class Phrase:
    """A lazy translation with named slots: a mapping is said in the reader's language, a date as it writes days."""

    def __init__(self, message: Any, **slots: Any) -> None:
        self.message = message
        self.slots = slots

    def __str__(self) -> str:
        language = translation.get_language() or "en"
        return str(self.message) % {name: _said(value, language) for name, value in self.slots.items()}

    def __repr__(self) -> str:
        return f"Phrase({str(self)!r})"


def _said(value: Any, language: str) -> Any:
    if isinstance(value, Mapping):
        return localised(value, language)
    if isinstance(value, date):
        return written_day(value, language)
    return value
