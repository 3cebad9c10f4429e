"""Which rule guards which table; and the manager that applies it to every queryset.

Each context declares its rules in ``visibility.py``; ``config`` gathers them when the software starts. A model of ours
without a rule cannot be read at all.
"""

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from django.db import models
from django.db.models import QuerySet

from accord.kernel.actor import Actor
from accord.wall.rule import Rule, resolved
from accord.wall.standing import reader

M_co = TypeVar("M_co", bound=models.Model, covariant=True)

_rules: dict[type[models.Model], Rule] = {}


def guard(rules: Mapping[type[models.Model], Rule]) -> None:
    """Take over the rules of a context."""
    _rules.update(rules)


def guarded() -> Mapping[type[models.Model], Rule]:
    """Every guarded model with its rule."""
    return _rules


def rule_of(model: type[models.Model]) -> Rule:
    if model not in _rules:
        raise LookupError(f"{model._meta.label} has no rule: say in visibility.py who may read it")
    return _rules[model]


def model_named(label: str) -> type[models.Model] | None:
    """The guarded model of that name, such as ``advising.engagement``."""
    return next((model for model in _rules if model._meta.label_lower == label), None)


def seen(model: type[M_co]) -> QuerySet[M_co]:
    """The rows whoever is looking may read."""
    rows: QuerySet[M_co] = cast(Any, model).objects.all()
    return rows


def readable(model: type[M_co], actor: Actor) -> QuerySet[M_co]:
    """The rows this actor may read: the queryset's side of the rule."""
    rows: QuerySet[M_co] = models.QuerySet(model)
    return rows if actor.side == "system" else rows.filter(resolved(rule_of(model).q(actor), model, readable))


class Guarded(models.Manager[M_co]):
    """Yields what whoever is looking may read; nothing when nobody is, everything when the software is at work."""

    def get_queryset(self) -> QuerySet[M_co]:
        rows = super().get_queryset()
        rule, actor = rule_of(self.model), reader()
        if actor is None:
            return rows.none()
        return rows if actor.side == "system" else rows.filter(resolved(rule.q(actor), self.model, readable))


def why(model: type[models.Model], actor: Actor, row: models.Model) -> list[tuple[Any, bool]]:
    """Each condition of the rule in words, and whether it lets this actor read the row."""
    return [(part.words, _admits(part, model, actor, row)) for part in _conditions(rule_of(model))]


def _conditions(rule: Rule) -> list[Rule]:
    parts = rule.parts()
    return [leaf for part in parts for leaf in _conditions(part)] if parts else [rule]


def _admits(rule: Rule, model: type[models.Model], actor: Actor, row: models.Model) -> bool:
    asked: QuerySet[Any] = models.QuerySet(model)
    return asked.filter(resolved(rule.q(actor), model, readable), pk=row.pk).exists()
