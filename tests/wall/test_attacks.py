"""S2: whoever can make the application say any SQL he likes still reads and changes only what he may.

The attacks run in a session of the application's own login, each against every guarded table, as many personas, with
rows committed in all tables. No hidden row may come out, by a result, an error or a notice, and none may change.

What PostgreSQL leaves open, none of which shows a row: such a session can hold locks, end its fellows
(``pg_terminate_backend`` on its own role), fill large objects, set harmless defaults of its own role and change that
role's password, so it can disturb. It learns how many rows a table has about (``pg_class.reltuples``, gaps in
``ctid``) and, by an EXPLAIN ANALYZE or in the midst of a use case by a "duplicate key", that a row with a key it
already knows exists; keys are random. And what a session was rightly shown it can keep: a standing stays good for the
server process it was signed for.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

import psycopg
import pytest
from django.db import models
from psycopg.pq import TransactionStatus

from accord.access.choices import Role
from accord.access.models import Account
from accord.config.postgres.server import APPLICATION, OWNER, SUPERUSER
from accord.config.roles import ROLES
from accord.kernel.actor import PUBLIC, Actor, Side, system
from accord.people.models import Organisation, Position
from accord.wall import signing
from accord.wall.standing import Standing, claims
from accord.wall.tables import readable
from tests.owner import as_owner
from tests.wall.attacks import BLIND, MIGHTY, ON_A_TABLE, ON_EVERYTHING, TAKING_DOWN
from tests.wall.conftest import login, put_back
from tests.wall.people import permissions, some
from tests.wall.rows import CIRCLES, OURS, Rows

pytestmark = pytest.mark.django_db

WORD = re.compile(r"zq[0-9a-f]{12}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
PLACEHOLDER = re.compile(r"\{(\w+)\}")
ABSENT_KEY, ABSENT_WORD = "01a00000-0000-7000-8000-000000000000", "zq000000000000"

STATE = " UNION ALL ".join(
    [
        *(
            f"SELECT '{m._meta.db_table}', {m._meta.pk.column}::text, md5(t::text) FROM {m._meta.db_table} t"
            for m in OURS
        ),
        "SELECT 'table', oid::text, concat(relname, relacl, relowner, relrowsecurity, relforcerowsecurity) "
        "FROM pg_class WHERE relkind IN ('r', 'v', 'm', 'S', 'f')",
        "SELECT 'policy', tablename || policyname, concat(p.*) FROM pg_policies p",
        "SELECT 'function', oid::text, concat(prosrc, proacl, proowner) FROM pg_proc",
        "SELECT 'schema', oid::text, concat(nspname, nspacl) FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_t%'",
        "SELECT 'role', oid::text, concat(r.*) FROM pg_roles r",
        "SELECT 'member', oid::text, concat(m.*) FROM pg_auth_members m",
        "SELECT 'extension', extname, extversion FROM pg_extension",
        "SELECT 'key', only_one::text, md5(k::text) FROM wall.key k",
    ]
)


def somebody(role: str, side: Side, rows: Rows, **more: Any) -> Actor:
    chance = Random(role)
    actor = Actor(
        name=role,
        side=side,
        permissions=frozenset(map(str, ROLES[role])),
        account_id=chance.choice(rows[Account]).pk,
        position_ids=some(rows, Position, chance),
        within=some(rows, Organisation, chance) if side != "mission" else frozenset(),
        markings=frozenset({"public", "internal"} if side == "mission" else {"public", "shared"}),
    )
    return replace(actor, **more)


def cast(rows: Rows) -> dict[str, Standing | None]:
    """From nobody at all to somebody who may nearly everything; then the software and a use case."""
    every, open_ = frozenset(permissions()), frozenset({"public", "internal", "shared"})
    inside = {"compartments": frozenset({"vetting"}), "markings": open_ | {"checked"}}
    both = {"compartments": frozenset(CIRCLES), "emergency": frozenset(CIRCLES), "markings": open_ | {"checked"}}
    both["emergency_markings"] = frozenset({"checked"})
    readers = {
        "the public": PUBLIC,
        "host official": somebody(Role.HOST, "host", rows),
        "partner": somebody(Role.PARTNER, "partner", rows),
        "advisor": somebody(Role.ADVISOR, "mission", rows),
        "auditor": somebody(Role.AUDITOR, "mission", rows),
        "administrator": somebody(Role.ADMINISTRATOR, "mission", rows),
        "vetting officer": somebody(Role.VETTING_OFFICER, "mission", rows, **inside),
        "by emergency": somebody(Role.CHIEF, "mission", rows, **both),
        "all but compartments": somebody(Role.COMMANDER, "mission", rows, permissions=every, markings=open_),
    }
    return {
        "nobody": None,
        **{name: Standing(actor) for name, actor in readers.items()},
        "the software": Standing(system("tests")),
        "a use case": Standing(readers["advisor"], "test"),
    }


PERSONAS = [
    "nobody", "the public", "host official", "partner", "advisor", "auditor", "administrator", "vetting officer",
    "by emergency", "all but compartments", "the software", "a use case",
]  # fmt: skip
WRITES = "a use case"


@dataclass
class Table:
    """What one persona sees of a table, and what is hidden from him; rows as text, by their keys."""

    model: type[models.Model]
    seen: dict[str, str]
    hidden: dict[str, str]

    @property
    def names(self) -> dict[str, str]:
        meta = self.model._meta
        texts = [
            f for f in meta.concrete_fields if isinstance(f, models.CharField | models.TextField | models.JSONField)
        ]
        key = str(meta.pk.column)
        return {"table": meta.db_table, "pk": key, "text": f"{texts[0].column if texts else key}::text"}

    @property
    def secrets(self) -> set[str]:
        """The words that stand in hidden rows only."""
        return words(self.hidden.values()) - words(self.seen.values())


def words(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in WORD.findall(text)}


@dataclass
class Attacker:
    """A session of the application's login, in which somebody may say what he likes."""

    session: psycopg.Connection
    standing: Standing | None
    stolen: str
    said: list[str] = field(default_factory=list)
    statements: int = 0

    def __post_init__(self) -> None:
        self.session.prepare_threshold = None
        self.session.add_notice_handler(lambda notice: self.said.append(str(notice.message_primary)))
        self.session.add_notify_handler(lambda notify: self.said.append(notify.payload))
        self.begin()

    @property
    def attacks(self) -> dict[str, tuple[str, ...]]:
        """Those on a single table."""
        writes = self.standing is not None and bool(self.standing.door)
        return {**ON_A_TABLE, **TAKING_DOWN} if writes else ON_A_TABLE

    @property
    def own(self) -> str:
        return signing.signed(claims(self.standing), self.session.info.backend_pid) if self.standing else ""

    def begin(self) -> None:
        """As the backend hands over a session: the standing is presented. Nobody waits long for a lock."""
        self.session.execute(
            "SELECT set_config('accord.standing', %s, false), set_config('lock_timeout', '1s', false)", [self.own]
        )

    def tries(self, statements: tuple[str, ...], **names: str) -> str:
        """Everything that came back: rows, errors, notices."""
        self.said.clear()
        known = {**names, "own": self.own, "stolen": self.stolen, "claims": MIGHTY}
        for statement in statements:
            self.statements += 1
            try:
                self._say(PLACEHOLDER.sub(lambda found: known[found[1]], statement))
            except psycopg.Error as error:
                self.said.append(f"{error} {error.diag.message_detail} {error.diag.context}")
        if self.session.info.transaction_status != TransactionStatus.IDLE:
            self.session.execute("ROLLBACK")
        if len(statements) > 1:
            self.session.execute("DISCARD ALL")
            self.begin()
        return "\n".join(self.said)

    def _say(self, statement: str) -> None:
        with self.session.cursor() as cursor:
            if statement.endswith("TO STDOUT"):
                with cursor.copy(statement) as copied:
                    self.said += [bytes(line).decode() for line in copied]
                return
            cursor.execute(statement)
            if cursor.description:
                self.said += map(str, cursor.fetchall())


