"""What the second wall costs: the same questions asked behind it and without it, in one run. `make bench`

On an embedded server of its own, with generated rows in English and Arabic, of which nothing stays. The application
asks as an advisor and as a host official; the owner of the tables is under a policy that lets everything through; the
superuser under none. They take turns, so that a busy machine disturbs all alike. Times are what the asking program
waits, in milliseconds. The indexes for text stand on the text itself and on a stored ``tsvector``: only their operators
may be asked before the policy (``accord.config.postgres.server.HARDENING``), so only such searches use an index.
"""

import os
import platform
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from uuid import UUID

import django
import psycopg

from accord.config import postgres
from accord.config.postgres.cluster import Cluster
from accord.config.postgres.server import APPLICATION, NAME, OWNER, SUPERUSER, connect
from accord.kernel.actor import Actor
from accord.kernel.keys import new_key
from accord.wall import signing
from accord.wall.standing import Standing, claims

ENGAGEMENTS, COMMITMENTS, WORDS = 200_000, 100_000, 2_000  # a word stands in about a hundred engagements
WARM_UP, TIMES = 20, 200
MOST_FOR_A_LOOK_UP, MOST_FOR_A_SEARCH = 1.0, 2.0  # ms more at the median; times the unprotected
ENGLISH = "planning advice for the ministry on budget training supply staff reform law inspector college report"
ARABIC = "تخطيط مشورة للوزارة حول الميزانية تدريب إمداد أركان إصلاح قانون مفتش كلية تقرير متابعة اجتماع"
TONGUES = (ENGLISH.split(), ARABIC.split())
SYLLABLES = (
    ("ba", "de", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu"),
    ("با", "دي", "كو", "لا", "مي", "نو", "را", "سي"),
)
INDEXES = (
    "CREATE INDEX ON advising_engagement (starts_at)",
    "CREATE INDEX ON advising_engagement USING gin (topic gin_trgm_ops)",
    "ALTER TABLE advising_engagement ADD words tsvector GENERATED ALWAYS AS (to_tsvector('simple', topic)) STORED",
    "CREATE INDEX ON advising_engagement USING gin (words)",
    "CREATE INDEX ON advising_commitment (due_on)",
    'CREATE INDEX ON advising_commitment USING gin ("text" gin_trgm_ops)',
)


BARE = ("superuser", "owner")


@dataclass(frozen=True)
class Question:
    """``about`` names what is put into it: a key, or a rare word."""

    name: str
    sql: str
    about: str
    is_search: bool = False


QUESTIONS = (
    Question("engagement by its key", "SELECT * FROM advising_engagement WHERE id = %s", "engagement"),
    Question("commitment by its key", "SELECT * FROM advising_commitment WHERE id = %s", "commitment"),
    Question("latest 50 engagements", "SELECT * FROM advising_engagement ORDER BY starts_at DESC LIMIT 50", ""),
    Question("latest 50 commitments", "SELECT * FROM advising_commitment ORDER BY due_on DESC LIMIT 50", ""),
    Question("engagements by part of a word", "SELECT id FROM advising_engagement WHERE topic ILIKE %s", "part", True),
    Question(
        "engagements by full text",
        "SELECT id FROM advising_engagement WHERE words @@ plainto_tsquery('simple', %s)", "word", True,
    ),
    Question("commitments by part of a word", 'SELECT id FROM advising_commitment WHERE "text" ILIKE %s', "part", True),
)  # fmt: skip


@dataclass(frozen=True)
class Data:
    """What was made, as far as questions need it."""

    ministries: list[UUID]
    engagements: list[UUID]
    commitments: list[UUID]
    words: list[str]

    def about(self, question: Question, chance: random.Random) -> list[object]:
        match question.about:
            case "engagement":
                return [chance.choice(self.engagements)]
            case "commitment":
                return [chance.choice(self.commitments)]
            case "part":
                return [f"%{chance.choice(self.words)}%"]
            case "word":
                return [chance.choice(self.words)]
        return []


def made(session: psycopg.Connection, chance: random.Random) -> Data:
    """Rows of both tables: nineteen in twenty are marked internal, the rest lies in a compartment."""
    words = sorted({"".join(chance.choices(SYLLABLES[n % 2], k=5)) for n in range(WORDS)})
    ministries, places, posts = _keys(20), _keys(1), _keys(5)
    _copy(
        session,
        "people_organisation (id, code, name, short_name, kind, side, period, contact, source, marking)",
        (
            (k, f"m{n}", "{}", "{}", "ministry", "host", "[2020-01-01,)", "{}", "{}", "public")
            for n, k in enumerate(ministries)
        ),
    )
    _copy(
        session,
        "places_place (id, code, kind, name, iso, source, marking)",
        ((k, f"p{n}", "city", "{}", "", "{}", "public") for n, k in enumerate(places)),
    )
    _copy(
        session,
        "people_position (id, code, title, organisation_id, rank_code, duty, is_public, period, source, marking)",
        ((k, f"o{n}", "{}", ministries[0], "", "", True, "[2020-01-01,)", "{}", "public") for n, k in enumerate(posts)),
    )
    _copy(
        session,
        'access_marking (id, code, "order", name, policy, level, releasable_to, compartments)',
        (
            (new_key(), c, n, "{}", "", "low", "{}", i)
            for n, (c, i) in enumerate((("internal", "{}"), ("closed", "{closed}")))
        ),
    )

    def text(n: int) -> str:
        return " ".join([*chance.choices(TONGUES[n % 2], k=6), chance.choice(words)])

    def marking() -> str:
        return chance.choices(("internal", "closed"), (19, 1))[0]

    engagements, commitments = _keys(ENGAGEMENTS), _keys(COMMITMENTS)
    first = datetime(2020, 1, 1, 8, tzinfo=UTC)
    _copy(
        session,
        "advising_engagement (id, type, topic, institution_id, place_id, mode, starts_at, ends_at, lead_id, "
        "interpreter, state, hold, cancel_reason, is_history, concerns, created_at, marking)",
        (
            (k, "advise", text(n), ministries[n % 20], places[0], "remote", at, at + timedelta(hours=1), posts[0],
             False, "draft" if n % 20 == 7 else "on_hold", "{}", "", False, [ministries[n % 20]], at, marking())
            for n, k in enumerate(engagements) for at in [first + timedelta(minutes=15 * n)]
        ),
    )  # fmt: skip
    _copy(
        session,
        "advising_commitment "
        '(id, engagement_id, side, owner_id, "text", due_on, state, is_shared, created_at, marking)',
        (
            (k, chance.choice(engagements), "host", posts[0], text(n), first + timedelta(hours=n), "open", n % 2 == 0,
             first, marking())
            for n, k in enumerate(commitments)
        ),
    )  # fmt: skip
    for statement in (*INDEXES, "VACUUM ANALYZE"):
        session.execute(statement)
    return Data(ministries, engagements, commitments, words)


def _keys(number: int) -> list[UUID]:
    return [new_key() for _n in range(number)]


def _copy(session: psycopg.Connection, table: str, rows: Iterator[tuple[object, ...]]) -> None:
    with session.cursor().copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def readers(data: Data) -> dict[str, Actor]:
    """With as many permissions and institutions as such people carry."""
    roles = import_module("accord.config.roles").ROLES  # needs Django to be set up
    advisor = Actor(
        name="advisor",
        side="mission",
        permissions=frozenset(map(str, roles["advisor"])),
        account_id=new_key(),
        position_ids=frozenset(_keys(1)),
        markings=frozenset({"public", "internal"}),
    )
    rights = frozenset(map(str, roles["host"]))
    host = replace(advisor, side="host", permissions=rights, within=frozenset(data.ministries[:10]))
    return {"advisor": advisor, "host official": host}


def measured(sessions: dict[str, psycopg.Connection], question: Question, data: Data) -> dict[str, list[float]]:
    """The times of each session in ms, sorted; all are asked the same, in turn."""
    times: dict[str, list[float]] = {name: [] for name in sessions}
    chance = random.Random(question.name)
    for n in range(WARM_UP + TIMES):
        about = data.about(question, chance)
        for name, session in sessions.items():
            start = time.perf_counter()
            session.execute(question.sql, about).fetchall()
            if n >= WARM_UP:
                times[name].append((time.perf_counter() - start) * 1000)
    return {name: sorted(found) for name, found in times.items()}


def told(question: Question, times: dict[str, list[float]]) -> Iterator[str]:
    """The figures of one question, and what the wall adds for each reader."""
    bare = _at(times["superuser"], 50)
    yield f"\n{question.name}"
    for name, found in times.items():
        middle, high = _at(found, 50), _at(found, 95)
        judged = f"   {middle - bare:+7.3f} ms  {middle / bare:5.2f} x  {_judged(question, middle, bare)}"
        yield f"  {name:<14} p50 {middle:8.3f}   p95 {high:8.3f}{judged if name not in BARE else ''}"


def _judged(question: Question, middle: float, bare: float) -> str:
    if not question.is_search and not question.about:
        return ""  # there is no goal for lists
    met = middle <= bare * MOST_FOR_A_SEARCH if question.is_search else middle - bare <= MOST_FOR_A_LOOK_UP
    return "met" if met else "MISSED"


def _at(found: list[float], percent: int) -> float:
    return found[len(found) * percent // 100]


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="accord-bench-") as folder, ExitStack() as stack:
        os.environ |= {"ACCORD_DATA": folder, "DJANGO_SETTINGS_MODULE": "accord.config.settings"}
        for outside in ("DATABASE_URL", "DATABASE_APP_URL"):
            os.environ.pop(outside, None)
        postgres.ensure_running(durable=False)
        django.setup()
        import_module("accord.config.wall").migrate(verbosity=0)
        sessions = {
            role: stack.enter_context(connect(Cluster(Path(folder)), role, NAME)) for role in (SUPERUSER, OWNER)
        }
        sessions = dict(zip(BARE, sessions.values(), strict=True))
        data = made(sessions["superuser"], random.Random(1))
        for name, actor in readers(data).items():
            session = sessions[name] = stack.enter_context(connect(Cluster(Path(folder)), APPLICATION, NAME))
            standing = signing.signed(claims(Standing(actor)), session.info.backend_pid)
            session.execute("SELECT set_config('accord.standing', %s, false)", [standing])
        server = sessions["owner"].info.parameter_status("server_version")
        print(
            f"PostgreSQL {server}, Python {platform.python_version()}, "
            f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}"
        )
        print(
            f"{ENGAGEMENTS} engagements, {COMMITMENTS} commitments, 1 in 20 in a compartment; "
            f"each question {TIMES} times, in turn; ms"
        )
        for question in QUESTIONS:
            print(*told(question, measured(sessions, question, data)), sep="\n", flush=True)


if __name__ == "__main__":
    main()
