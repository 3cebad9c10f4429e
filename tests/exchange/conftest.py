from pathlib import Path

import pytest

from accord.exchange.services import LoadReport, load_mission
from accord.kernel.actor import system
from tests.exchange import folders

LOADER = system("load")


@pytest.fixture
def velmora(tmp_path: Path) -> Path:
    """The fictional mission, to be changed."""
    return folders.copy(folders.VELMORA, tmp_path)


@pytest.fixture
def nmi(db: None) -> LoadReport:
    """The reference mission, loaded."""
    return load_mission(actor=LOADER, folder=folders.NMI)
