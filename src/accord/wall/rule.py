"""Who may read a row, written once.

A rule says the same in two languages: ``q`` for a queryset, given an actor, and ``sql`` for a policy of PostgreSQL,
which asks the signed standing of the session. ``words`` says it to a person. For the software itself and for a use case
under way every condition about the reader holds; compartments stay closed to both.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from accord.kernel.actor import Actor

ALL, NONE = ~Q(pk__in=[]), Q(pk__in=[])
SHUT = "(SELECT wall.shut())"
AT_WORK = "(SELECT wall.at_work())"
SIDES = {
    "public": _("the public"),
    "mission": _("the mission"),
    "host": _("the host nation"),
    "partner": _("partner organisations"),
}


class Rule(ABC):
    """One condition, or several joined by ``&`` and ``|``."""

    words: ClassVar[Any] = ""

    @abstractmethod
    def q(self, actor: Actor) -> Q:
        """The condition for a queryset; see ``resolved``."""

    @abstractmethod
    def sql(self, model: type[Model]) -> str:
        """The condition for a policy on the table of this model."""

    def parts(self) -> tuple["Rule", ...]:
        """The rules it is made of, for those who take it apart."""
        return ()

    def unwritable(self, model: type[Model]) -> tuple[str, ...]:
        """When a row must not be written though it is read: in an emergency one only reads."""
        return tuple(condition for part in self.parts() for condition in part.unwritable(model))

    def __and__(self, other: "Rule") -> "Rule":
        return AllOf((*_same(self, AllOf), *_same(other, AllOf)))

    def __or__(self, other: "Rule") -> "Rule":
        return AnyOf((*_same(self, AnyOf), *_same(other, AnyOf)))


@dataclass(frozen=True)
class AllOf(Rule):
    rules: tuple[Rule, ...]

    def q(self, actor: Actor) -> Q:
        joined = Q()
        for rule in self.rules:
            joined &= rule.q(actor)
        return joined

    def sql(self, model: type[Model]) -> str:
        return "(" + " AND ".join(rule.sql(model) for rule in self.rules) + ")"

    def parts(self) -> tuple[Rule, ...]:
        return self.rules


@dataclass(frozen=True)
class AnyOf(Rule):
    rules: tuple[Rule, ...]

    def q(self, actor: Actor) -> Q:
        joined = NONE
        for rule in self.rules:
            joined |= rule.q(actor)
        return joined

    def sql(self, model: type[Model]) -> str:
        return "(" + " OR ".join(rule.sql(model) for rule in self.rules) + ")"

    def parts(self) -> tuple[Rule, ...]:
        return self.rules


def _same(rule: Rule, kind: type[AllOf] | type[AnyOf]) -> tuple[Rule, ...]:
    return rule.parts() if isinstance(rule, kind) else (rule,)


@dataclass(frozen=True)
class Anybody(Rule):
    """Even those who have not signed in; but not a session that does not say for whom it reads."""

    words: ClassVar[Any] = _("Everybody may read it.")

    def q(self, actor: Actor) -> Q:  # noqa: ARG002 - it does not matter who
        return ALL

    def sql(self, model: type[Model]) -> str:  # noqa: ARG002
        return "(SELECT wall.side()) <> ''"


@dataclass(frozen=True)
class Nobody(Rule):
    """The software alone, for instance to let somebody in."""

    words: ClassVar[Any] = _("Only the software reads it, for itself.")

    def q(self, actor: Actor) -> Q:  # noqa: ARG002
        return NONE

    def sql(self, model: type[Model]) -> str:  # noqa: ARG002
        return AT_WORK


class AboutReader(Rule):
    """A condition that looks at the reader alone."""

    @abstractmethod
    def holds(self, actor: Actor) -> bool: ...

    @abstractmethod
    def asked(self) -> str:
        """The same, asked of the session's standing."""

    def q(self, actor: Actor) -> Q:
        return ALL if self.holds(actor) else NONE

    def sql(self, model: type[Model]) -> str:  # noqa: ARG002
        return f"({AT_WORK} OR {self.asked()})"


@dataclass(frozen=True)
class OnSide(AboutReader):
    sides: tuple[str, ...]

    @property
    def words(self) -> Any:
        return _("You belong to: %(sides)s.") % {"sides": " · ".join(str(SIDES[side]) for side in self.sides)}

    def holds(self, actor: Actor) -> bool:
        return actor.side in self.sides

    def asked(self) -> str:
        return f"(SELECT wall.side()) IN ({_texts(self.sides)})"


