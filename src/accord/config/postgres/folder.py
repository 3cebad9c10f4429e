"""The data folder: the embedded database, its locks and the secret key. Everything a mission must back up."""

import os
import secrets
from pathlib import Path


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
    """Write a key once. The link makes it whole or absent, also when two processes start together."""
    if os.environ.get("ACCORD_SECRET_KEY") or _key_file(folder).exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".secret-key.{os.getpid()}"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50) + "\n")
    try:
        os.link(draft, _key_file(folder))
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _key_file(folder: Path) -> Path:
    return folder / "secret-key"
