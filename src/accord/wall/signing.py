"""Signing who is looking, so that a statement smuggled into a query cannot make itself somebody else.

HMAC-SHA256 (RFC 2104) over the server process and the claims, under a key derived from the installation's secret key.
PostgreSQL holds the two padded keys, which only the owner of the tables can read, and computes the same with its
built-in ``sha256``; without the extension pgcrypto, which the embedded server lacks.
"""

import hmac
from hashlib import sha256

from django.conf import settings
from django.utils.crypto import salted_hmac

BLOCK_BYTES = 64


def key() -> bytes:
    return salted_hmac("accord.wall", "standing", secret=settings.SECRET_KEY, algorithm="sha256").digest()


def padded_keys() -> tuple[bytes, bytes]:
    """The inner and outer key as RFC 2104 pads them."""
    block = key().ljust(BLOCK_BYTES, b"\0")
    return bytes(b ^ 0x36 for b in block), bytes(b ^ 0x5C for b in block)


def signed(claims: str, process: int) -> str:
    """The claims with their signature for one server process, as ``wall.claims()`` reads them."""
    mac = hmac.new(key(), f"{process}:{claims}".encode(), sha256).hexdigest()
    return f"{mac}:{claims}"
