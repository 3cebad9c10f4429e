"""Keys are unique, hard to guess, and rise in the order in which they were made."""

import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest

from accord.kernel import keys


def test_keys_are_version_seven_and_rise() -> None:
    made = [keys.new_key() for _ in range(20_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)
    assert {(k.version, k.variant) for k in made} == {(7, uuid.RFC_4122)}


def test_keys_rise_even_when_the_clock_of_the_machine_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    before = keys.new_key()
    monkeypatch.setattr(time, "time_ns", lambda: 1_600_000_000_000_000_000)
    assert before < keys.new_key() < keys.new_key()


def test_keys_are_unique_across_threads() -> None:
    with ThreadPoolExecutor(4) as threads:
        made = [
            key for part in threads.map(lambda _n: [keys.new_key() for _ in range(2_000)], range(4)) for key in part
        ]
    assert len(set(made)) == len(made)


def test_next_key_cannot_be_guessed_from_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "_sequence", keys._Sequence())
    monkeypatch.setattr(time, "time_ns", lambda: 2_000_000_000_000_000_000)
    made = [keys.new_key().int for _ in range(200)]
    steps = {after - before for before, after in pairwise(made)}
    assert len(steps) == len(made) - 1
    assert min(steps) > 1_000_000
