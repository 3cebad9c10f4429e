"""Keys: random enough not to be guessed, ordered by time so that indexes stay tight (RFC 9562, version 7).

Those of one process strictly rise, so that rows written at the same instant keep the order in which they were written.
"""

import secrets
import threading
import time
import uuid


class _Sequence:
    """Counts in units of 2^-74 milliseconds: the bits that a key has besides its version and variant."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.last = 0

    def following(self) -> int:
        with self.lock:
            fresh = (time.time_ns() // 1_000_000) << 74 | secrets.randbits(74)
            # Within a millisecond, on by a step of random size: behind the last key, yet not to be guessed from it.
            self.last = fresh if fresh >> 74 > self.last >> 74 else self.last + 1 + secrets.randbits(48)
            return self.last


_sequence = _Sequence()


def new_key() -> uuid.UUID:
    value = _sequence.following()
    millis, rest = (value >> 74) & ((1 << 48) - 1), value & ((1 << 74) - 1)
    return uuid.UUID(int=millis << 80 | 0x7 << 76 | (rest >> 62) << 64 | 0x2 << 62 | rest & ((1 << 62) - 1))
