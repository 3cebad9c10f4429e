"""Who is looking, as querysets and the database connection of this thread must know it.

Queries and use cases still name their actor; this says the same once more to what guards the rows. Nobody sees nothing.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import lru_cache

from accord.kernel.actor import Actor, system


@dataclass(frozen=True, slots=True)
class Standing:
    """Who looks, and which use case is under way. ``is_at_work``: rules about the reader do not bind."""

    actor: Actor
    door: str = ""

    @property
    def is_at_work(self) -> bool:
        return bool(self.door) or self.actor.side == "system"


_standing: ContextVar[Standing | None] = ContextVar("standing", default=None)


def current() -> Standing | None:
    return _standing.get()


def reader() -> Actor | None:
    """Whose eyes narrow a queryset: the actor's, the software's own while it is at work, or nobody's."""
    now = _standing.get()
    if now is None:
        return None
    return system("door") if now.is_at_work else now.actor


@contextmanager
def standing(actor: Actor) -> Iterator[None]:
    """Read as this actor; nothing can be written."""
    with _as(Standing(actor)):
        yield


@contextmanager
def door(actor: Actor, action: str) -> Iterator[None]:
    """A use case under way: it reads what it must and writes, but enters no compartment its actor is not let into."""
    with _as(Standing(actor, action)):
        yield


@contextmanager
def house(reason: str, *, writes: bool = False, markings: frozenset[str] = frozenset()) -> Iterator[None]:
    """The software for itself, before it is known who is there or where a rule needs more than its reader may see.

    It enters no compartment but those of ``markings``, which only the sealing of the trail names. Every caller stands
    on a reviewed list (tests/architecture/test_wall.py).
    """
    with _as(Standing(replace(system(reason), markings=markings), reason if writes else "")):
        yield


@contextmanager
def _as(who: Standing) -> Iterator[None]:
    token = _standing.set(who)
    try:
        yield
    finally:
        _standing.reset(token)


@lru_cache(maxsize=512)
def claims(now: Standing) -> str:
    """What PostgreSQL has to know. What is open by an emergency alone is for reading only."""
    actor = now.actor
    plain = {
        "side": actor.side,
        "who": [str(actor.account_id)] if actor.account_id else [],
        "door": now.door,
        "may": sorted(map(str, actor.permissions)),
        "posts": sorted(map(str, actor.position_ids)),
        "within": sorted(map(str, actor.within)),
        "circles": sorted(actor.compartments),
        "emergency": sorted(actor.emergency),
        "markings": sorted(actor.markings),
        "only_read": sorted(actor.emergency_markings),
        "keeps": sorted(actor.keeps),
    }
    return json.dumps(plain, separators=(",", ":"))
