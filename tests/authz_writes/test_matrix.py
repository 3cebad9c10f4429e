"""S1w: every address that takes a form, every kind of person, and everything a form could be made to carry."""

import random
from uuid import UUID

import pytest
from django.urls import get_resolver, reverse

from tests.authz_writes import ledger, oracle
from tests.authz_writes.cases import CASES
from tests.authz_writes.forms import Values
from tests.authz_writes.ledger import KEYS, Change
from tests.authz_writes.mass import added, plain
from tests.authz_writes.tries import ELSEWHERE, NOBODY, Matrix, Outcome, addresses

ROUTES = list(addresses())
WRITING = [route for route in ROUTES if any(line.who for line in oracle.allowed().get(route, []))]
READING = [route for route in ROUTES if route not in WRITING]
# Enough to see that an address writes nothing, beside somebody who may open it.
OTHERS = ("commander", "anonymous")
SESSION = "access_session"
HOW_MANY = 1  # forbidden rows tried for each field


def test_every_address_is_declared() -> None:
    assert sorted(ROUTES) == sorted(oracle.allowed())
    nowhere = {route for route in ROUTES if get_resolver().reverse_dict.getlist(route)[0][0][0][1]} - set(CASES)
    assert not nowhere, "these need something to act on: say in cases.py what"


def test_every_person_is_known(matrix: Matrix) -> None:
    assert set(matrix.stage.clients) - {"advisor-elsewhere"} == set(oracle.PERSONAS)


@pytest.mark.parametrize("route", WRITING)
def test_writes_what_is_declared_by_whom_it_is_declared(matrix: Matrix, route: str) -> None:
    for persona in oracle.PERSONAS:
        may = oracle.may_write(route, persona)
        values = matrix.form(route, persona if may is not None else matrix.case(route).by)
        if may is None:  # one try carries everything: the form of who may, and every name of the models behind it
            values |= _mass(matrix, route, values, _forbidden(matrix, persona))
        outcome = matrix.send(persona, matrix.path(route), values)
        _check(matrix, route, persona, outcome)
        if may is not None and _declared(route, persona):
            assert _deeds(outcome), f"{route}: {persona} may, but nothing came of it: {outcome.status} {values}"


@pytest.mark.parametrize("route", READING)
def test_what_only_reads_writes_nothing(matrix: Matrix, route: str) -> None:
    for persona in dict.fromkeys([matrix.case(route).by, *OTHERS]):
        values = matrix.form(route, persona)
        outcome = matrix.send(persona, matrix.path(route), {**values, **_mass(matrix, route, values, ELSEWHERE)})
        _check(matrix, route, persona, outcome)


@pytest.mark.parametrize("route", WRITING)
def test_fields_that_the_form_does_not_have_change_nothing(matrix: Matrix, route: str) -> None:
    for persona in _tried(matrix, route):
        values = matrix.form(route, persona)
        asked = matrix.send(persona, matrix.path(route), values)
        mass = _mass(matrix, route, values, _forbidden(matrix, persona))
        given = matrix.send(persona, matrix.path(route), {**values, **mass})
        _check(matrix, route, persona, given)
        behind = matrix.send(
            persona, f"{matrix.path(route)}?key={ELSEWHERE}&id={ELSEWHERE}&account={ELSEWHERE}", values
        )
        assert plain(asked.changes) == plain(given.changes) == plain(behind.changes), f"{route}: {persona}"


@pytest.mark.parametrize("route", WRITING)
def test_nothing_unseen_is_referred_to(matrix: Matrix, route: str) -> None:
    for persona in _tried(matrix, route):
        values = matrix.form(route, persona)
        for name, found in values.items():
            for key in _unseen_like(matrix, persona, found[0] if found else ""):
                outcome = matrix.send(persona, matrix.path(route), {**values, name: [key]})
                _check(matrix, route, persona, outcome)


@pytest.mark.parametrize("route", [route for route in WRITING if route in CASES])
def test_the_address_of_something_unseen_leads_nowhere(matrix: Matrix, route: str) -> None:
    kwargs = matrix.case(route).kwargs(matrix.stage)
    if not isinstance(kwargs.get("key"), UUID):
        return
    for persona in dict.fromkeys([*_tried(matrix, route), "other-host"]):
        values = matrix.form(route, matrix.case(route).by)
        for key in [*_unseen_like(matrix, persona, str(kwargs["key"])), ELSEWHERE]:
            outcome = matrix.send(persona, reverse(route, kwargs={**kwargs, "key": key}), values)
            assert outcome.is_clear
            assert not _deeds(outcome), f"{route}: {persona} at {key}"


