"""S2: what the rule lets through as a queryset and as a policy is the same, row by row, for 200 random people."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from random import Random
from typing import Any, cast

import psycopg
import pytest
from django.db import models

from accord.config.postgres.server import APPLICATION, SUPERUSER
from accord.kernel.actor import Actor, system
from accord.people.models import Person, Position
from accord.publishing.models import Edition
from accord.wall import signing
from accord.wall.standing import Standing, claims
from accord.wall.tables import readable
from tests.owner import as_owner
from tests.wall.conftest import login
from tests.wall.people import random_people
from tests.wall.rows import MARKINGS, OURS, Rows

pytestmark = pytest.mark.django_db
PEOPLE = 200
MARKED: list[Any] = [model for model in OURS if hasattr(model, "marking")]
Seen = dict[str, set[str]]
ALL_TABLES = " UNION ALL ".join(
    f"SELECT '{m._meta.db_table}', array_agg({m._meta.pk.column}::text) FROM {m._meta.db_table}" for m in OURS
)


@pytest.fixture(scope="module")
def people(rows: Rows) -> list[Actor]:
    return list(random_people(PEOPLE, rows, Random(4)))


@pytest.fixture
def session(rows: Rows) -> Iterator[psycopg.Connection]:
    with login(APPLICATION) as opened:
        yield opened


def behind_the_wall(session: psycopg.Connection, who: Standing) -> Seen:
    """The keys of all rows PostgreSQL shows, without the application's managers."""
    presented = signing.signed(claims(who), session.info.backend_pid)
    session.execute("SELECT set_config('accord.standing', %s, false)", [presented])
    return {table: set(keys or ()) for table, keys in session.execute(ALL_TABLES)}


def in_scope(actor: Actor) -> Seen:
    """The keys of all rows the querysets yield, without row-level security."""
    return {model._meta.db_table: _keys(readable(model, actor)) for model in OURS}


def _keys(found: models.QuerySet[models.Model]) -> set[str]:
    return {str(key) for key in found.values_list("pk", flat=True)}


def test_the_two_walls_are_equal(session: psycopg.Connection, people: list[Actor], rows: Rows) -> None:
    assert not [model.__name__ for model in OURS if not rows[model]], "tables without a row prove nothing"
    differing, seen = [], 0
    with as_owner(SUPERUSER):
        for actor in people:
            first, second = in_scope(actor), behind_the_wall(session, Standing(actor))
            seen += sum(map(len, second.values()))
            differing += [
                (actor.name, table, first[table] ^ second[table]) for table in first if first[table] != second[table]
            ]
    hidden = len(people) * sum(map(len, rows.values())) - seen
    print(
        f"\n{len(people)} people x {len(OURS)} tables: {seen} rows seen, {hidden} hidden, {len(differing)} differences"
    )
    assert not differing
    assert seen
    assert hidden


def test_taking_something_away_from_a_person_never_adds_a_row(
    session: psycopg.Connection, people: list[Actor], rows: Rows
) -> None:
    chance = Random(5)
    for actor in people[:60]:
        before, after = (
            behind_the_wall(session, Standing(actor)),
            behind_the_wall(session, Standing(less(actor, chance))),
        )
        assert not [table for table in after if after[table] - before[table]], actor


def less(actor: Actor, chance: Random) -> Actor:
    """The same person without about half of his permissions, posts, organisations, markings and compartments."""

    def half(held: frozenset[Any]) -> frozenset[Any]:
        return frozenset(one for one in sorted(held) if chance.random() < 0.5)

    inside = half(actor.compartments)
    return replace(
        actor,
        permissions=half(actor.permissions),
        position_ids=half(actor.position_ids),
        within=half(actor.within),
        compartments=inside,
        emergency=actor.emergency & inside,
        markings=frozenset(code for code in half(actor.markings) if inside.issuperset(MARKINGS[code])),
    )


# Tables of which the software also meets rows that lie in a compartment, each for its reason.
MET_AT_WORK = {
    Person: "who stands behind an account must be known before it is known what he may read",
    Position: "an account closes with the last tour of its holder, whatever his post is marked",
    Edition: "a published edition is for everybody",
}
AT_WORK: dict[str, Callable[[Actor], Standing]] = {
    "the software": lambda _actor: Standing(system("tests"), "test"),
    "a use case": lambda actor: Standing(actor, "test"),
}


@pytest.mark.parametrize("whose", AT_WORK)
def test_neither_the_software_nor_a_use_case_enters_a_compartment(
    session: psycopg.Connection, people: list[Actor], rows: Rows, whose: str
) -> None:
    for actor in people[:20]:
        now = AT_WORK[whose](actor)
        seen = behind_the_wall(session, now)
        for model in set(MARKED) - set(MET_AT_WORK):
            entered = [
                row for row in cast(list[Any], rows[model])
                if str(row.pk) in seen[model._meta.db_table]
                and not set(MARKINGS.get(row.marking, ())) <= now.actor.compartments
            ]  # fmt: skip
            assert not entered, model


@pytest.mark.parametrize("presented", ["", "nonsense", "0" * 64 + ':{"side":"system","door":"x"}'])
def test_who_presents_no_good_standing_reads_nothing_and_writes_nothing(
    rows: Rows, session: psycopg.Connection, presented: str
) -> None:
    session.execute("SELECT set_config('accord.standing', %s, false)", [presented])
    for model in OURS:
        table = model._meta.db_table
        assert rows[model]
        assert session.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            session.execute(f"INSERT INTO {table} DEFAULT VALUES")
        for statement in (f"UPDATE {table} SET {model._meta.pk.column} = NULL", f"DELETE FROM {table}"):
            with suppress(psycopg.errors.InsufficientPrivilege):  # where the right itself is withheld
                assert session.execute(statement).rowcount == 0, table
