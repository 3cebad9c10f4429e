"""Who may read what is marked, and how long a grant holds: facts in, answer out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

SEPARATOR = "+"

# A month has at most 31 days: who confirms on the same day of each month lets nothing lapse.
CONFIRMED_FOR = timedelta(days=31)
ASK_AGAIN_AFTER = timedelta(days=24)


@dataclass(frozen=True, slots=True)
class MarkingFacts:
    """``rank`` is that of its level. A reader needs one of ``releasable_to`` and all of ``compartments``."""

    code: str
    rank: int
    releasable_to: frozenset[str]
    compartments: frozenset[str]


@dataclass(frozen=True, slots=True)
class ReaderFacts:
    """``rank`` is the highest level he may read; ``releases`` are his side, nation and organisation."""

    rank: int
    releases: frozenset[str]
    compartments: frozenset[str]


def why(reader: ReaderFacts, marking: MarkingFacts) -> tuple[tuple[str, bool], ...]:
    """Everything the marking asks of a reader and whether he has it: ``level``, ``release``, ``compartment:<code>``."""
    return (
        ("level", marking.rank <= reader.rank),
        ("release", not marking.releasable_to.isdisjoint(reader.releases)),
        *((f"compartment:{code}", code in reader.compartments) for code in sorted(marking.compartments)),
    )


def may_read(reader: ReaderFacts, marking: MarkingFacts) -> bool:
    """A marking releasable to nobody is read by nobody."""
    return all(has for _asked, has in why(reader, marking))


def readable(reader: ReaderFacts, markings: Iterable[MarkingFacts]) -> frozenset[str]:
    return frozenset(marking.code for marking in markings if may_read(reader, marking))


def joined(a: MarkingFacts, b: MarkingFacts) -> MarkingFacts:
    """The high-water mark of two sources: nobody reads it who may not read both."""
    return MarkingFacts(
        code=SEPARATOR.join(sorted({*a.code.split(SEPARATOR), *b.code.split(SEPARATOR)})),
        rank=max(a.rank, b.rank),
        releasable_to=a.releasable_to & b.releasable_to,
        compartments=a.compartments | b.compartments,
    )


def has_lapsed(confirmed_on: date, on: date) -> bool:
    """Nobody confirmed for more than a month that the holder of a grant still needs it."""
    return on - confirmed_on > CONFIRMED_FOR


def is_confirmation_due(confirmed_on: date, on: date) -> bool:
    """A week before it would lapse the steward is asked."""
    return on - confirmed_on >= ASK_AGAIN_AFTER
