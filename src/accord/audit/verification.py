"""Is the trail what was sealed? Everything is computed anew from the entries; what is wrong is said in plain words.

The same function judges rows streamed from the database and rows in a test. It reads each stream once, keeps the
entries of one seal in memory, and trusts nothing but the public key and the witnesses it was given.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from accord.audit.checkpoints import Witness
from accord.audit.seals import NOTHING_BEFORE, Checkpoint, Signed, leaf, root
from accord.audit.signing import is_signed, plain

# Number of the seal, key of the entry, its hash as kept beside it, then the entry itself: all None where it is gone.
Leaf = tuple[Any, ...]
NUMBER, KEY, HASH, ENTRY = 0, 1, 2, 3


@dataclass(frozen=True, slots=True)
class Finding:
    message: str
    seal: int | None = None
    entry: str | None = None


@dataclass(slots=True)
class Inspection:
    """One reading of the trail; ``seals`` and ``entries`` count what it has met so far."""

    key: Ed25519PublicKey | None
    witnesses: Sequence[Witness]
    seals: int = 0
    entries: int = 0

    def findings(self, seals: Iterable[Signed], leaves: Iterable[Leaf]) -> Iterator[Finding]:
        """``seals`` in the order of their numbers, ``leaves`` in the order of seals and, within one, of keys."""
        batches = ((number, list(batch)) for number, batch in groupby(leaves, key=itemgetter(NUMBER)))
        batch = next(batches, None)
        last: Checkpoint | None = None
        for signed in seals:
            self.seals += 1
            number = signed.checkpoint.number
            while batch and batch[0] < number:
                yield _stray(*batch)
                batch = next(batches, None)
            own = batch[1] if batch and batch[0] == number else []
            self.entries += len(own)
            yield from _chain(signed.checkpoint, last)
            yield from self._signature(signed)
            yield from self._witnessed(signed)
            yield from _entries(signed.checkpoint, own)
            batch = next(batches, None) if own else batch
            last = signed.checkpoint
        for left in (batch, *batches):
            if left:
                yield _stray(*left)
        yield from self._unknown()

    def _signature(self, signed: Signed) -> Iterator[Finding]:
        checkpoint = signed.checkpoint
        if self.key is None:
            if self.seals == 1:
                yield Finding("The public key audit-key.pub is missing in the data folder: no signature was checked.")
        elif not is_signed(self.key, checkpoint.statement(), signed.signature):
            whose = "" if checkpoint.key == plain(self.key) else ", and it names another key"
            yield Finding(
                f"Seal {checkpoint.number} is not signed by the key of this installation{whose}.", checkpoint.number
            )

    def _witnessed(self, signed: Signed) -> Iterator[Finding]:
        number = signed.checkpoint.number
        for witness in self.witnesses:
            said = witness.lines.pop(number, None)
            if said is None and witness.whole:
                yield Finding(f"Seal {number} is missing in {witness.name}.", number)
            elif said is not None and said != sha256(signed.line()).digest():
                yield Finding(f"Seal {number} says otherwise than {witness.name}: one of them was changed.", number)

    def _unknown(self) -> Iterator[Finding]:
        """What a witness still knows was never met in the database."""
        for witness in self.witnesses:
            yield from (Finding(trouble) for trouble in witness.troubles)
            if witness.lines:
                first, until = min(witness.lines), max(witness.lines)
                which = f"seal {first}" if first == until else f"seals {first} to {until}"
                yield Finding(
                    f"{witness.name[0].upper()}{witness.name[1:]} knows {which}, which the database lacks: the trail "
                    "was cut, or put back from an older backup.",
                    first,
                )


def _chain(checkpoint: Checkpoint, last: Checkpoint | None) -> Iterator[Finding]:
    number, before = checkpoint.number, f"seal {last.number}" if last else "the beginning"
    if number != (last.number if last else 0) + 1:
        yield Finding(f"Seal {number} comes after {before}: what stood between them is gone.", number)
    elif checkpoint.previous != (last.digest() if last else NOTHING_BEFORE):
        yield Finding(f"Seal {number} was not made after {before} as it is now: one of them was changed.", number)
    elif checkpoint.total != (last.total if last else 0) + checkpoint.count:
        yield Finding(f"Seal {number} counts {checkpoint.total} entries in total, which does not add up.", number)


def _entries(checkpoint: Checkpoint, own: list[Leaf]) -> Iterator[Finding]:
    number = checkpoint.number
    if len(own) != checkpoint.count:
        yield Finding(
            f"Entries that seal {number} was set on: {checkpoint.count}. Those that are there: {len(own)}.", number
        )
    computed = [leaf(item[ENTRY:]) for item in own]
    kept = [item[HASH] for item in own]
    is_as_sealed = root(computed) == checkpoint.root
    if is_as_sealed and computed == kept:
        return
    for item, found in zip(own, computed, strict=True):
        if item[ENTRY] is None:
            yield Finding(f"Entry {item[KEY]} of seal {number} is gone.", number, item[KEY])
        elif found != item[HASH]:
            what = "is as it was sealed, but the hash beside it" if is_as_sealed else "or the hash beside it"
            yield Finding(f"Entry {item[KEY]} of seal {number} {what} was changed.", number, item[KEY])
    if root(kept) != checkpoint.root and not is_as_sealed:
        yield Finding(f"The entries of seal {number} are not those it was set on.", number)


def _stray(number: int, batch: list[Leaf]) -> Finding:
    return Finding(f"There is no seal {number}, under which entries are said to stand: {len(batch)}.", number)
