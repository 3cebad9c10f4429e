"""A sealed trail as plain tuples, and everything a hand with all rights over the database might do to it.

``Trail.findings`` is the verification of the product; ``joined`` only does what the SQL of ``audit.stored`` does.
"""

import random
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass, field, replace
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from accord.audit.checkpoints import Witness
from accord.audit.seals import Checkpoint, Row, Signed, following, leaf
from accord.audit.signing import plain
from accord.audit.stored import ENTRY
from accord.audit.verification import Finding, Inspection, Leaf

COLUMNS = list(ENTRY)
AT, REASON = COLUMNS.index("at"), COLUMNS.index("reason")
KEY, FORGED = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()


@dataclass
class Trail:
    """``entries`` by key, ``sealed``: the seal and the hash of each, ``file`` and ``copy``: lines of checkpoints."""

    entries: dict[str, Row]
    sealed: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    seals: list[Signed] = field(default_factory=list)
    file: dict[int, bytes] = field(default_factory=dict)
    copy: dict[int, bytes] = field(default_factory=dict)

    def clone(self) -> "Trail":
        return Trail(copy(self.entries), copy(self.sealed), copy(self.seals), copy(self.file), copy(self.copy))

    def joined(self) -> list[Leaf]:
        gone = (None,) * len(COLUMNS)
        order = sorted((number, key) for key, (number, _hash) in self.sealed.items())
        return [(number, key, self.sealed[key][1], *self.entries.get(key, gone)) for number, key in order]

    def findings(self, *, with_copy: bool) -> Iterator[Finding]:
        witnesses = [Witness("the file of checkpoints", True, _digests(self.file))]
        if with_copy:
            witnesses.append(Witness("the auditor's copy", False, _digests(self.copy)))
        seals = sorted(self.seals, key=lambda signed: signed.checkpoint.number)
        return Inspection(KEY.public_key(), witnesses).findings(seals, self.joined())


def _digests(lines: dict[int, bytes]) -> dict[int, bytes]:
    return {number: sha256(line).digest() for number, line in lines.items()}


def entry(dice: random.Random, number: int) -> Row:
    key = f"01990000-0000-7000-8000-{number:012x}"
    name = dice.choice(["Advisor One (fictional)", "Chief One (fictional)", "worker"])
    known = {
        "id": key,
        "at": f"2026-03-01T12:00:{number % 60:02}.{dice.randrange(10**6):06}",
        "account_id": dice.choice([None, f"a-{number % 7}"]),
        "actor_name": name,
        "actor_roles": '["advisor"]',
        "action": dice.choice(["plan_engagement", "sign_accord"]),
        "object_id": f"o-{number}",
        "object_name": f"Accord {number}",
        "changes": f'{{"cap": {dice.randrange(999)}}}',
    }
    return tuple(known.get(column, "") for column in COLUMNS)


def lived(dice: random.Random, sizes: list[int]) -> Trail:
    rows = [entry(dice, number) for number in range(1, sum(sizes) + 1)]
    trail = Trail({str(row[0]): row for row in rows})
    seal_all(trail, sizes, KEY)
    trail.copy = copy(trail.file)
    return trail


def seal_all(
    trail: Trail, sizes: list[int], key: Ed25519PrivateKey, *, claims: Ed25519PrivateKey | None = None
) -> None:
    """Seal the entries anew. A forger may claim the true key, but can sign with his own only."""
    trail.sealed, trail.seals, trail.file = {}, [], {}
    keys, last = sorted(trail.entries), None
    for size in sizes:
        batch, keys = keys[:size], keys[size:]
        hashes = [leaf(trail.entries[one]) for one in batch]
        named = plain((claims or key).public_key())
        last = following(last, hashes, first=batch[0], until=batch[-1], at="2026-03-01T12:01:00Z", key=named)
        signed = Signed(last, key.sign(last.statement()).hex())
        trail.seals.append(signed)
        trail.file[last.number] = signed.line()
        trail.sealed |= {one: (last.number, digest) for one, digest in zip(batch, hashes, strict=True)}


# What a hand may do ---------------------------------------------------------------------------------------------------

Dice = random.Random


def _some(trail: Trail, dice: Dice) -> str:
    return dice.choice(list(trail.entries))


def _two(trail: Trail, dice: Dice) -> tuple[str, str]:
    one, other = dice.sample(list(trail.entries), 2)
    return one, other


