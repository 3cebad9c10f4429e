"""Random rows for every table of ours, made from the models themselves, so that a new one falls in by itself.

Whatever a constraint refuses is tried again. Every text holds a token of its own, so that a row is known by any of its
words, wherever they turn up.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField, DateRangeField, DateTimeRangeField
from django.db import DatabaseError, models, transaction
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

from accord.access.models import Account, Compartment, Level, Marking
from accord.config.postgres.server import SUPERUSER
from accord.kernel.keys import new_key
from accord.people.models import Organisation
from accord.vetting.choices import COMPARTMENT
from accord.wall.fields import MarkingField
from accord.wall.rule import Is, Rule, StartsWith
from accord.wall.tables import rule_of
from tests.owner import as_owner

Rows = dict[type[models.Model], list[models.Model]]

LEAST, ATTEMPTS = 12, 80
SHARE_OF_NULLS = 0.25
CIRCLES = (COMPARTMENT, "contracts")
# The markings of this mission and the compartments each lies in; "forgotten" is one the mission does not know.
MARKINGS: dict[str, tuple[str, ...]] = {
    "public": (), "internal": (), "shared": (), "checked": (COMPARTMENT,), "bought": ("contracts",), "both": CIRCLES,
}  # fmt: skip
FORGOTTEN = "forgotten"
OURS = [model for model in apps.get_models() if model.__module__.startswith("accord.")]


def fill(chance: Random) -> Rows:
    """At least a dozen rows in every table, wherever its constraints have room for them."""
    rows: Rows = defaultdict(list)
    with transaction.atomic(), as_owner(SUPERUSER):
        for made in _need_to_know():
            rows[type(made)].append(made)
        for model in in_order():
            _fill(model, rows, chance)
    return rows


def in_order() -> Iterator[type[models.Model]]:
    """Every model after those it must point to."""
    waiting, done = list(OURS), set[type[models.Model]]()
    while waiting:
        ready = [model for model in waiting if _needs(model) <= done]
        assert ready, waiting
        yield from ready
        done.update(ready)
        waiting = [model for model in waiting if model not in done]


def _needs(model: type[models.Model]) -> set[Any]:
    pointing = [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    return {field.related_model for field in pointing} - {model}


def _need_to_know() -> Iterator[models.Model]:
    made = [
        Level(code="low", rank=1, name={}),
        *(Compartment(code=code, name={}, purpose={}, steward_role="chief") for code in CIRCLES),
        *(
            Marking(code=code, order=n, name={}, policy="x", level="low", releasable_to=[], compartments=list(inside))
            for n, (code, inside) in enumerate(MARKINGS.items())
        ),
    ]
    for row in made:
        add(row)
    yield from made


def add(row: models.Model) -> None:
    """Without the manager that looks who is asking."""
    table: models.QuerySet[Any] = models.QuerySet(type(row))
    table.bulk_create([row])


def _fill(model: type[models.Model], rows: Rows, chance: Random) -> None:
    values = Values(rows, chance)
    for _attempt in range(ATTEMPTS):
        if len(rows[model]) >= LEAST:
            return
        try:
            row = model(**values.of(model))
            with transaction.atomic():
                add(row)
        except DatabaseError:
            continue
        rows[model].append(row)


class Values:
    """Values for the fields of a model, by the kind of field."""

    def __init__(self, rows: Rows, chance: Random) -> None:
        self.rows, self.chance = rows, chance
        pick, some = chance.choice, chance.randrange
        self.makers: dict[type[models.Field[Any, Any]], Callable[[Any], Any]] = {
            MarkingField: lambda _field: pick([*MARKINGS, FORGOTTEN, None]),
            models.ForeignKey: self._pointing,
            models.UUIDField: lambda _field: pick(rows[Account]).pk if rows[Account] else new_key(),
            models.JSONField: lambda _field: {"en": self.token(), "ar": self.token()},
            models.EmailField: lambda _field: f"{self.token()}@example.org",
            models.CharField: lambda field: self.token()[-(field.max_length or 40) :],
            models.TextField: lambda _field: self.token(),
            models.BinaryField: lambda _field: self.token().encode(),
            models.BooleanField: lambda _field: pick([True, False]),
            models.IntegerField: lambda _field: some(1, 30_000),
            models.FloatField: lambda _field: chance.random(),
            models.DateTimeField: lambda _field: self.moment(),
            models.DateField: lambda _field: self.moment().date(),
            DateRangeField: lambda _field: DateRange(*self._days()),
            DateTimeRangeField: lambda _field: self._hours(),
            ArrayField: self._several,
        }

    def of(self, model: type[models.Model]) -> dict[str, Any]:
        return {
            field.attname if isinstance(field, models.ForeignKey) else field.name: self._value(model, field)
            for field in model._meta.concrete_fields
            if not (field.primary_key and isinstance(field, models.UUIDField))
        }

    def token(self) -> str:
        return f"zq{self.chance.getrandbits(48):012x}"

    def moment(self) -> datetime:
        return datetime(2020, 1, 1, tzinfo=UTC) + timedelta(hours=self.chance.randrange(24 * 365 * 20))

    def _value(self, model: type[models.Model], field: Any) -> Any:
        if field.null and not isinstance(field, MarkingField) and self.chance.random() < SHARE_OF_NULLS:
            return None
        if known := list(_asked_for(rule_of(model), field.name)):
            return self.chance.choice([*known, self._made(field)])
        return self._made(field)

    def _made(self, field: Any) -> Any:
        if field.choices:
            return self.chance.choice([value for value, _label in field.flatchoices])
        return next(self.makers[kind](field) for kind in type(field).__mro__ if kind in self.makers)

    def _pointing(self, field: Any) -> Any:
        made = self.rows[field.related_model]
        return getattr(self.chance.choice(made), field.target_field.attname) if made else None

    def _several(self, field: Any) -> list[Any]:
        if not isinstance(field.base_field, models.UUIDField):
            return []
        return [row.pk for row in self.chance.sample(self.rows[Organisation], 2)]

    def _days(self) -> tuple[date, date]:
        start = self.moment().date()
        return start, start + timedelta(days=self.chance.randrange(1, 60))

    def _hours(self) -> Any:
        start = self.moment()
        return DateTimeTZRange(start, start + timedelta(hours=1))


def _asked_for(rule: Rule, field: str) -> Iterator[Any]:
    """The values of this field that the rule of its table looks for."""
    for part in rule.parts():
        yield from _asked_for(part, field)
    if isinstance(rule, Is) and rule.field == field:
        yield from rule.values
    if isinstance(rule, StartsWith) and rule.field == field:
        yield f"{rule.start}x"