@pytest.fixture(scope="module")
def views(rows: Rows, django_db_blocker: Any) -> dict[str, list[Table]]:
    """What each persona may see, by the rules as querysets; what the software may, as PostgreSQL shows it."""
    found = {}
    with django_db_blocker.unblock(), as_owner(SUPERUSER), login(SUPERUSER) as watching, login(APPLICATION) as session:
        for name, standing in cast(rows).items():
            Attacker(session, standing, "")
            found[name] = [table_as_seen(model, standing, watching, session) for model in OURS]
    return found


def table_as_seen(
    model: type[models.Model], standing: Standing | None, watching: psycopg.Connection, session: psycopg.Connection
) -> Table:
    """By the rule as a queryset. What the software may is what PostgreSQL shows it: ``test_equal`` proves that much."""
    name, key = model._meta.db_table, model._meta.pk.column
    every: dict[str, str] = dict(watching.execute(f"SELECT {key}::text, t::text FROM {name} t").fetchall())
    if standing is None:
        keys = set[str]()
    elif standing.is_at_work:
        keys = {key for (key,) in session.execute(f"SELECT {key}::text FROM {name}")}
    else:
        keys = {str(key) for key in readable(model, standing.actor).values_list("pk", flat=True)}
    return Table(model, {k: every[k] for k in keys}, {k: row for k, row in every.items() if k not in keys})


