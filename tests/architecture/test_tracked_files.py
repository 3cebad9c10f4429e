"""What may never be in a tracked file: paths of one machine, addresses of registries, copies of other people's work."""

import re
import subprocess
from pathlib import Path

from tests.architecture.source import ROOT

# Written so that this file does not match itself.
MACHINE = re.compile(r"(^|[^A-Za-z0-9_.-])/(work|root|farm|home/[a-z]+)/")
REGISTRY = re.compile(r"pypi\.org|python[h]osted|registry\.npmjs|deb\.debian|index[-]url")
LOCK = re.compile(r"^(requirements.*\.txt|package-lock\.json)$")
COPIES = re.compile(r"\.min\.(js|css)$|\.woff2?$|(^|/)node_modules/")
TEXT = {
    ".py",
    ".md",
    ".toml",
    ".txt",
    ".html",
    ".css",
    ".js",
    ".svg",
    ".po",
    ".yaml",
    ".yml",
    ".json",
    ".ini",
    ".cfg",
    "",
}


def _tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout.splitlines()  # fmt: skip
    return [ROOT / name for name in listed if (ROOT / name).is_file()]


def test_no_file_names_a_machine_or_a_registry() -> None:
    named = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in _tracked()
        if path.suffix in TEXT
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if MACHINE.search(line) or REGISTRY.search(line)
    ]
    assert not named


def test_a_lock_holds_hashes_and_versions_but_no_address() -> None:
    locks = [path for path in _tracked() if LOCK.match(path.name)]
    assert locks
    assert not [str(path.relative_to(ROOT)) for path in locks if "://" in path.read_text()]


def test_other_peoples_files_are_dependencies_not_copies() -> None:
    assert not [path for path in _tracked() if COPIES.search(str(path.relative_to(ROOT)))]