@dataclass(frozen=True)
class May(AboutReader):
    permission: str

    @property
    def words(self) -> Any:
        label = getattr(self.permission, "label", self.permission)
        return _("Your role allows: %(permission)s.") % {"permission": label}

    def holds(self, actor: Actor) -> bool:
        return str(self.permission) in actor.permissions

    def asked(self) -> str:
        return f"(SELECT wall.may({_texts([self.permission])}))"


@dataclass(frozen=True)
class Inside(AboutReader):
    """The reader is let into a compartment. Neither the software nor a use case is."""

    compartment: str

    @property
    def words(self) -> Any:
        return _("You are let into the compartment %(name)s.") % {"name": self.compartment}

    def holds(self, actor: Actor) -> bool:
        return self.compartment in actor.compartments

    def asked(self) -> str:
        return f"{_texts([self.compartment])} = ANY ((SELECT wall.texts('circles'))::text[])"

    def sql(self, model: type[Model]) -> str:  # noqa: ARG002
        return self.asked()

    def unwritable(self, model: type[Model]) -> tuple[str, ...]:  # noqa: ARG002
        return (f"{_texts([self.compartment])} = ANY ((SELECT wall.texts('emergency'))::text[])",)


@dataclass(frozen=True)
class Is(Rule):
    """A column holds one of these values; also for the software."""

    field: str
    values: tuple[Any, ...]
    words: ClassVar[Any] = _("It is in a state in which it is read.")

    def q(self, actor: Actor) -> Q:  # noqa: ARG002
        return Q(**{f"{self.field}__in": self.values})

    def sql(self, model: type[Model]) -> str:
        held = [value for value in self.values if isinstance(value, bool)]
        values = ", ".join(str(value).lower() for value in held) if held else _texts(self.values)
        return f"{_column(model, self.field)} IN ({values})"


@dataclass(frozen=True)
class StartsWith(Rule):
    """A text column begins with these letters."""

    field: str
    start: str
    words: ClassVar[Any] = _("It is of a kind that is read.")

    def q(self, actor: Actor) -> Q:  # noqa: ARG002
        return Q(**{f"{self.field}__startswith": self.start})

    def sql(self, model: type[Model]) -> str:
        return f"starts_with({_column(model, self.field)}, {_texts([self.start])})"


class Held(Rule):
    """A column holds something that is the reader's."""

    field: str
    held: ClassVar[Callable[[Actor], frozenset[Any]]]
    asked: ClassVar[str]

    def q(self, actor: Actor) -> Q:
        return Q(**{f"{self.field}__in": type(self).held(actor)})

    def sql(self, model: type[Model]) -> str:
        return f"({AT_WORK} OR {_column(model, self.field)} = ANY ({type(self).asked}))"


@dataclass(frozen=True)
class Own(Held):
    """``field`` holds the reader's own account."""

    field: str
    words: ClassVar[Any] = _("It is your own.")
    held: ClassVar[Any] = staticmethod(lambda actor: frozenset({actor.account_id} - {None}))
    asked: ClassVar[str] = "(SELECT wall.ids('who'))::uuid[]"


@dataclass(frozen=True)
class OwnPost(Held):
    """``field`` holds a position of the reader."""

    field: str
    words: ClassVar[Any] = _("It belongs to a post that you hold.")
    held: ClassVar[Any] = staticmethod(lambda actor: actor.position_ids)
    asked: ClassVar[str] = "(SELECT wall.ids('posts'))::uuid[]"


@dataclass(frozen=True)
class Within(Held):
    """``field`` holds an organisation of the reader, or one below it."""

    field: str
    words: ClassVar[Any] = _("It concerns your own institution.")
    held: ClassVar[Any] = staticmethod(lambda actor: actor.within)
    asked: ClassVar[str] = "(SELECT wall.ids('within'))::uuid[]"


@dataclass(frozen=True)
class Kept(Held):
    """``field`` holds the code of a compartment whose steward the reader is."""

    field: str
    words: ClassVar[Any] = _("It concerns a compartment whose steward you are.")
    held: ClassVar[Any] = staticmethod(lambda actor: actor.keeps)
    asked: ClassVar[str] = "(SELECT wall.texts('keeps'))::text[]"


