"""What somebody may read today, by level, release and compartment."""

from dataclasses import dataclass
from datetime import date

from accord.access.models import Account, Level, Marking
from accord.access.queries.compartments import compartments_of, emergency_compartments_of
from accord.access.rules import MarkingFacts, ReaderFacts, readable
from accord.kernel.clock import now


@dataclass(frozen=True, slots=True)
class NeedToKnow:
    """``emergency`` are the compartments open by break-glass alone; ``markings`` the codes of all he may read.

    ``emergency_markings`` are the markings he reads by break-glass alone.
    """

    compartments: frozenset[str]
    emergency: frozenset[str]
    markings: frozenset[str]
    emergency_markings: frozenset[str]


def marking_facts() -> list[MarkingFacts]:
    """Every marking of the mission; one whose level the mission does not know can be read by nobody."""
    ranks = dict(Level.objects.values_list("code", "rank"))
    return [
        MarkingFacts(m.code, ranks[m.level], frozenset(m.releasable_to), frozenset(m.compartments))
        for m in Marking.objects.all()
        if m.level in ranks
    ]


def need_to_know_of(account: Account, side: str, releases: frozenset[str], on: date) -> NeedToKnow:
    """``releases`` are the side, nation and organisations by which a marking can name the reader."""
    compartments = compartments_of(account.pk, on, now())
    emergency = emergency_compartments_of(account.pk, now())
    rank, facts = clearance_rank(account.clearance, side), marking_facts()
    read = readable(ReaderFacts(rank, releases, compartments), facts)
    written = readable(ReaderFacts(rank, releases, compartments - emergency), facts)
    return NeedToKnow(compartments, emergency, read, read - written)


def clearance_rank(clearance: str, side: str) -> int:
    """The highest rank somebody may read: that of his own clearance, else what is ordinary for his side, or the lowest.

    -1 reads nothing: the mission has no levels at all.
    """
    levels = list(Level.objects.all())
    own = [level.rank for level in levels if level.code == clearance]
    ordinary = [level.rank for level in levels if side in level.ordinary_for]
    lowest = [min((level.rank for level in levels), default=-1)]
    return max(own or ordinary or lowest)