@pytest.fixture(scope="module")
def stolen(rows: Rows) -> Iterator[str]:
    """A standing that opens everything, signed for another session that still runs."""
    with login(APPLICATION) as other:
        yield signing.signed(MIGHTY, other.info.backend_pid)


def state(session: psycopg.Connection) -> dict[tuple[str, str], str]:
    """Every row of every table by its digest, and what the catalogue says of tables, policies, functions and roles."""
    return {(name, key): digest for name, key, digest in session.execute(STATE)}


@pytest.mark.parametrize("persona", PERSONAS)
def test_no_attack_reads_or_changes_a_hidden_row(
    persona: str, rows: Rows, views: dict[str, list[Table]], stolen: str
) -> None:
    tables, standing = views[persona], cast(rows)[persona]
    leaks: list[tuple[object, ...]] = []
    with login(SUPERUSER) as watching, login(APPLICATION) as session:
        before = state(watching)
        attacker = Attacker(session, standing, stolen)
        for table in tables:
            leaks += attacked(attacker, table)
        secrets = words(row for t in tables for row in t.hidden.values()) - words(
            row for t in tables for row in t.seen.values()
        )
        for name, statements in ON_EVERYTHING.items():
            told = words([attacker.tries(statements)]) & (secrets - words([attacker.own]))
            leaks += [(name, told)] if told else []
        after = state(watching)
        if persona == WRITES:
            hidden = {(t.names["table"], key) for t in tables for key in t.hidden}
            changed = {one for one in hidden if before[one] != after.get(one)}
            put_back(watching)
        else:
            changed = {one for one in before.keys() | after.keys() if before.get(one) != after.get(one)}
    print(
        f"\n{persona}: {len(attacker.attacks) + len(BLIND)} attacks x {len(tables)} tables, "
        f"{len(ON_EVERYTHING)} on all, "
        f"{attacker.statements} statements; {sum(len(t.hidden) for t in tables)} hidden rows, "
        f"{len(leaks)} told, {len(changed)} changed"
    )
    assert not leaks
    assert not changed


def attacked(attacker: Attacker, table: Table) -> Iterator[tuple[str, str, object]]:
    """What each attack on this table told of what is hidden in it."""
    secrets = table.secrets - words([attacker.own])
    for name, statements in attacker.attacks.items():
        if told := words([attacker.tries(statements, **table.names)]) & secrets:
            yield name, table.names["table"], told
    if not table.hidden:
        return
    key = min(table.hidden)
    word = next((word for word in WORD.findall(table.hidden[key]) if word in secrets and word != key), key)
    for name, statements in BLIND.items():
        there = attacker.tries(statements, **table.names, key=key, word=word).replace(key, "KEY").replace(word, "WORD")
        absent = attacker.tries(statements, **table.names, key=ABSENT_KEY, word=ABSENT_WORD)
        absent = absent.replace(ABSENT_KEY, "KEY").replace(ABSENT_WORD, "WORD")
        if there != absent:
            yield name, table.names["table"], (there, absent)


def test_there_are_enough_of_everything(rows: Rows) -> None:
    assert list(cast(rows)) == PERSONAS
    assert len(PERSONAS) >= 12
    assert len(ON_A_TABLE) + len(ON_EVERYTHING) + len(BLIND) >= 40


def test_a_leak_would_be_found(rows: Rows, views: dict[str, list[Table]]) -> None:
    """The test of the test: with the wall lifted from one table, most attacks that read it tell what was hidden."""
    table = next(t for t in views["advisor"] if t.names["table"] == "vetting_vettingstep")
    with login(OWNER) as owner, login(APPLICATION) as session:
        owner.execute("ALTER TABLE vetting_vettingstep DISABLE ROW LEVEL SECURITY")
        try:
            found = list(attacked(Attacker(session, cast(rows)["advisor"], ""), table))
        finally:
            owner.execute("ALTER TABLE vetting_vettingstep ENABLE ROW LEVEL SECURITY")
    print(f"\nwithout the wall {len(found)} of {len(ON_A_TABLE) + len(BLIND)} attacks on a table tell what is hidden")
    assert len(found) > 40
