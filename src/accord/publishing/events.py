from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class EditionPublished:
    number: int
    as_of: date
