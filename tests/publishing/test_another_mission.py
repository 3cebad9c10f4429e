"""A fictional mission with other languages gets its sheet from its own files, and says nothing of the reference one."""

from datetime import date

import pytest

from accord.exchange.services import load_mission
from accord.kernel.actor import system
from accord.publishing import queries
from accord.publishing.pdf import pdf
from tests.publishing.conftest import MISSIONS


@pytest.mark.django_db
def test_another_mission_has_its_own_sheet_in_its_own_languages() -> None:
    load_mission(actor=system("test"), folder=MISSIONS / "velmora")
    sheet = queries.sheet(date(2024, 6, 30))
    assert sheet.languages == ("en", "fr")
    assert sheet.claims
    assert all(set(claim.text) == {"en", "fr"} for claim in sheet.claims)
    assert "Iraq" not in " ".join(words for claim in sheet.claims for words in claim.text.values())
    assert pdf(sheet, "fr").startswith(b"%PDF")
