"""Accord on one side, an identity provider on the other, and people who are at home in both or in one of them."""

import fcntl
import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
from django.test import Client
from pytest_django.fixtures import Settings

from accord.access.models import Account, ExternalIdentity
from accord.access.services import grant_role, open_account
from accord.kernel.actor import system
from accord.kernel.clock import now, today
from accord.kernel.keys import new_key
from accord.web.federation import metadata
from tests.federation.house import House, open_house
from tests.federation.visit import Visit

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
INSTALLED = ROOT / "build" / "federation"
STARTS_WITHIN = 40  # seconds, on a busy machine; alone each takes about two
SECRET = "a-client-secret-of-the-tests"
PASSWORD = "a long password of the tests"

Configure = Callable[..., None]
Person = Callable[..., Account]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    metadata.forget()


@pytest.fixture
def configured(tmp_path: Path, settings: Settings) -> Configure:
    """``configured(home="http://127.0.0.1:1234")`` makes these the identity providers of the installation."""

    def write(extra: str = "", **issuers: str) -> None:
        (tmp_path / "secret").write_text(SECRET + "\n")
        tables = [
            f'[{code}]\nname = {{ en = "House {code}", ar = "الدار" }}\nissuer = "{issuer}"\nclient_id = "accord"\n'
            f'client_secret_file = "secret"\nscopes = ["openid", "profile"]\n{extra}\n'
            for code, issuer in issuers.items()
        ]
        file = tmp_path / f"providers-{new_key()}.toml"
        file.write_text("\n".join(tables))
        settings.IDENTITY_PROVIDERS = file

    return write


@pytest.fixture
def person() -> Person:
    """``person("one", issuer=…, subject=…)`` has a verified account, a role, and perhaps an identity elsewhere."""

    def arrive(username: str, *, issuer: str = "", subject: str = "", verified: bool = True) -> Account:
        account = open_account(
            actor=system("tests"), username=username, name=f"{username} (fictional)", password=PASSWORD
        )
        grant_role(actor=system("tests"), account=account, role="advisor", start=today())
        Account.objects.filter(pk=account.pk).update(verified_at=now() if verified else None)
        if issuer:
            ExternalIdentity.objects.create(account=account, issuer=issuer, subject=subject)
        account.refresh_from_db()
        return account

    return arrive


@pytest.fixture(scope="session")
def installed() -> Path:
    """The real providers, installed once for all processes of a run and kept for the next."""
    INSTALLED.parent.mkdir(exist_ok=True)
    with (INSTALLED.parent / "federation.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        subprocess.run([sys.executable, ROOT / "tools" / "bootstrap.py", "providers"], check=True, cwd=ROOT)
    return INSTALLED


@contextmanager
def running(command: list[str | Path], port: int, output: Path) -> Iterator[str]:
    """A provider as a child of ours that listens on the port, ended at the end."""
    issuer = f"http://127.0.0.1:{port}"
    with output.open("w") as said, subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT) as process:
        try:
            _wait_for(issuer, process, output)
            yield issuer
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait_for(issuer: str, process: "subprocess.Popen[bytes]", output: Path) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end and process.poll() is None:
        try:
            requests.get(f"{issuer}/.well-known/openid-configuration", timeout=5).raise_for_status()
        except requests.RequestException:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"The provider did not start:\n{output.read_text()}")


def described(**values: object) -> str:
    """What a provider shall serve, as its script takes it."""
    return json.dumps(values)


@pytest.fixture
def house() -> Iterator[House]:
    with open_house() as found:
        yield found


@pytest.fixture
def visit(house: House, configured: Configure, db: None) -> Visit:
    """A browser at the door of an Accord whose only provider is the misbehaving house."""
    configured(loose=house.issuer)
    return Visit(Client())
