"""Nations with a status of the day; partner organisations, those closed shown as closed."""

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from accord.kernel.errors import NotFound, Refused
from accord.people.models import Organisation
from accord.people.queries import nation_record, nations, nations_to_choose, partners, partners_to_choose, relations_on
from tests.people.cast import NOBODY, READER, START, nation, organisation

pytestmark = pytest.mark.django_db
ACCESSION = date(2023, 4, 4)


def test_partner_becomes_ally_on_the_day_of_accession() -> None:
    finland = nation("FIN", "Finland", ("partner", None, ACCESSION), ("ally", ACCESSION, None))
    finland.contributions.create(period=DateRange(START, None))
    (before,), (after,) = nations(READER, "en", date(2023, 4, 3)), nations(READER, "en", ACCESSION)
    assert before.status is not None
    assert after.status is not None
    assert (before.status.status, after.status.status) == ("partner", "ally")
    assert [s.status for s in before.history] == ["partner"]
    assert [s.status for s in after.history] == ["ally", "partner"]
    assert before.contribution is not None


def test_no_contribution_outside_its_time() -> None:
    nation("ALB", "Albania", ("ally", None, None)).contributions.create(period=DateRange(START, ACCESSION))
    assert nations(READER, "en", ACCESSION)[0].contribution is None


def test_nations_refused_without_permission() -> None:
    with pytest.raises(Refused):
        nations(NOBODY, "en", START)


def test_nation_record_exists_or_says_so() -> None:
    made = nation("ALB", "Albania")
    assert nation_record(made.pk) == made
    assert nations_to_choose("en") == [(made.pk, "Albania")]
    with pytest.raises(NotFound):
        nation_record(organisation().pk)


def closing(name: str, end: date) -> Organisation:
    made = organisation(name, side="partner", kind="alliance")
    made.period = DateRange(START, end)
    made.save()
    return made


def test_closed_partner_stays_and_is_shown_as_closed() -> None:
    closing("Assistance Mission", date(2026, 1, 1))
    (before,), (after,) = (partners(READER, "en", day) for day in (date(2025, 12, 31), date(2026, 1, 1)))
    assert not before.is_closed
    assert after.is_closed
    assert partners(READER, "en", date(2020, 1, 1)) == []
    assert partners_to_choose("en", date(2026, 1, 1)) == []


def test_relations_carry_their_validity() -> None:
    cell, partner = organisation("Cell", side="mission"), organisation("Union", side="partner")
    cell.relations.create(kind="coordinates", target=partner, period=DateRange(START, ACCESSION))
    (during,), (after,) = (relations_on(READER, "en", day) for day in (START, ACCESSION))
    assert (during.subject, during.target, during.is_over) == ("Cell", "Union", False)
    assert after.is_over
    assert [r.id for r in partners(READER, "en", START)[0].relations] == [during.id]
    assert relations_on(READER, "en", START, of=organisation("Other").pk) == []
    for ask in (partners, relations_on):
        with pytest.raises(Refused):
            ask(NOBODY, "en", START)
