"""Other people's code: named, locked by hash, and none of it that only tests need."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

from tests.architecture.source import ROOT, modules

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def _name(requirement: str) -> str:
    return re.split(r"[\[~=<>!; ]", requirement)[0].lower().replace("_", "-")


def _locked(file: str) -> dict[str, str]:
    """What a lock names, each with its lines."""
    entries = re.split(r"\n(?=[A-Za-z0-9])", (ROOT / file).read_text())
    return {_name(entry): entry for entry in entries if "==" in entry}


def test_everything_is_locked_by_hash() -> None:
    for file in ("requirements.txt", "requirements-dev.txt"):
        locked = _locked(file)
        assert len(locked) > 20
        assert not [name for name, entry in locked.items() if "--hash=sha256:" not in entry]
        assert not [name for name, entry in locked.items() if not re.search(r"==[\w.]+", entry) or " @ " in entry]


def test_every_dependency_we_name_is_locked() -> None:
    assert {_name(one) for one in PROJECT["dependencies"]} <= set(_locked("requirements.txt"))


def test_nothing_for_tests_is_installed_where_it_runs() -> None:
    for_tests = {_name(one) for one in PROJECT["optional-dependencies"]["dev"]}
    assert not for_tests & set(_locked("requirements.txt"))
    borrowed = re.compile(r"^(import|from) (tests|pytest)\b", re.MULTILINE)
    assert not [module.name for module in modules() if borrowed.search(module.text)]


def test_what_is_imported_is_named() -> None:
    imported = {
        name.split(".")[0]
        for module in modules()
        for node in ast.walk(module.tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    foreign = imported - set(sys.stdlib_module_names) - {"accord"}
    owners = {_name(owner) for name in foreign for owner in packages_distributions().get(name, [name])}
    named = {_name(one) for one in PROJECT["dependencies"]} | {"pydantic-core"}  # half of pydantic
    assert owners <= named, "imported, but not named in pyproject.toml"


def test_installing_demands_the_hashes() -> None:
    bootstrap = (ROOT / "tools" / "bootstrap.py").read_text()
    assert "--require-hashes" in bootstrap
    assert "--only-binary=:all:" in bootstrap
