"""The door to every change: permission, transaction, trail."""

import functools
import inspect
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar, cast

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.actor import Actor
from accord.kernel.errors import Refused

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


def use_case(permission: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function a use case: keyword-only, ``actor`` first, one transaction, at least one trail entry."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        parameters = list(inspect.signature(function).parameters.values())
        if not parameters or parameters[0].name != "actor":
            raise TypeError(f"{function.__qualname__}: the first argument of a use case is 'actor'")
        if any(p.kind is not inspect.Parameter.KEYWORD_ONLY for p in parameters):
            raise TypeError(f"{function.__qualname__}: a use case takes keyword-only arguments")
        context = function.__module__.split(".")[1]
        summary = (inspect.getdoc(function) or "").split("\n\n")[0].replace("\n", " ")
        REGISTRY[f"{context}.{function.__name__}"] = UseCase(function.__name__, context, str(permission), summary)

        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            actor = cast(Actor, kwargs["actor"])
            if not actor.may(permission):
                raise Refused(_("Your role does not allow this. Ask your administrator who may do it."))
            entries: list[str] = []
            outer, name = _entries.get(), _action.set(function.__name__)
            token = _entries.set(entries)
            try:
                with transaction.atomic():
                    result = function(*args, **kwargs)
                    if not entries:
                        raise NoTrail(f"{function.__qualname__} left no trail entry")
                    return result
            finally:
                _entries.reset(token)
                _action.reset(name)
                if outer is not None:
                    outer.extend(entries)

        cast(Any, run).permission = permission
        return run

    return decorate
