"""Random people who look at the rows of ``tests.wall.rows``."""

from collections.abc import Iterator
from importlib import import_module
from random import Random
from typing import Any, cast

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from accord.access.models import Account
from accord.kernel.actor import Actor, Side
from accord.people.models import Organisation, Position
from tests.wall.rows import CIRCLES, MARKINGS, Rows

SIDES: tuple[Side, ...] = ("mission", "host", "partner", "public")


def permissions() -> list[str]:
    """Every permission any context declares."""
    contexts = [context for context in apps.get_app_configs() if context.name.startswith("accord.") and context.module]
    declared: list[Any] = [
        import_module(f"{context.name}.permissions").Permission
        for context in contexts
        if module_has_submodule(cast(Any, context.module), "permissions")
    ]
    return [str(permission) for listed in declared for permission in listed]


def random_people(number: int, rows: Rows, chance: Random) -> Iterator[Actor]:
    every = permissions()
    for n in range(number):
        share = chance.choice([0.1, 0.5, 0.9])
        let_in = frozenset(code for code in CIRCLES if chance.random() < 0.4)
        emergency = frozenset(code for code in sorted(let_in) if chance.random() < 0.3)
        markings = frozenset(
            code for code, inside in MARKINGS.items() if let_in.issuperset(inside) and chance.random() < 0.7
        )
        yield Actor(
            name=f"Random {n} (fictional)",
            side=chance.choice(SIDES),
            permissions=frozenset(one for one in every if chance.random() < share),
            account_id=chance.choice([*(row.pk for row in rows[Account]), None]),
            position_ids=some(rows, Position, chance),
            within=some(rows, Organisation, chance),
            compartments=let_in,
            emergency=emergency,
            markings=markings,
            emergency_markings=frozenset(code for code in markings if emergency.intersection(MARKINGS[code])),
        )


def some(rows: Rows, model: type[Any], chance: Random) -> frozenset[Any]:
    keys = [row.pk for row in rows[model]]
    return frozenset(chance.sample(keys, chance.randrange(4)))
