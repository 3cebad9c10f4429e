"""Values that no page offers, and no person types: what a form must take without breaking."""

import random
from typing import Any

from tests.cast import TODAY

TEXTS = (
    "", " ", "\t\n", "\x00", "a\x00b", "\u202e\u2066txt.exe\u2069", "\u200f\u200e\u061c", "\ufeff", "\ud800",
    "\udfff!", "\U0010ffff", "x" * 301, "ع" * 5_000, "a" * 100_000, "é\u0301" * 500, "%s%n%(x)s{0}{x!r}",
    "'; DROP TABLE access_account; --", "{{ 7*7 }}{% raw %}", "<script>alert(1)</script>", "../../etc/passwd",
    "\\x00\\u0000", "\u0660\u0661\u0662", "null", "None", "NaN", "undefined", "[]", "{}", '{"a": 1}', "true", "-1", "0",
    "1e309", "9" * 30, str(10**9), str(2**31), str(2**63), "-" + "9" * 20, "0x1F", "1_000", "１２３", "٣", "½",
    "\r\nSet-Cookie: a=b", "//evil.example", "https://evil.example/", "javascript:alert(1)",
)  # fmt: skip
DAYS = (
    "0001-01-01", "9999-12-31", "9999-12-30", "0000-00-00", "2025-02-30", "10000-01-01", "-2025-06-02",
    "2025-06-02T10:00", "٢٠٢٥-٠٦-٠٢", "02/06/2025", "2025-6-2", "1900-01-01", "2024-02-29", "2025-13-01", "20250602",
    "2025-W23-1", TODAY.isoformat(), "2199-12-31",
)  # fmt: skip
TIMES = ("24:00", "00:00", "23:59:59.999999", "25:61", "-1:00", "١٠:٠٠", "10", "10:00+14:00")
KEYS = (
    "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "not-a-key", "{" + "0" * 32 + "}",
    "urn:uuid:" + "1" * 32, "0" * 31, "0" * 33, "g" * 32, "٠" * 32,
)  # fmt: skip
EVERYTHING = (*TEXTS, *DAYS, *TIMES, *KEYS)
EXTRA = (
    "as_of", "next", "resume", "besides", "ask", "submit", "institution", "key", "person", "request", "q", "show",
    "position", "page", "month", "left", "right",
)  # fmt: skip


def mangled(values: dict[str, list[str]], dice: random.Random) -> dict[str, Any]:
    """The same form with one to three fields spoilt, doubled or left out, and sometimes one that is not its own."""
    spoilt: dict[str, Any] = {name: list(found) for name, found in values.items()}
    names = list(spoilt) or list(EXTRA)
    for name in dice.sample(names, min(len(names), dice.randint(1, 3))):
        _spoil(spoilt, name, dice)
    if dice.random() < 0.3:
        spoilt[dice.choice(EXTRA)] = [dice.choice(EVERYTHING)]
    return spoilt


def _spoil(spoilt: dict[str, Any], name: str, dice: random.Random) -> None:
    way = dice.random()
    if way < 0.08:
        spoilt.pop(name, None)
    elif way < 0.16:
        spoilt[name] = [*spoilt.get(name, []), *dice.choices(EVERYTHING, k=3)]
    elif way < 0.22:
        spoilt[f"{name}[]"] = spoilt.pop(name, [""])
    else:
        spoilt[name] = [dice.choice(_fitting(name, spoilt.get(name, []), dice))]


def _fitting(name: str, now: list[str], dice: random.Random) -> tuple[str, ...]:
    """Half of the time something of the kind that the field is about, where a lot more goes on behind it."""
    kind = now[0] if now else ""
    if dice.random() < 0.5:
        return EVERYTHING
    if len(kind) == 10 and kind[4:5] == "-":
        return DAYS
    if len(kind) == 36:
        return KEYS
    return TIMES if name in {"start", "end"} and ":" in kind else TEXTS
