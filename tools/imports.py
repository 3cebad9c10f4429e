"""Check the import contracts, with the order of the house as pyproject.toml has it."""

import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NOT_A_CONTEXT = {"config", "web"}


def main() -> int:
    layers = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["accord"]["layers"]
    contexts = [name for layer in layers for name in layer if name not in NOT_A_CONTEXT]
    contracts = (ROOT / "tools" / "contracts.ini").read_text()
    written = ROOT / "build" / "import-contracts.ini"
    written.parent.mkdir(exist_ok=True)
    written.write_text(
        contracts.replace("{house}", _lines(" | ".join(layer) for layer in layers)).replace(
            "{contexts}", _lines(f"accord.{name}" for name in contexts)
        )
    )
    linter = Path(sys.executable).with_name("lint-imports")
    command: list[Path | str] = [linter, "--config", written, "--cache-dir", ROOT / "build" / "imports", "--no-logo"]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def _lines(entries: Iterable[str]) -> str:
    return "".join(f"\n    {entry}" for entry in entries)


if __name__ == "__main__":
    sys.exit(main())
