"""The door to every change: permission, transaction, trail."""

import functools
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar, cast

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.actor import Actor
from accord.kernel.errors import Refused
from accord.wall.standing import door

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class UseCase:
    name: str
    module: str
    permission: str
    summary: str


REGISTRY: dict[str, UseCase] = {}
_entries: ContextVar[list[str] | None] = ContextVar("entries", default=None)
_action: ContextVar[str] = ContextVar("action", default="")


class NoTrail(RuntimeError):
    """A use case tried to commit without saying what it did. A defect of ours, never of the user."""


def current_action() -> str:
    return _action.get()


def note_entry() -> None:
    entries = _entries.get()
    if entries is not None:
        entries.append(_action.get())


def use_case(permission: str, *, turn: str = "") -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function a use case: keyword-only, ``actor`` first, one transaction, at least one trail entry.

    It is the only door through which the database lets anything be written.

    Those that name the same ``turn`` run one after the other: each sees all that the one before has done.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        _register(function, permission)

        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            if args or "actor" not in kwargs:
                raise TypeError(f"{function.__qualname__} takes keyword arguments only, among them 'actor'")
            actor = cast(Actor, kwargs["actor"])
            if not actor.may(permission):
                raise Refused(_("Your role does not allow this. Ask your administrator who may do it."))
            outer = _entries.get()
            with _underway(function.__name__) as entries, door(actor, function.__name__), transaction.atomic():
                if turn:
                    _wait_for(turn)
                result = function(*args, **kwargs)
                if not entries:
                    raise NoTrail(f"{function.__qualname__} left no trail entry")
            # Only now: what a failed use case wrote is rolled back and speaks for nobody.
            if outer is not None:
                outer.extend(entries)
            return result

        cast(Any, run).permission = permission
        return run

    return decorate


def _register(function: Callable[..., Any], permission: str) -> None:
    parameters = list(inspect.signature(function).parameters.values())
    if not parameters or parameters[0].name != "actor":
        raise TypeError(f"{function.__qualname__}: the first argument of a use case is 'actor'")
    if any(p.kind is not inspect.Parameter.KEYWORD_ONLY for p in parameters):
        raise TypeError(f"{function.__qualname__}: a use case takes keyword-only arguments")
    context = function.__module__.split(".")[1]
    summary = (inspect.getdoc(function) or "").split("\n\n")[0].replace("\n", " ")
    REGISTRY[f"{context}.{function.__name__}"] = UseCase(function.__name__, context, str(permission), summary)


@contextmanager
def _underway(action: str) -> Iterator[list[str]]:
    """The use case that trail entries written from here on belong to."""
    entries: list[str] = []
    name, token = _action.set(action), _entries.set(entries)
    try:
        yield entries
    finally:
        _entries.reset(token)
        _action.reset(name)


def _wait_for(turn: str) -> None:
    """Before anything is read or locked, so that nobody decides on what another is changing, nor locks crosswise."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [turn])
