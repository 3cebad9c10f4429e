"""Keyed hashes and sealed values: who reads the database without the key outside it can do nothing with them."""

from base64 import urlsafe_b64encode
from functools import cache

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.crypto import salted_hmac


def keyed_hash(purpose: str, value: str) -> str:
    """64 hexadecimal digits; the same value has another hash for another ``purpose``."""
    return salted_hmac(f"accord.access.{purpose}", value, algorithm="sha256").hexdigest()


def seal(text: str) -> bytes:
    return _box(settings.SECRET_KEY).encrypt(text.encode())


def unseal(sealed: bytes | memoryview) -> str:
    """Raises ``cryptography.fernet.InvalidToken`` when it was sealed with another key or altered."""
    return _box(settings.SECRET_KEY).decrypt(bytes(sealed)).decode()


@cache
def _box(secret: str) -> Fernet:
    derived = HKDF(SHA256(), 32, salt=None, info=b"accord.access.seal").derive(secret.encode())
    return Fernet(urlsafe_b64encode(derived))
