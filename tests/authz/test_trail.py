"""Reading what is restricted leaves an entry, for those who are let in and for those let in by emergency."""

import pytest

from tests.authz import oracle
from tests.authz.crawl import addresses
from tests.authz.stage import Stage
from tests.authz.visiting import Visitor, known


@pytest.mark.parametrize("name", sorted(oracle.INSIDE))
@pytest.mark.parametrize("route", ["vetting-desk", "vetting-case"])
def test_reading_in_the_compartment_leaves_an_entry(stage: Stage, name: str, route: str) -> None:
    visitor = Visitor(stage, name)
    asked = [a for a in addresses(stage, route) if a.row is None or name in stage.readers(a.row)]
    with known(stage, name):
        answers = [visitor.ask("GET", address) for address in asked if not address.is_absent]
    assert answers
    for answer in answers:
        assert answer.status == 200
        assert any('"audit_entry"' in statement for statement in answer.written)


@pytest.mark.parametrize("name", ["outsider", "lapsed", "administrator", "chief"])
def test_who_is_outside_reads_nothing_there_and_writes_nothing(stage: Stage, name: str) -> None:
    visitor = Visitor(stage, name)
    with known(stage, name):
        answer = visitor.ask("GET", addresses(stage, "vetting-desk")[0])
    assert answer.status == 403
    assert not answer.written
