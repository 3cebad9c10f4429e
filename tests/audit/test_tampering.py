"""Ten thousand ways to lie about the past, each of them found (quality goal A1).

What cannot be found, and why:

- Entries that wait for their seal, at most a minute's while a worker runs, can be changed or deleted unseen.
- A tail that is cut from the database *and* from the file of checkpoints looks like a trail that ended there, and who
  has the private key can write any trail anew. Both are found against a copy of checkpoints kept elsewhere, as far as
  that copy reaches: what came after its last line is lost to proof.
- A new entry that somebody inserts by hand is sealed like any other. A seal says that an entry was not changed since,
  and that it was there by then; it does not say that it was true.
"""

import random
import time
from collections import Counter

import pytest

from accord.audit.verification import Inspection
from tests.audit.tampering import ALONE, KEY, REASON, WITH_A_COPY, Tampering, Trail, lived, put, seal_all

SIZES = [7, 1, 12, 2, 9]
EACH = 435
SEED = 20260301


@pytest.fixture(scope="module")
def trail() -> Trail:
    return lived(random.Random(SEED), SIZES)


def is_found(trail: Trail, *, with_copy: bool) -> bool:
    return any(True for _finding in trail.findings(with_copy=with_copy))


def test_an_untouched_trail_is_in_order(trail: Trail) -> None:
    assert not is_found(trail, with_copy=True)


def test_every_tampering_is_found(trail: Trail, capsys: pytest.CaptureFixture[str]) -> None:
    dice = random.Random(SEED)
    tried, found = Counter[str](), Counter[str]()
    began = time.perf_counter()
    for tampering in (*ALONE, *WITH_A_COPY):
        for _time in range(EACH):
            touched = _tampered(trail, tampering, dice)
            tried[tampering.__name__] += 1
            found[tampering.__name__] += is_found(touched, with_copy=tampering in WITH_A_COPY)
    with capsys.disabled():
        print(
            f"\n  A1: {tried.total():,} tamperings of {len(tried)} kinds, {found.total():,} found,"
            f" {time.perf_counter() - began:.1f} s"
        )
    assert tried.total() >= 10_000
    assert found == tried


def _tampered(trail: Trail, tampering: Tampering, dice: random.Random) -> Trail:
    """Some dice change nothing, a swap of two equal names for example; then once more."""
    while True:
        touched = trail.clone()
        tampering(touched, dice)
        if touched != trail:
            return touched


@pytest.mark.parametrize("tampering", WITH_A_COPY)
def test_what_only_a_copy_shows_is_not_seen_without_it(trail: Trail, tampering: Tampering) -> None:
    """The limit is as wide as the documentation says, and no wider."""
    touched = _tampered(trail, tampering, random.Random(SEED))
    assert not is_found(touched, with_copy=False)
    assert is_found(touched, with_copy=True)


def test_a_single_line_kept_by_the_auditor_is_enough(trail: Trail) -> None:
    touched = trail.clone()
    touched.copy = {4: trail.file[4]}
    assert not is_found(touched, with_copy=True)
    put(touched, min(touched.entries), REASON, "Because")
    seal_all(touched, SIZES, KEY)
    assert not is_found(touched, with_copy=False)
    assert [finding.seal for finding in touched.findings(with_copy=True)] == [4]


@pytest.mark.parametrize("tampering", ALONE)
def test_it_is_said_where(trail: Trail, tampering: Tampering) -> None:
    findings = list(_tampered(trail, tampering, random.Random(1)).findings(with_copy=False))
    assert any(finding.seal for finding in findings)
    assert all(finding.message.endswith(".") for finding in findings)


def test_a_changed_entry_is_named(trail: Trail) -> None:
    touched = trail.clone()
    key = sorted(touched.entries)[15]
    put(touched, key, REASON, "Because")
    (finding,) = touched.findings(with_copy=False)
    assert (finding.seal, finding.entry) == (3, key)
    assert key in finding.message


def test_speed(capsys: pytest.CaptureFixture[str]) -> None:
    """Printed, and only a tenth of what is usual is demanded, for the machine may be busy."""
    large = lived(random.Random(SEED), [1000] * 30)
    joined = large.joined()
    inspection = Inspection(KEY.public_key(), [])
    began = time.perf_counter()
    assert list(inspection.findings(large.seals, joined)) == []
    speed = inspection.entries / (time.perf_counter() - began)
    with capsys.disabled():
        print(f"\n  A1: {inspection.entries:,} entries verified in memory at {speed:,.0f} a second")
    assert speed > 10_000
