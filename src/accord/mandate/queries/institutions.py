"""Which institutions the mandate of a day reaches."""

from datetime import date
from typing import Any
from uuid import UUID

from accord.mandate.choices import ExpansionState, VersionState
from accord.mandate.facts import scope_of
from accord.mandate.models import ExpansionInstitution, VersionInstitution
from accord.people.queries import line_upward, parents_on


def institutions_within(on: date) -> frozenset[UUID]:
    """Everything the version and the expansion steps in force name, with what stands under it that day (S6, S7)."""
    named: list[Any] = list(
        VersionInstitution.objects.filter(version__state=VersionState.IN_FORCE, version__period__contains=on)
    )
    named += ExpansionInstitution.objects.filter(
        expansion__state__in=[ExpansionState.IN_FORCE, ExpansionState.REVIEWED], expansion__period__contains=on
    )
    scope, parents = scope_of(named), parents_on(on)
    under = {child for child in parents if any(above in scope.deep for above in line_upward(child, parents))}
    return scope.exact | under
