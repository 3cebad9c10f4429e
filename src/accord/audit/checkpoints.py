"""Checkpoints outside the database: one JSON line a seal, only ever added to, and handed to the system's log as well.

A line that a power failure cut off is left as it is and followed by the whole one.
"""

import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import chain, pairwise
from pathlib import Path

import orjson

NAME = "audit-checkpoints.jsonl"
TAIL_BYTES = 8192  # several lines
log = logging.getLogger(__name__)  # config.settings hands it to syslog where the environment names one


@dataclass(slots=True)
class Witness:
    """What a file of checkpoints says. A witness that is ``whole`` must know every seal; an auditor's copy need not."""

    name: str
    whole: bool
    lines: dict[int, bytes] = field(default_factory=dict)  # number of the seal: SHA-256 of its line
    troubles: list[str] = field(default_factory=list)


def append(path: Path, line: bytes) -> None:
    """Add a line, and return when it is on the disk."""
    is_new = not path.exists()
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        size = os.fstat(descriptor).st_size
        cut_off = size and os.pread(descriptor, 1, size - 1) != b"\n"
        os.write(descriptor, b"\n" * bool(cut_off) + line + b"\n")
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    if is_new:
        _keep_name(path.parent)
    log.info("%s", line.decode())


def _keep_name(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def last(path: Path) -> tuple[int, bytes] | None:
    """Number and text of the last line that is whole, without reading all before it."""
    if not path.exists():
        return None
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - TAIL_BYTES))
        lines = file.read().split(b"\n")
    known = ((_number(line), line) for line in reversed(lines))
    return next(((number, line) for number, line in known if number is not None), None)


def read(path: Path, *, name: str, whole: bool) -> Witness:
    witness = Witness(name, whole)
    before = 0
    for place, line in _lines(path):
        number = _number(line)
        if number is None:
            witness.troubles.append(f"Line {place} of {name} cannot be read as a checkpoint.")
        elif number <= before:
            witness.troubles.append(f"Line {place} of {name} holds checkpoint {number} after checkpoint {before}.")
        else:
            witness.lines[number] = sha256(line).digest()
            before = number
    return witness


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    if not path.exists():
        return
    with path.open("rb") as file:
        lines = (line.rstrip(b"\r\n") for line in file)
        for place, (line, after) in enumerate(pairwise(chain(lines, [b""])), 1):
            if line and not (after.startswith(line) and after != line):
                yield place, line


def _number(line: bytes) -> int | None:
    try:
        number = orjson.loads(line)["checkpoint"]["number"]
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return None
    return number if isinstance(number, int) else None