def test_the_quick_look_misses_nothing(matrix: Matrix) -> None:
    """The counters of PostgreSQL say which tables to compare; here all of them are, on a sample."""
    before, dice = ledger.hashes(), random.Random(7)
    for route in dice.sample(WRITING, 12):
        client, values = matrix.stage.clients["auditor"], matrix.form(route, matrix.case(route).by)
        with ledger.undone():
            client.post(matrix.path(route), values)
            after = ledger.hashes()
        allowed = {"access_session", "audit_entry"} if oracle.may_write(route, "auditor") is None else set(after)
        assert {table for table in after if after[table] != before[table]} <= allowed
    assert ledger.hashes() == before


def test_the_test_would_notice(matrix: Matrix) -> None:
    """Who is not declared, what is not declared and what cannot be seen each turn a cell red."""
    outcome = matrix.send("press", matrix.path("prepare-edition"), matrix.form("prepare-edition", "press"))
    for route, persona in (("prepare-edition", "chief"), ("publish-edition", "press"), ("home", "press")):
        with pytest.raises(AssertionError):
            _check(matrix, route, persona, outcome)
    unseen = Change("advising_engagement", ":", ("lead_id",), {"lead_id": _forbidden(matrix, "host")})
    with pytest.raises(AssertionError):
        _refers_to_nothing_unseen(matrix, "host", unseen)


def _tried(matrix: Matrix, route: str) -> list[str]:
    """Somebody who may; and if there is one, somebody of the other side who may too."""
    who = [p for p in oracle.PERSONAS if p not in NOBODY and _declared(route, p)]
    first = matrix.case(route).by
    host = [p for p in who if p in oracle.named("hosts")][:1]
    return list(dict.fromkeys([*([first] if first in who else who[:1]), *host]))


def _declared(route: str, persona: str) -> bool:
    return any(persona in line.who and line.writes for line in oracle.allowed()[route])


def _deeds(outcome: Outcome) -> list[Change]:
    """What came of it, but for what a session keeps of its own."""
    return [change for change in outcome.changes if (change.table, change.columns) != (SESSION, ("data",))]


def _check(matrix: Matrix, route: str, persona: str, outcome: Outcome) -> None:
    where = f"{route}: {persona} ({outcome.status})"
    assert outcome.is_clear, f"{where} {matrix.why(outcome.answer)}"
    may = oracle.may_write(route, persona)
    for change in outcome.changes if may is not None else _deeds(outcome):
        parts = {f"{change.table}:{column}" for column in change.columns} if change.kind == ":" else {str(change)}
        assert parts <= (may or frozenset()), f"{where} wrote {sorted(parts - (may or frozenset()))}"
        _refers_to_nothing_unseen(matrix, persona, change)


def _refers_to_nothing_unseen(matrix: Matrix, persona: str, change: Change) -> None:
    if persona in NOBODY or change.table in {"audit_entry", SESSION}:
        return
    for column, value in change.written.items():
        unseen = set(KEYS.findall(str(value))) & matrix.unseen(persona)
        declared = f"{change.table}.{column}" in oracle.MAY_NAME_UNSEEN
        assert declared or not unseen, f"{persona} wrote into {change.table}.{column} what he cannot read"


def _mass(matrix: Matrix, route: str, values: Values, forbidden: str) -> Values:
    written = {part.rstrip("+-").partition(":")[0] for line in oracle.allowed()[route] for part in line.writes}
    return {name: [value] for name, value in added(sorted(written), values, forbidden).items()}


def _forbidden(matrix: Matrix, persona: str) -> str:
    """An account of somebody else."""
    return str(matrix.stage.accounts["commander" if persona == "administrator" else "administrator"].pk)


def _unseen_like(matrix: Matrix, persona: str, key: str) -> list[str]:
    """Rows of the same kind that this person cannot read."""
    if persona in NOBODY or not KEYS.fullmatch(key):
        return []
    kinds = [table for table, rows in matrix.base.items() if key in rows]
    return [one for table in kinds for one in sorted(matrix.hidden(persona)[table] & matrix.unseen(persona))[:HOW_MANY]]
