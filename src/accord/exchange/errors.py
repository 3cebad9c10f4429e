"""What is wrong with a mission folder, said so that its author can mend it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from accord.kernel.errors import AccordError
from accord.notices.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Problem:
    """``line`` counts from 1; ``field`` is the dotted path inside the entry, list items counted from 1."""

    file: str
    line: int
    field: str
    message: Any

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}"
        return f"{where}: {self.field}: {self.message}" if self.field else f"{where}: {self.message}"

    def plain(self) -> dict[str, Any]:
        return {"file": self.file, "line": self.line, "field": self.field, "message": str(self.message)}


class BrokenMission(AccordError):
    """The folder cannot be loaded; nothing in the database changed. Carries all problems found at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(
            Phrase(
                _("The mission folder was not loaded and nothing changed. Problems to mend: %(count)s."),
                count=len(problems),
            )
        )
        self.problems = sorted(problems, key=lambda p: (p.file, p.line, p.field))

    def __str__(self) -> str:
        return "\n".join([str(self.message), *map(str, self.problems)])
