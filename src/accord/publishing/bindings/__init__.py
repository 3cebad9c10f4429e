"""Bindings: by name, the function that reads the records of a day for a claim. None means: not true on that day."""

from collections.abc import Mapping

from accord.publishing.bindings import mandate, others, work
from accord.publishing.bindings.reading import Binding, Day, Reading, RecordRef

REGISTRY: Mapping[str, Binding] = {
    "launch": mandate.launch,
    "established": mandate.established,
    "posture": mandate.posture,
    "nature": mandate.nature,
    "clause": mandate.clause,
    "expansion": mandate.expansion,
    "advised": work.advised,
    "schools": work.schools,
    "focus": work.focus,
    "incumbent": work.incumbent,
    "size": work.size,
    "allies": others.allies,
    "partners": others.partners,
    "relation": others.relation,
}

# The slots each binding fills, so that a sentence can be checked before any record exists. Every sentence has COMMON.
COMMON = frozenset({"mission", "acronym", "host", "nation_of_host"})
SLOTS: Mapping[str, frozenset[str]] = {
    "launch": frozenset({"month", "title"}),
    "established": frozenset({"when", "place"}),
    "posture": frozenset({"place", "since"}),
    "nature": frozenset({"activities"}),
    "clause": frozenset(),
    "expansion": frozenset({"month", "day", "institutions"}),
    "advised": frozenset({"institutions"}),
    "schools": frozenset({"area", "schools"}),
    "focus": frozenset({"areas", "count"}),
    "incumbent": frozenset({"rank", "name", "nation"}),
    "size": frozenset({"size"}),
    "allies": frozenset({"allies", "names"}),
    "partners": frozenset({"partners", "names"}),
    "relation": frozenset({"names", "subject", "means", "since"}),
}

__all__ = ["COMMON", "REGISTRY", "SLOTS", "Binding", "Day", "Reading", "RecordRef"]
