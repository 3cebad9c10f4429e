"""The tree, the statement and the key, without a database."""

from hashlib import sha256
from pathlib import Path

import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from accord.audit.models import Entry
from accord.audit.seals import LEAF, NODE, NOTHING_BEFORE, Signed, following, leaf, root
from accord.audit.signing import PRIVATE, PUBLIC, fingerprint, is_signed, plain, public_key, signing_key
from accord.audit.stored import ENTRY
from accord.kernel.errors import Conflict

# The leaves and roots that implementations of RFC 6962 are commonly tested with.
INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


def by_the_book(leaves: list[bytes]) -> bytes:
    """The definition of RFC 6962, section 2.1: split at the largest power of two below the number of leaves."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(NODE + by_the_book(leaves[:split]) + by_the_book(leaves[split:])).digest()


@pytest.mark.parametrize("count", ROOTS)
def test_the_tree_is_that_of_the_rfc(count: int) -> None:
    assert root([sha256(LEAF + bytes.fromhex(text)).digest() for text in INPUTS[:count]]) == ROOTS[count]


def test_the_tree_agrees_with_its_definition_at_every_size() -> None:
    leaves = [sha256(LEAF + bytes([number])).digest() for number in range(70)]
    assert all(root(leaves[:size]) == by_the_book(leaves[:size]).hex() for size in range(1, 71))


def test_an_empty_text_is_not_an_unknown_one_and_texts_do_not_run_together() -> None:
    assert len({leaf(row) for row in ((None, ""), ("", None), ("", ""), ("ab", ""), ("a", "b"), ("", "ab"))}) == 6


def test_every_column_of_an_entry_is_sealed() -> None:
    """A new column goes to the end of ENTRY, and only where its null leaves the hash of older entries as it was."""
    assert list(ENTRY) == [field.column for field in Entry._meta.local_fields]


def test_a_checkpoint_commits_to_all_before_it() -> None:
    one = following(None, [b"a"], first="1", until="1", at="2026-01-01T00:00:00Z", key="")
    two = following(one, [b"b", b"c"], first="2", until="3", at="2026-01-01T00:01:00Z", key="")
    assert (one.number, one.total, one.previous) == (1, 1, NOTHING_BEFORE)
    assert (two.number, two.count, two.total, two.previous) == (2, 2, 3, one.digest())


def test_the_signed_bytes_stand_in_the_line() -> None:
    key = Ed25519PrivateKey.generate()
    checkpoint = following(None, [b"a"], first="1", until="1", at="", key=plain(key.public_key()))
    line = Signed(checkpoint, key.sign(checkpoint.statement()).hex()).line()
    assert checkpoint.statement() in line
    stated = orjson.loads(line)
    assert is_signed(key.public_key(), checkpoint.statement(), stated["signature"])
    assert not is_signed(key.public_key(), checkpoint.statement() + b" ", stated["signature"])
    assert not is_signed(key.public_key(), checkpoint.statement(), "no signature")


def test_the_key_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    key = signing_key(tmp_path, may_create=True)
    assert signing_key(tmp_path, may_create=True).private_bytes_raw() == key.private_bytes_raw()
    assert (tmp_path / PRIVATE).stat().st_mode & 0o777 == 0o600
    public = public_key(tmp_path)
    assert public is not None
    assert plain(public) == plain(key.public_key())
    assert len(fingerprint(plain(public)).split()) == 8


def test_a_lost_or_a_wrong_key_is_not_replaced_in_silence(tmp_path: Path) -> None:
    with pytest.raises(Conflict, match="missing"):
        signing_key(tmp_path, may_create=False)
    assert public_key(tmp_path) is None
    (tmp_path / PUBLIC).write_text("no key")
    assert public_key(tmp_path) is None
