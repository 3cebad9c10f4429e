"""What Django must know to reach the database, and the one call that makes sure it can be reached."""

import os
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from accord.config.postgres import server
from accord.config.postgres.cluster import PORT, Cluster
from accord.config.postgres.errors import DatabaseTrouble
from accord.config.postgres.folder import data_folder, ensure_secret_key

OLDEST_SERVER = 15
# Statements are bound by the server, so that a value can never become a statement, and prepared after five uses.
OPTIONS: dict[str, Any] = {"server_side_binding": True, "prepare_threshold": 5}
POOL = {"min_size": 0, "max_size": 8, "timeout": 10}


ENGINE = "accord.wall.backend"


def django_settings(folder: Path) -> dict[str, dict[str, Any]]:
    """Two ways to one database: ``default`` serves people and is bound by row-level security, ``owner`` migrates."""
    application, owner = _external_application() or _external(), _external()
    return {
        "default": {"ENGINE": ENGINE, **_address(folder, server.APPLICATION, application)},
        "owner": {"ENGINE": ENGINE, **_address(folder, server.OWNER, owner)},
    }


def application_role() -> str:
    """The role that serves people, for whom the owner puts up the wall."""
    return str(_parts(_external_application()).get("user", "")) if _external() else server.APPLICATION


def ensure_running(*, durable: bool = True) -> None:
    """Start the embedded server, or check the external one. Tests give up durability for speed."""
    folder = data_folder()
    ensure_secret_key(folder)
    if _external():
        _check_external()
    else:
        server.hold(Cluster(folder), durable=durable)


def _external() -> str:
    return os.environ.get("DATABASE_URL", "")


def _external_application() -> str:
    return os.environ.get("DATABASE_APP_URL", "")


def _address(folder: Path, role: str, external: str) -> dict[str, Any]:
    if not external:
        socket_folder = str(Cluster(folder).socket_folder)
        return {
            "NAME": server.NAME,
            "USER": role,
            "HOST": socket_folder,
            "PORT": PORT,
            "OPTIONS": {**OPTIONS, "pool": POOL},
        }
    parts = _parts(external)
    return {
        "NAME": parts.pop("dbname", server.NAME),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "OPTIONS": {**parts, **OPTIONS, "pool": POOL},
    }


def _parts(address: str) -> dict[str, Any]:
    try:
        return dict(conninfo_to_dict(address))
    except psycopg.ProgrammingError as fault:
        raise DatabaseTrouble(
            "DATABASE_URL or DATABASE_APP_URL is not the address of a database. Write it as postgresql://user:password@host:5432/accord"
        ) from fault


def _check_external() -> None:
    try:
        with psycopg.connect(_external(), autocommit=True, connect_timeout=10) as session:
            major = session.info.server_version // 10000
            if major < OLDEST_SERVER:
                raise DatabaseTrouble(
                    f"DATABASE_URL points to PostgreSQL {major}; Accord needs {OLDEST_SERVER} or newer."
                )
            server.install_extensions(session)
            owner = session.info.user
        if _parts(_external_application()).get("user") in {None, owner}:
            raise DatabaseTrouble(
                "Accord serves people as another role than the one that owns the tables, so that PostgreSQL itself "
                "keeps from each what is not his. Name that role's address in DATABASE_APP_URL; see "
                "docs/configuration.md."
            )
    except psycopg.errors.InsufficientPrivilege as refusal:
        raise DatabaseTrouble(
            "The database lacks an extension, and this user may not install it. Ask its administrator to run: "
            + " ".join(f"CREATE EXTENSION {name};" for name in server.EXTENSIONS)
        ) from refusal
    except psycopg.OperationalError as trouble:
        raise DatabaseTrouble(f"The database named by DATABASE_URL does not answer: {trouble}") from trouble
