"""The embedded server: who starts it, who stops it, who may enter, and what happens after a kill."""

import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from accord.config import postgres
from accord.config.postgres.cluster import LONGEST_SOCKET_PATH, Cluster
from accord.config.postgres.server import APPLICATION, NAME, OWNER, connect

HOLD = "import sys; from accord.config import postgres; postgres.ensure_running(); print('up', flush=True)"
WAIT = HOLD + "; sys.stdin.read()"


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """A data folder that the server's account may enter, which pytest's own are not."""
    with tempfile.TemporaryDirectory(prefix="accord-test-") as folder:
        Path(folder).chmod(0o755)
        cluster = Cluster(Path(folder) / "var")
        yield cluster
        _run(cluster, HOLD)  # takes over whatever a killed process left, and stops it


def _run(cluster: Cluster, program: str) -> None:
    subprocess.run([sys.executable, "-c", program], env=_environment(cluster), check=True, stdout=subprocess.DEVNULL)


@contextmanager
def _user(cluster: Cluster) -> Iterator[subprocess.Popen[str]]:
    """A process that uses the database until the block ends."""
    command = [sys.executable, "-c", WAIT]
    with subprocess.Popen(
        command, env=_environment(cluster), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "up\n"
        yield process


def _environment(cluster: Cluster) -> dict[str, str]:
    return {**os.environ, "ACCORD_DATA": str(cluster.data), "DATABASE_URL": ""}


def _server(cluster: Cluster) -> int:
    return int((cluster.folder / "postmaster.pid").read_text().splitlines()[0])


def _answers(cluster: Cluster) -> bool:
    try:
        connect(cluster, OWNER, NAME).close()
    except psycopg.OperationalError:
        return False
    return True


@pytest.mark.django_db
def test_values_are_bound_by_the_server() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::int + 1", [1])
        assert cursor.fetchone() == (2,)
        with pytest.raises(Exception, match="multiple commands"):
            cursor.execute("SELECT %s::int; SELECT 2", [1])


def test_the_last_to_leave_stops_the_server(cluster: Cluster) -> None:
    with _user(cluster):
        with _user(cluster):
            assert _answers(cluster)
        assert _answers(cluster)
    assert not (cluster.folder / "postmaster.pid").exists()


def test_many_may_start_together(cluster: Cluster) -> None:
    together = [
        subprocess.Popen([sys.executable, "-c", HOLD], env=_environment(cluster), stdout=subprocess.DEVNULL)
        for _ in range(4)
    ]
    assert [process.wait(60) for process in together] == [0, 0, 0, 0]


def test_a_killed_process_leaves_the_server_to_the_next(cluster: Cluster) -> None:
    with _user(cluster) as first:
        server = _server(cluster)
        first.kill()
    assert _answers(cluster)
    with _user(cluster):
        assert _server(cluster) == server
    assert not _answers(cluster)


def test_a_killed_server_recovers_with_its_data(cluster: Cluster) -> None:
    with _user(cluster):
        with connect(cluster, OWNER, NAME) as session:
            session.execute("CREATE TABLE kept (n int)")
            session.execute("INSERT INTO kept VALUES (7)")
        os.kill(_server(cluster), signal.SIGKILL)
        _wait_until_gone(cluster)
        with _user(cluster), connect(cluster, OWNER, NAME) as session:
            assert session.execute("SELECT n FROM kept").fetchall() == [(7,)]


def _wait_until_gone(cluster: Cluster) -> None:
    deadline = time.monotonic() + 10
    while _answers(cluster):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_nobody_else_may_enter(cluster: Cluster) -> None:
    with _user(cluster):
        for private in (cluster.folder, cluster.socket_folder):
            assert stat.S_IMODE(private.stat().st_mode) == 0o700
        assert "trust" not in (cluster.folder / "pg_hba.conf").read_text()
        with pytest.raises(psycopg.OperationalError, match="authentication failed"):
            connect(cluster, "somebody", NAME)
        with connect(cluster, OWNER, NAME) as session:
            assert session.execute("SHOW listen_addresses").fetchone() == ("",)
            assert session.execute("SELECT usesuper FROM pg_user WHERE usename = %s", [OWNER]).fetchone() == (False,)


def test_a_long_path_does_not_break_the_socket() -> None:
    deep = Cluster(Path(tempfile.gettempdir()) / ("x" * LONGEST_SOCKET_PATH))
    assert deep.socket_folder.parent == Path(tempfile.gettempdir())
    assert len(str(deep.socket_folder)) < LONGEST_SOCKET_PATH


def test_the_secret_key_is_made_once_and_kept_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ACCORD_SECRET_KEY", raising=False)
    postgres.ensure_secret_key(tmp_path)
    key = postgres.secret_key(tmp_path)
    postgres.ensure_secret_key(tmp_path)
    assert postgres.secret_key(tmp_path) == key
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_an_external_server_is_taken_from_its_address(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:p%40ss@db.example.org:5433/mission?sslmode=require")
    found = postgres.django_settings(tmp_path)["owner"]
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example.org", "5433", "mission")
    assert (found["USER"], found["PASSWORD"], found["OPTIONS"]["sslmode"]) == ("me", "p@ss", "require")


def test_an_address_that_is_none_is_told_plainly(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "garbage")
    with pytest.raises(postgres.DatabaseTrouble, match="Write it as postgresql://"):
        postgres.django_settings(tmp_path)


def test_an_external_server_that_is_silent_is_named_plainly(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ACCORD_DATA", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "postgresql://127.0.0.1:9/none")
    with pytest.raises(postgres.DatabaseTrouble, match="does not answer"):
        postgres.ensure_running()


def test_an_external_server_is_prepared(cluster: Cluster, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The embedded server of another folder stands for somebody's own."""
    monkeypatch.setenv("ACCORD_DATA", str(tmp_path))
    address = f"postgresql:///{NAME}?host={cluster.socket_folder}&user="
    monkeypatch.setenv("DATABASE_URL", address + OWNER)
    monkeypatch.setenv("DATABASE_APP_URL", address + APPLICATION)
    with _user(cluster):
        postgres.ensure_running()
        with connect(cluster, OWNER, NAME) as session:
            found = session.execute("SELECT count(*) FROM pg_extension WHERE extname = 'btree_gist'").fetchone()
    assert found == (1,)
