"""The data folder: the embedded database, its locks and the secret key. Everything a mission must back up."""

import os
import secrets
from pathlib import Path

from accord.kernel.files import write_once


def data_folder() -> Path:
    return Path(os.environ.get("ACCORD_DATA") or "var").expanduser().resolve()


def secret_key(folder: Path) -> str:
    """The key of this installation; one for this process only where no data folder was prepared (linters, docs)."""
    if key := os.environ.get("ACCORD_SECRET_KEY"):
        return key
    try:
        return _key_file(folder).read_text().strip()
    except FileNotFoundError:
        return secrets.token_urlsafe(50)


def ensure_secret_key(folder: Path) -> None:
    if not os.environ.get("ACCORD_SECRET_KEY"):
        write_once(_key_file(folder), f"{secrets.token_urlsafe(50)}\n".encode())


def _key_file(folder: Path) -> Path:
    return folder / "secret-key"
