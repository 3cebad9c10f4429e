"""Thousands of forms that no person would send: every one is answered by a page, and none by a breakdown (S4)."""

import os
import random
from urllib.parse import urlencode

import pytest

from tests.authz_writes import oracle
from tests.authz_writes.cases import CASES
from tests.authz_writes.hostile import DAYS, EVERYTHING, EXTRA, mangled
from tests.authz_writes.tries import Matrix, is_broken

SEED = 20250602
POSTS = int(os.environ.get("ACCORD_FUZZ", "1000"))


def test_no_form_breaks_the_house(matrix: Matrix, capsys: pytest.CaptureFixture[str]) -> None:
    dice = random.Random(SEED)
    forms = {route: matrix.form(route, case.by) for route, case in CASES.items()}
    # Most of them to where something is written; what is only read comes round now and then.
    routes = [route for route in forms if any(line.writes for line in oracle.allowed()[route])] * 4 + list(forms)
    broken, codes = dict[str, str](), dict[int, int]()
    for turn in range(POSTS):
        route = routes[turn % len(routes)]
        values = mangled(forms[route], dice)
        path = matrix.path(route) + _asked(dice)
        answer = matrix.posted(CASES[route].by, path, values)
        codes[answer.status_code] = codes.get(answer.status_code, 0) + 1
        if is_broken(answer.status_code):
            broken.setdefault(f"{route}: {matrix.why(answer)}", f"{path} {str(values)[:400]}")
    with capsys.disabled():
        print(f"\n{POSTS} hostile posts to {len(forms)} addresses, seed {SEED}: {dict(sorted(codes.items()))}")
    assert not broken, "\n".join(f"{name}\n    {example}" for name, example in broken.items())


def _asked(dice: random.Random) -> str:
    """Now and then something hostile behind the question mark as well."""
    if dice.random() > 0.15:
        return ""
    name = dice.choice(EXTRA)
    value = dice.choice(DAYS if name == "as_of" else EVERYTHING)
    return "?" + urlencode({name: value.encode(errors="surrogatepass")})


@pytest.mark.parametrize(
    ("route", "field", "value", "status"),
    [
        ("grant-role", "end", "9999-12-31", 422),
        ("plan-engagement", "day", "0001-01-01", 422),
        ("plan-verdict", "besides", "no key", 200),
        ("propose-expansion", "headcount_cap", str(10**9), 422),
        ("write-report", "due", "9999-12-31", 422),
    ],
)
def test_what_once_broke_is_answered(matrix: Matrix, route: str, field: str, value: str, status: int) -> None:
    by = CASES[route].by
    answer = matrix.posted(by, matrix.path(route), {**matrix.form(route, by), field: [value]})
    assert answer.status_code == status


def test_a_day_at_the_end_of_the_calendar_is_today(matrix: Matrix) -> None:
    for day in ("9999-12-31", "0001-01-01"):
        assert matrix.stage.clients["chief"].get(f"/people/?as_of={day}").status_code == 200
