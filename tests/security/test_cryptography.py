"""Cryptography: every use of it stands in the inventory, by well-kept libraries, with keys long enough."""

import ast
import re

from django.conf import settings

from accord.config import postgres
from tests.architecture.source import ROOT, Module, modules

INVENTORY = ROOT / "docs" / "security" / "cryptography.md"
LIBRARIES = {
    "argon2", "authlib", "cryptography", "fido2", "hashlib", "hmac", "joserfc", "pyotp", "random", "secrets", "ssl",
}  # fmt: skip
OF_DJANGO = {"django.core.signing", "django.utils.crypto", "django.contrib.auth.hashers"}
CIPHERS = {"AESGCM", "ChaCha20Poly1305", "Fernet", "MultiFernet"}
HASHES = {"sha256", "sha384", "sha512", "sha3_256", "sha3_512", "blake2b"}


def uses(module: Module) -> set[str]:
    """The cryptographic libraries a module imports."""
    found = set()
    for node in ast.walk(module.tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        found |= {name.split(".")[0] for name in names if name.split(".")[0] in LIBRARIES}
        found |= {name for name in names if name in OF_DJANGO}
    return found


def listed() -> dict[str, set[str]]:
    rows = re.findall(r"^\| `(accord\.[\w.]+)` \| ([^|]+) \|", INVENTORY.read_text(), re.MULTILINE)
    return {module: set(re.findall(r"`([\w.]+)`", libraries)) for module, libraries in rows}


def test_every_use_is_in_the_inventory() -> None:
    assert {module.name: uses(module) for module in modules() if uses(module)} == listed()


def test_chance_comes_from_the_operating_system() -> None:
    assert not [module.name for module in modules() if "random" in uses(module)]


def test_only_approved_hashes_and_ciphers() -> None:
    hashes, ciphers = set(), set()
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "hashlib":
                hashes.add(node.attr)
            if isinstance(node, ast.ImportFrom) and "cryptography" in (node.module or ""):
                ciphers |= {a.name for a in node.names if re.search("ciphers|fernet", f"{node.module}.{a.name}")}
    assert hashes <= HASHES
    assert ciphers <= CIPHERS | {"aead"}


def test_the_key_of_an_installation_is_long_enough() -> None:
    key = postgres.secret_key(settings.DATA_FOLDER)
    assert len(key) >= 50
    assert len(set(key)) > 20
