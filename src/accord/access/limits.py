"""How long a session and a proof hold, how often one may try, and from where. Decisions only: no database, no clock."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

from accord.kernel.errors import Conflict

PROOF_HOLDS = timedelta(minutes=10)  # dangerous acts ask again after that
ENTRY_HOLDS = timedelta(minutes=10)  # between the password and the second step
CHALLENGE_HOLDS = timedelta(minutes=5)
WINDOW = timedelta(minutes=15)
TRIES = 10  # that fail, within the window, for one account from one network
TRIES_OF_A_NETWORK = 100  # that fail, within the window, whatever the accounts
CODES = 10  # recovery codes of a set


class TooManyTries(Conflict):
    """Wait until ``until``; what was typed has not been looked at."""

    def __init__(self, message: Any, until: datetime) -> None:
        super().__init__(message)
        self.until = until


def blocked_until(tries: Sequence[datetime], allowed: int) -> datetime | None:
    """``tries`` are those of the window, oldest first, the one about to be made last; None if it may be made."""
    return None if len(tries) <= allowed else tries[-1 - allowed] + WINDOW


def is_fresh(proven_at: datetime | None, at: datetime) -> bool:
    return proven_at is not None and at - proven_at < PROOF_HOLDS


def network_of(peer: str, forwarded: str, proxies: Iterable[str]) -> str:
    """The network somebody comes from: /24 or /64 of the address.

    ``forwarded`` (X-Forwarded-For) is only what the peer says. It counts where the peer is one of our ``proxies``, and
    of it only the right-most address that is not: everything to the left was written by whoever came.
    """
    trusted = [ip_network(one, strict=False) for one in proxies]
    address = _address(peer)
    for hop in reversed(forwarded.split(",")):
        if address is None or not any(address in network for network in trusted):
            break
        address = _address(hop) or address
    if address is None:
        return "unknown"
    return str(ip_network(f"{address}/{24 if address.version == 4 else 64}", strict=False))


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(text.strip())
    except ValueError:
        return None
    return found.ipv4_mapped or found if isinstance(found, IPv6Address) else found


_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
             ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"))  # fmt: skip
_SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
            ("Mac OS", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"))  # fmt: skip


def browser_of(user_agent: str) -> tuple[str, str]:
    """Browser and system as their makers call them, each empty where it is not known: ``("Firefox", "Android")``."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    return browser, next((name for mark, name in _SYSTEMS if mark in user_agent), "")


def plain_code(typed: str) -> str:
    """A code as it was made, whatever digits, blanks, hyphens and capitals it was typed with."""
    return "".join(
        str(unicodedata.digit(c)) if c.isdigit() else c.lower() for c in typed if c.isalnum() and len(c.lower()) == 1
    )


def is_counter_rolled_back(known: int, shown: int) -> bool:
    """A passkey's counter rises with each use unless it has none; one that does not is a copy (WebAuthn, 7.2)."""
    return (known > 0 or shown > 0) and shown <= known
