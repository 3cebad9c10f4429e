"""Copies of mission folders to be broken, and where in them something is written."""

import shutil
from pathlib import Path

MISSIONS = Path(__file__).parents[2] / "missions"
NMI = MISSIONS / "nmi"
VELMORA = MISSIONS / "velmora"


def copy(mission: Path, to: Path) -> Path:
    return Path(shutil.copytree(mission, to / mission.name))


def change(folder: Path, file: str, old: str, new: str) -> None:
    """Replace what must be there exactly once or more; the first time it stands."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def line_of(folder: Path, file: str, words: str) -> int:
    lines = (folder / file).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)