def put(trail: Trail, key: str, column: int, value: str | None) -> None:
    row = trail.entries[key]
    trail.entries[key] = (*row[:column], value, *row[column + 1 :])


def edit_a_column(trail: Trail, dice: Dice) -> None:
    key, column = _some(trail, dice), dice.randrange(1, len(COLUMNS))
    before = trail.entries[key][column]
    put(trail, key, column, dice.choice([f"{before}x", f"x{before}", None if before else " ", f"{before} "]))


def edit_a_letter(trail: Trail, dice: Dice) -> None:
    key, column = _some(trail, dice), dice.randrange(1, len(COLUMNS))
    text = trail.entries[key][column] or "?"
    place = dice.randrange(len(text))
    put(trail, key, column, text[:place] + chr(ord(text[place]) ^ 1) + text[place + 1 :])


def change_the_time(trail: Trail, dice: Dice) -> None:
    put(trail, _some(trail, dice), AT, f"2025-{dice.randrange(1, 13):02}-01T08:00:00")


def edit_and_hash_anew(trail: Trail, dice: Dice) -> None:
    key = _some(trail, dice)
    put(trail, key, REASON, "Because")
    trail.sealed[key] = (trail.sealed[key][0], leaf(trail.entries[key]))


def delete(trail: Trail, dice: Dice) -> None:
    del trail.entries[_some(trail, dice)]


def delete_without_a_trace(trail: Trail, dice: Dice) -> None:
    key = _some(trail, dice)
    del trail.entries[key], trail.sealed[key]


def take_from_under_its_seal(trail: Trail, dice: Dice) -> None:
    del trail.sealed[_some(trail, dice)]


def insert_into_the_past(trail: Trail, dice: Dice) -> None:
    row = entry(dice, 10_000 + dice.randrange(10_000))
    row = (f"{dice.choice(list(trail.entries))[:-2]}{dice.randrange(16, 256):02x}x", *row[1:])
    trail.entries[str(row[0])] = row
    trail.sealed[str(row[0])] = (dice.choice(trail.seals).checkpoint.number, leaf(row))


def swap_keys(trail: Trail, dice: Dice) -> None:
    one, other = _two(trail, dice)
    first, second = trail.entries[one], trail.entries[other]
    trail.entries[one], trail.entries[other] = (one, *second[1:]), (other, *first[1:])


def swap_contents(trail: Trail, dice: Dice) -> None:
    one, other = _two(trail, dice)
    column = dice.choice([AT, COLUMNS.index("object_id"), COLUMNS.index("object_name")])
    first, second = trail.entries[one][column], trail.entries[other][column]
    put(trail, one, column, second)
    put(trail, other, column, first)


def move_to_another_seal(trail: Trail, dice: Dice) -> None:
    key = _some(trail, dice)
    number, digest = trail.sealed[key]
    others = [signed.checkpoint.number for signed in trail.seals if signed.checkpoint.number != number]
    trail.sealed[key] = (dice.choice([*others, len(trail.seals) + 5]), digest)


def swap_seals(trail: Trail, dice: Dice) -> None:
    one, other = dice.sample(range(len(trail.seals)), 2)
    first, second = trail.seals[one], trail.seals[other]
    numbers = {first.checkpoint.number: second.checkpoint.number, second.checkpoint.number: first.checkpoint.number}
    trail.seals[one] = Signed(replace(first.checkpoint, number=second.checkpoint.number), first.signature)
    trail.seals[other] = Signed(replace(second.checkpoint, number=first.checkpoint.number), second.signature)
    trail.sealed = {key: (numbers.get(number, number), digest) for key, (number, digest) in trail.sealed.items()}


def edit_a_seal(trail: Trail, dice: Dice) -> None:
    place = dice.randrange(len(trail.seals))
    checkpoint, signature = trail.seals[place]
    name = dice.choice(["at", "count", "total", "first", "last", "root", "previous", "key", "signature"])
    if name == "signature":
        trail.seals[place] = Signed(checkpoint, FORGED.sign(checkpoint.statement()).hex())
    else:
        value = getattr(checkpoint, name)
        changed = value + 1 if isinstance(value, int) else value[:-1] + ("0" if value[-1] != "0" else "1")
        fields: dict[str, int | str] = {name: changed}
        trail.seals[place] = Signed(_replaced(checkpoint, fields), signature)


