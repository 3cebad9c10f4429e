"""Keys: random enough not to be guessed, ordered by time so that indexes stay tight (RFC 9562, version 7).

Those of one process strictly rise, so that rows written at the same instant keep the order in which they were written.
"""

import secrets
import threading
import time
import uuid

_lock = threading.Lock()
_last = 0


def new_key() -> uuid.UUID:
    """A fresh key. The 74 bits after version and variant count on from the last key within the same millisecond."""
    global _last
    with _lock:
        fresh = (time.time_ns() // 1_000_000) << 74 | secrets.randbits(74)
        # A step of random size: the next key follows this one but cannot be guessed from it.
        _last = fresh if fresh >> 74 > _last >> 74 else _last + 1 + secrets.randbits(48)
        value = _last
    millis, rest = (value >> 74) & ((1 << 48) - 1), value & ((1 << 74) - 1)
    return uuid.UUID(int=millis << 80 | 0x7 << 76 | (rest >> 62) << 64 | 0x2 << 62 | rest & ((1 << 62) - 1))