@dataclass(frozen=True)
class WithinAny(Rule):
    """The array in ``field`` names an organisation of the reader, or one below it."""

    field: str
    words: ClassVar[Any] = Within.words

    def q(self, actor: Actor) -> Q:
        return Q(**{f"{self.field}__overlap": sorted(actor.within)}) if actor.within else NONE

    def sql(self, model: type[Model]) -> str:
        return f"({AT_WORK} OR {_column(model, self.field)} && (SELECT wall.ids('within'))::uuid[])"


@dataclass(frozen=True)
class Marked(Rule):
    """The reader may read what carries this marking. Without a marking that the mission knows, nobody may.

    ``is_trail``: the line that says what somebody read in an emergency is written in that emergency.
    """

    field: str = "marking"
    is_trail: bool = False
    words: ClassVar[Any] = _("Its marking admits you.")

    def q(self, actor: Actor) -> Q:
        return Q(**{f"{self.field}__in": actor.markings})

    def sql(self, model: type[Model]) -> str:
        column = _column(model, self.field)
        # At work the software also meets what carries no marking yet, to mark it; never what lies in a compartment.
        lifted = f"({AT_WORK} AND ({column} IS NULL OR {column} <> ALL ({SHUT}::text[])))"
        return f"({column} = ANY ((SELECT wall.texts('markings'))::text[]) OR {lifted})"

    def unwritable(self, model: type[Model]) -> tuple[str, ...]:
        if self.is_trail:
            return ()
        column = _column(model, self.field)
        return (f"coalesce({column} = ANY ((SELECT wall.texts('only_read'))::text[]), false)",)


@dataclass(frozen=True)
class ThroughAny(Rule):
    """Whoever may read one of the rows that point here by ``name``; their own rule must not point back."""

    name: str
    words: ClassVar[Any] = _("You may read a part of it.")

    def q(self, actor: Actor) -> Q:
        return Q(pk__in=_Child(self.name, actor))

    def sql(self, model: type[Model]) -> str:
        relation: Any = model._meta.get_field(self.name)
        table, column = relation.related_model._meta.db_table, relation.field.column
        own = f"{model._meta.db_table}.{model._meta.pk.column}"
        return f"(SELECT true FROM {table} part WHERE part.{column} = {own} LIMIT 1)"  # noqa: S608 - names of our own tables


@dataclass(frozen=True)
class Through(Rule):
    """Whoever may read the row this one belongs to. PostgreSQL applies that row's own policy by itself."""

    field: str
    words: ClassVar[Any] = _("You may read the record it belongs to.")

    def q(self, actor: Actor) -> Q:
        return Q(**{f"{self.field}__in": _Parent(self.field, actor)})

    def sql(self, model: type[Model]) -> str:
        parent: Any = model._meta.get_field(self.field).related_model
        table, key = parent._meta.db_table, parent._meta.pk.column
        # A scalar, because PostgreSQL would answer EXISTS by reading all parents, even for a page of fifty rows.
        return f"(SELECT true FROM {table} parent WHERE parent.{key} = {_column(model, self.field)})"  # noqa: S608


@dataclass(frozen=True)
class _Parent:
    """Stands for the readable rows of the table a field points to, until the model is known (``resolved``)."""

    field: str
    actor: Actor

    def rows(self, model: type[Model], readable: "Readable") -> Any:
        parent: Any = model._meta.get_field(self.field).related_model
        return readable(parent, self.actor).values("pk")


@dataclass(frozen=True)
class _Child:
    """Stands for the keys that readable parts point to."""

    name: str
    actor: Actor

    def rows(self, model: type[Model], readable: "Readable") -> Any:
        relation: Any = model._meta.get_field(self.name)
        return readable(relation.related_model, self.actor).values(relation.field.attname)


Readable = Callable[[type[Model], Actor], Any]


def resolved(q: Q, model: type[Model], readable: Readable) -> Q:
    """The condition with every other table in it narrowed to what this actor may read there."""
    made = Q(_connector=q.connector, _negated=q.negated)
    for child in q.children:
        if isinstance(child, Q):
            made.children.append(resolved(child, model, readable))
        else:
            name, value = cast(tuple[str, Any], child)
            rows = value.rows(model, readable) if isinstance(value, _Parent | _Child) else value
            made.children.append((name, rows))
    return made


def _column(model: type[Model], field: str) -> str:
    return f"{model._meta.db_table}.{model._meta.get_field(field).column}"  # type: ignore[union-attr]


def _texts(values: Any) -> str:
    return ", ".join("'" + str(value).replace("'", "''") + "'" for value in values)
