"""Limits without a database: networks, windows, codes, browsers."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.fernet import InvalidToken

from accord.access.limits import (
    PROOF_HOLDS,
    WINDOW,
    blocked_until,
    browser_of,
    is_counter_rolled_back,
    is_fresh,
    network_of,
    plain_code,
)
from accord.access.sealing import keyed_hash, seal, unseal

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("peer", "forwarded", "proxies", "network"),
    [
        ("192.0.2.7", "", (), "192.0.2.0/24"),
        ("192.0.2.7", "198.51.100.1", (), "192.0.2.0/24"),  # nobody we trust says so
        ("192.0.2.7", "198.51.100.1", ("203.0.113.1",), "192.0.2.0/24"),
        ("203.0.113.1", "198.51.100.1", ("203.0.113.1",), "198.51.100.0/24"),
        ("203.0.113.1", "10.9.9.9, 198.51.100.1", ("203.0.113.1",), "198.51.100.0/24"),  # the left was made up
        ("203.0.113.1", "198.51.100.1, 203.0.113.9", ("203.0.113.0/24",), "198.51.100.0/24"),
        ("203.0.113.1", "", ("203.0.113.1",), "203.0.113.0/24"),
        ("203.0.113.1", "nonsense", ("203.0.113.1",), "203.0.113.0/24"),
        ("2001:db8:1:2:3::4", "", (), "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "", (), "192.0.2.0/24"),
        ("::ffff:203.0.113.1", "2001:db8::1", ("203.0.113.1",), "2001:db8::/64"),
        ("", "", (), "unknown"),
        ("nonsense", "198.51.100.1", ("203.0.113.1",), "unknown"),
    ],
)
def test_network(peer: str, forwarded: str, proxies: tuple[str, ...], network: str) -> None:
    assert network_of(peer, forwarded, proxies) == network


def test_try_beyond_the_limit_waits_until_the_oldest_that_counts_is_over() -> None:
    tries = [NOON + timedelta(minutes=n) for n in range(12)]
    assert blocked_until(tries[:10], 10) is None
    assert blocked_until(tries[:11], 10) == tries[0] + WINDOW
    assert blocked_until(tries, 10) == tries[1] + WINDOW


def test_proof_is_fresh_for_its_minutes() -> None:
    assert is_fresh(NOON, NOON + PROOF_HOLDS - timedelta(seconds=1))
    assert not is_fresh(NOON, NOON + PROOF_HOLDS)
    assert not is_fresh(None, NOON)


@pytest.mark.parametrize(
    ("typed", "plain"), [("123 456", "123456"), ("١٢٣٤٥٦", "123456"), ("ABCD-efgh", "abcdefgh"), ("²", "2"), ("", "")]
)
def test_code_is_read_as_it_was_meant(typed: str, plain: str) -> None:
    assert plain_code(typed) == plain


def test_counter_rises_unless_there_is_none() -> None:
    assert not is_counter_rolled_back(0, 0)
    assert not is_counter_rolled_back(4, 5)
    assert is_counter_rolled_back(5, 5)
    assert is_counter_rolled_back(5, 0)


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("Mozilla/5.0 (Android 14; Mobile; rv:130.0) Gecko/130.0 Firefox/130.0", ("Firefox", "Android")),
        ("Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537 Chrome/130 Safari/537 Edg/130.0", ("Edge", "Windows")),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537 Chrome/130 Safari/537", ("Chrome", "Linux")),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", ("Safari", "iPhone")),
        ("curl/8", ("", "")),
    ],
)
def test_browser_in_words(header: str, words: tuple[str, str]) -> None:
    assert browser_of(header) == words


def test_sealed_and_hashed_values_say_nothing_of_what_is_in_them() -> None:
    assert unseal(seal("a seed")) == "a seed"
    assert b"a seed" not in seal("a seed")
    assert seal("a seed") != seal("a seed")
    assert keyed_hash("one", "x") != keyed_hash("two", "x")
    assert len(keyed_hash("one", "x")) == 64


def test_altered_seal_is_not_opened() -> None:
    """Whatever bit is changed: the seal is verified before anything is deciphered."""
    sealed = urlsafe_b64decode(seal("a seed"))
    for place in range(len(sealed) * 8):
        altered = bytearray(sealed)
        altered[place // 8] ^= 1 << place % 8
        with pytest.raises(InvalidToken):
            unseal(urlsafe_b64encode(altered))
