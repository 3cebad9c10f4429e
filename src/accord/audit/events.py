"""What happened, told to the contexts above within the same transaction, so that cause and effect commit together.

A use case announces; config.wiring says who listens. There are no signals and no listening by import side effect.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from accord.kernel.actor import Actor

Handler = Callable[[Actor, Any], None]
_handlers: dict[type, list[Handler]] = defaultdict(list)


def listen(event: type, handler: Handler) -> None:
    if handler not in _handlers[event]:
        _handlers[event].append(handler)


def announce(actor: Actor, event: object) -> None:
    for handler in _handlers[type(event)]:
        handler(actor, event)
