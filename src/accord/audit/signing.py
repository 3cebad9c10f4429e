"""The key that signs checkpoints: Ed25519, in the data folder, never in the database.

The private key is needed to seal, the public one to verify; an auditor can verify elsewhere with the latter alone.
"""

import hashlib
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from django.utils.translation import gettext_lazy as _

from accord.kernel.errors import Conflict
from accord.kernel.files import write_once

PRIVATE, PUBLIC = "audit-key", "audit-key.pub"


def signing_key(folder: Path, *, may_create: bool) -> Ed25519PrivateKey:
    """The key of this installation. A lost one is not replaced in silence, for seals would seem to be forged."""
    path = folder / PRIVATE
    if may_create:
        fresh = Ed25519PrivateKey.generate()
        write_once(path, fresh.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    if not path.exists():
        raise Conflict(_("The key that seals the trail is missing in the data folder. Put it back from the backup."))
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise Conflict(_("The key that seals the trail is of another kind. Put back the right one from the backup."))
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    write_once(folder / PUBLIC, public, mode=0o644)
    return key


def public_key(folder: Path) -> Ed25519PublicKey | None:
    """None where the file is missing or holds no such key."""
    try:
        key = load_pem_public_key((folder / PUBLIC).read_bytes())
    except (FileNotFoundError, ValueError):
        return None
    return key if isinstance(key, Ed25519PublicKey) else None


def plain(key: Ed25519PublicKey) -> str:
    return key.public_bytes_raw().hex()


def is_signed(key: Ed25519PublicKey, statement: bytes, signature: str) -> bool:
    try:
        key.verify(bytes.fromhex(signature), statement)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(key: str) -> str:
    """Short enough to be compared by eye: half of the SHA-256 of the public key, in groups."""
    digest = hashlib.sha256(bytes.fromhex(key)).hexdigest()[:32]
    return " ".join(digest[start : start + 4] for start in range(0, 32, 4))
