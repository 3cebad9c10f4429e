"""Files that are made once and never half."""

import os
from pathlib import Path


def write_once(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Make the file unless it is there. The link makes it whole or absent, also when two processes start together."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