def _replaced(checkpoint: Checkpoint, fields: dict[str, int | str]) -> Checkpoint:
    return replace(checkpoint, **fields)  # type: ignore[arg-type] # the value is of the field's own type


def delete_a_seal(trail: Trail, dice: Dice) -> None:
    number = trail.seals.pop(dice.randrange(len(trail.seals))).checkpoint.number
    keys = [key for key, (of, _digest) in trail.sealed.items() if of == number]
    for key in keys:
        del trail.sealed[key]
        if dice.random() < 0.5:
            del trail.entries[key]


def cut_the_tail(trail: Trail, dice: Dice, *, file_too: bool = False) -> None:
    last = dice.randrange(len(trail.seals))  # how many seals are left
    keep_entries = dice.random() < 0.3
    for key in [key for key, (number, _digest) in trail.sealed.items() if number > last]:
        del trail.sealed[key]
        if not keep_entries:
            del trail.entries[key]
    trail.seals = trail.seals[:last]
    if file_too:
        trail.file = {number: line for number, line in trail.file.items() if number <= last}


def rewrite_without_the_key(trail: Trail, dice: Dice) -> None:
    """Entries, seals and the file, all in accord, but signed by another key; some claim to be signed by ours."""
    edit_a_column(trail, dice)
    seal_all(trail, _sizes(trail), FORGED, claims=dice.choice([None, KEY]))


def rewrite_from_the_middle(trail: Trail, dice: Dice) -> None:
    """As before, but the seals before the change stay as they were."""
    kept = copy(trail.seals)
    key = _some(trail, dice)
    number = trail.sealed[key][0]
    put(trail, key, REASON, "Because")
    seal_all(trail, _sizes(trail), FORGED, claims=KEY)
    for signed in kept[: number - 1]:
        trail.seals[signed.checkpoint.number - 1] = signed
        trail.file[signed.checkpoint.number] = signed.line()


def replace_the_table(trail: Trail, dice: Dice) -> None:
    other = lived(dice, _sizes(trail))
    trail.entries = other.entries
    if dice.random() < 0.5:
        seal_all(trail, _sizes(trail), FORGED, claims=KEY)
    elif dice.random() < 0.5:
        trail.sealed = other.sealed


def _sizes(trail: Trail) -> list[int]:
    numbers = [number for number, _digest in trail.sealed.values()]
    return [numbers.count(number) for number in sorted(set(numbers))]


def edit_the_file(trail: Trail, dice: Dice) -> None:
    number = dice.choice(list(trail.file))
    line = trail.file[number]
    place = dice.randrange(len(line))
    trail.file[number] = line[:place] + bytes([line[place] ^ 1]) + line[place + 1 :]


def cut_the_file(trail: Trail, dice: Dice) -> None:
    for number in range(dice.choice(list(trail.file)), len(trail.file) + 1):
        del trail.file[number]


def cut_database_and_file(trail: Trail, dice: Dice) -> None:
    cut_the_tail(trail, dice, file_too=True)


def rewrite_with_the_key(trail: Trail, dice: Dice) -> None:
    """Whoever is master of the machine has the private key as well."""
    edit_a_column(trail, dice)
    seal_all(trail, _sizes(trail), KEY)


def seal_the_tail_anew_with_the_key(trail: Trail, dice: Dice) -> None:
    sizes = _sizes(trail)
    cut_the_tail(trail, dice, file_too=True)
    left = _sizes(trail)
    for number in range(sum(left) + 1, sum(sizes) + 1):
        row = entry(dice, number)
        trail.entries[str(row[0])] = row
    seal_all(trail, sizes, KEY)


Tampering = Callable[[Trail, Dice], None]
# Found with what the installation itself keeps ...
ALONE: tuple[Tampering, ...] = (
    edit_a_column, edit_a_letter, change_the_time, edit_and_hash_anew, delete, delete_without_a_trace,
    take_from_under_its_seal, insert_into_the_past, swap_keys, swap_contents, move_to_another_seal, swap_seals,
    edit_a_seal, delete_a_seal, cut_the_tail, rewrite_without_the_key, rewrite_from_the_middle, replace_the_table,
    edit_the_file, cut_the_file,
)  # fmt: skip
# ... and with an auditor's copy.
WITH_A_COPY: tuple[Tampering, ...] = (
    cut_database_and_file,
    rewrite_with_the_key,
    seal_the_tail_anew_with_the_key,
)
