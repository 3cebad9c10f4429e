"""What is known to one person alone: made here, and kept as a keyed hash only, so that reading it opens nothing."""

import secrets

from django.utils.crypto import salted_hmac


def new_secret() -> str:
    """256 bits, in signs that survive addresses and headers."""
    return secrets.token_urlsafe(32)


def digest(purpose: str, secret: str) -> str:
    """The keyed hash under which a secret is found again; ``purpose`` keeps those of different kinds apart."""
    return salted_hmac(f"accord.{purpose}", secret, algorithm="sha256").hexdigest()


def spoken(purpose: str, value: str) -> str:
    """Six digits that follow from the value: short enough to be read out to somebody."""
    return f"{int(digest(purpose, value), 16) % 10**6:06}"
