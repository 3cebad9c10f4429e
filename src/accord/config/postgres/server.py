"""The life of the embedded server without a daemon.

Every process that uses the database holds a shared lock. The first one starts the server; whoever leaves last stops it.
A process that is killed leaves the server running, and the next one takes it over.
"""

import atexit
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
from psycopg import sql

from accord.config.postgres.cluster import PORT, Cluster
from accord.config.postgres.errors import DatabaseTrouble

NAME = "accord"
OWNER = "accord"  # owns the tables and changes their shape
APPLICATION = "accord_app"  # what serves people: bound by row-level security, owns nothing
SUPERUSER = "postgres"
EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent")
# What tests can do without.
FLEETING = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
HARDENING = (
    "REVOKE ALL ON SCHEMA public FROM PUBLIC",
    f"GRANT ALL ON SCHEMA public TO {OWNER}",
    "REVOKE USAGE ON LANGUAGE sql, plpgsql FROM PUBLIC",
    f"GRANT USAGE ON LANGUAGE sql, plpgsql TO {OWNER}",
    "REVOKE SELECT ON pg_stat_activity FROM PUBLIC",
    "REVOKE EXECUTE ON FUNCTION pg_stat_get_activity(integer) FROM PUBLIC",
    "ALTER FUNCTION ts_match_vq(tsvector, tsquery) LEAKPROOF",
    "ALTER FUNCTION texticlike(text, text) LEAKPROOF",
)
PATIENCE_SECONDS = 60  # crash recovery replays the log before the first connection is accepted

_held: dict[Path, int] = {}


def hold(cluster: Cluster, *, durable: bool) -> None:
    """Make sure that the server runs, and that it keeps running as long as this process lives."""
    if cluster.data in _held:
        return
    with _alone(cluster):
        users = os.open(_prepared(cluster) / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(users, fcntl.LOCK_SH)
        try:
            _start(cluster, durable=durable)
        except BaseException:
            os.close(users)
            raise
    _held[cluster.data] = users
    atexit.register(_release, cluster, os.getpid())


def _release(cluster: Cluster, holder: int) -> None:
    if os.getpid() != holder:  # a forked child inherits the hook, not the duty
        return
    with _alone(cluster):
        users = _held.pop(cluster.data)
        with suppress(BlockingIOError):
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _stop(cluster)
        os.close(users)


@contextmanager
def _alone(cluster: Cluster) -> Iterator[None]:
    """One process at a time decides whether the server starts or stops."""
    gate = os.open(_prepared(cluster) / "start.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(gate, fcntl.LOCK_EX)
        yield
    finally:
        os.close(gate)


def _prepared(cluster: Cluster) -> Path:
    try:
        cluster.make_folders()
    except OSError as trouble:
        raise DatabaseTrouble(f"The data folder {cluster.data} cannot be used: {trouble}") from trouble
    return cluster.data


def _start(cluster: Cluster, *, durable: bool) -> None:
    if _answers(cluster):
        return
    if not (cluster.folder / "PG_VERSION").exists():
        _create(cluster)
    _write_access_rules(cluster)
    _forget_the_dead(cluster)
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(cluster.socket_folder),
        "unix_socket_permissions": "0700",
        "port": str(PORT),
        "max_connections": "80",
        "timezone": "UTC",
        **({} if durable else FLEETING),
    }
    options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
    cluster.run("pg_ctl", "start", "--no-wait", "-D", cluster.folder, "-l", cluster.log, "-o", options)
    _wait_until_ready(cluster)


def _stop(cluster: Cluster) -> None:
    with suppress(DatabaseTrouble):  # already gone is as good as stopped
        cluster.run("pg_ctl", "stop", "-D", cluster.folder, "-m", "fast", "-t", str(PATIENCE_SECONDS))


def _create(cluster: Cluster) -> None:
    cluster.run(
        "initdb",
        "-D",
        cluster.folder,
        "--username",
        SUPERUSER,
        "--auth=peer",
        "--encoding=UTF8",
        "--no-locale",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
    )


def _write_access_rules(cluster: Cluster) -> None:
    """Only the account that runs Accord, known by the kernel, may enter: no password, and nobody else."""
    names = {cluster.account.pw_name, "root"} if os.geteuid() == 0 else {cluster.account.pw_name}
    entries = [f'accord "{name}" {role}' for name in sorted(names) for role in (OWNER, APPLICATION, SUPERUSER)]
    for file, lines in (("pg_hba.conf", ["local all all peer map=accord"]), ("pg_ident.conf", entries)):
        (cluster.folder / file).write_text("\n".join(lines) + "\n")


def _forget_the_dead(cluster: Cluster) -> None:
    """Where nobody reaps orphans (some containers) a killed server stays as a zombie and seems to hold its locks."""
    for lock in (cluster.folder / "postmaster.pid", cluster.socket_folder / f".s.PGSQL.{PORT}.lock"):
        with suppress(OSError, ValueError, IndexError):
            process = int(lock.read_text().split()[0])
            state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
            if state == "Z":
                lock.unlink()


def _wait_until_ready(cluster: Cluster) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not _answers(cluster):
        if time.monotonic() > deadline or _has_died(cluster):
            raise DatabaseTrouble(
                f"The embedded database did not start. The end of {cluster.log}:\n{cluster.last_words()}"
            )
        time.sleep(0.05)
    _furnish(cluster)


def _has_died(cluster: Cluster) -> bool:
    """pg_ctl has returned, so the server wrote its process number, or never will."""
    time.sleep(0.2)
    return not (cluster.folder / "postmaster.pid").exists()


def _answers(cluster: Cluster) -> bool:
    try:
        connect(cluster, SUPERUSER, "postgres").close()
    except psycopg.OperationalError:
        return False
    return True


def connect(cluster: Cluster, role: str, database: str) -> psycopg.Connection:
    return psycopg.connect(
        host=str(cluster.socket_folder), port=PORT, user=role, dbname=database, autocommit=True, connect_timeout=5
    )


def _furnish(cluster: Cluster) -> None:
    with connect(cluster, SUPERUSER, "postgres") as session:
        if not session.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [OWNER]).fetchone():
            session.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(sql.Identifier(OWNER)))
        if not session.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
            session.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(NAME), sql.Identifier(OWNER)))
        if not session.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APPLICATION]).fetchone():
            session.execute(sql.SQL("CREATE ROLE {} LOGIN NOBYPASSRLS").format(sql.Identifier(APPLICATION)))
    with connect(cluster, OWNER, NAME) as session:
        install_extensions(session)
    with connect(cluster, SUPERUSER, NAME) as session:
        harden(session)


def harden(session: psycopg.Connection) -> None:
    """Take away what would show one session another's work or let it make functions of its own.

    And let a text search use its index under row-level security: the operators named here tell nothing of what they
    read.
    """
    database = sql.Identifier(session.info.dbname)
    session.execute(sql.SQL("REVOKE TEMPORARY ON DATABASE {} FROM PUBLIC").format(database))
    for statement in HARDENING:
        session.execute(statement)


def install_extensions(session: psycopg.Connection) -> None:
    for extension in EXTENSIONS:
        session.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
