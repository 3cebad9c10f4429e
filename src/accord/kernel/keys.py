"""Keys: random enough not to be guessed, ordered by time so that indexes stay tight (RFC 9562, version 7)."""

import secrets
import time
import uuid


def new_key() -> uuid.UUID:
    millis = time.time_ns() // 1_000_000
    value = (millis & ((1 << 48) - 1)) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | (0x7 << 76)
    value = value & ~(0x3 << 62) | (0x2 << 62)
    return uuid.UUID(int=value)
