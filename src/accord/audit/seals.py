"""How the trail is sealed: the hash of an entry, the tree over a batch, what a checkpoint says. Nothing here does I/O.

An entry is hashed as PostgreSQL writes it (see ``queries.ENTRY``), so that no reading of numbers, zones or JSON by
Python stands between the row and its hash.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

import orjson

Row = tuple[str | None, ...]

# RFC 6962: leaves and nodes are hashed apart, so that no node can pass for an entry.
LEAF, NODE = b"\x00", b"\x01"
NOTHING_BEFORE = "0" * 64


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What is signed about a seal. Hashes and the public key are hexadecimal, ``at`` is UTC, ``total`` counts from the
    first seal to this one, ``previous`` is the digest of the checkpoint before: who holds one holds all before it."""

    number: int
    at: str
    count: int
    total: int
    first: str
    last: str
    root: str
    previous: str
    key: str

    def statement(self) -> bytes:
        return orjson.dumps(self)

    def digest(self) -> str:
        return sha256(self.statement()).hexdigest()


class Signed(NamedTuple):
    checkpoint: Checkpoint
    signature: str

    def line(self) -> bytes:
        """As it stands in a file of checkpoints; the signed bytes stand in it as they were signed."""
        return b'{"checkpoint":%b,"signature":"%b"}' % (self.checkpoint.statement(), self.signature.encode())


def leaf(row: Row) -> bytes:
    """JSON tells null from empty, and where one text ends and the next begins."""
    return sha256(LEAF + orjson.dumps(row)).digest()


def root(leaves: list[bytes]) -> str:
    """The tree of RFC 6962, level by level: a node without a neighbour moves up as it is."""
    level = leaves
    while len(level) > 1:
        above = [sha256(NODE + left + right).digest() for left, right in zip(level[::2], level[1::2], strict=False)]
        level = [*above, level[-1]] if len(level) % 2 else above
    return (level[0] if level else sha256().digest()).hex()


def following(last: Checkpoint | None, leaves: list[bytes], *, first: str, until: str, at: str, key: str) -> Checkpoint:
    """The checkpoint of the next seal, over entries in the order of their keys."""
    return Checkpoint(
        number=last.number + 1 if last else 1,
        at=at,
        count=len(leaves),
        total=(last.total if last else 0) + len(leaves),
        first=first,
        last=until,
        root=root(leaves),
        previous=last.digest() if last else NOTHING_BEFORE,
        key=key,
    )
