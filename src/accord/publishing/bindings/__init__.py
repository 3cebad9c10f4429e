"""Bindings: by name, the function that reads the records of a day for a claim. None means: not true on that day."""

from collections.abc import Mapping
from dataclasses import dataclass

from accord.publishing.bindings import mandate, others, work
from accord.publishing.bindings.reading import Binding, Day, Reading, RecordRef


@dataclass(frozen=True, slots=True)
class Known:
    """A binding with the slots it fills and the options it takes, so that a wording is checked before any record."""

    read: Binding
    slots: frozenset[str] = frozenset()
    options: frozenset[str] = frozenset()


def _words(names: str) -> frozenset[str]:
    return frozenset(names.split())


LIST = _words("order before join")
REGISTRY: Mapping[str, Known] = {
    "launch": Known(mandate.launch, _words("month title"), _words("version")),
    "established": Known(mandate.established, _words("when place")),
    "posture": Known(mandate.posture, _words("place since"), _words("kinds precision")),
    "nature": Known(mandate.nature, _words("activities"), _words("types clauses") | LIST),
    "clause": Known(mandate.clause, frozenset(), _words("clauses")),
    "expansion": Known(mandate.expansion, _words("month day institutions"), _words("version") | LIST),
    "advised": Known(work.advised, _words("institutions"), LIST),
    "schools": Known(work.schools, _words("area schools"), _words("area") | LIST),
    "focus": Known(work.focus, _words("areas count"), _words("forms") | LIST),
    "incumbent": Known(work.incumbent, _words("rank name nation"), _words("position")),
    "size": Known(work.size, _words("size")),
    "allies": Known(others.allies, _words("allies names"), _words("forms") | LIST),
    "partners": Known(others.partners, _words("partners names"), _words("forms") | LIST),
    "relation": Known(others.relation, _words("names subject means since"), _words("kind subject targets") | LIST),
}

# Every sentence may use these slots, and every wording may have variants.
COMMON_SLOTS = _words("mission acronym host nation_of_host")
COMMON_OPTIONS = _words("variants")
OPTION_SHAPES: Mapping[str, type] = {
    **dict.fromkeys(("types", "clauses", "kinds", "targets", "order"), list),
    **dict.fromkeys(("variants", "precision", "forms", "before", "join"), dict),
    **dict.fromkeys(("position", "area", "kind", "subject"), str),
    "version": int,
}

__all__ = [
    "COMMON_OPTIONS",
    "COMMON_SLOTS",
    "OPTION_SHAPES",
    "REGISTRY",
    "Binding",
    "Day",
    "Reading",
    "RecordRef",
]
