"""What was written once stays: no update, no deletion, by no way that leads to the tables."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from accord.advising.models import Engagement, EngagementStep, Report, ReportStep
from accord.advising.services import save_report, submit_report
from accord.audit.models import Entry
from accord.mandate.models import Accord, AccordStep, RequestStep
from accord.mandate.services import submit_request
from tests.cast import World
from tests.owner import as_owner

HISTORY: list[type[Model]] = [Entry, AccordStep, RequestStep, EngagementStep, ReportStep]


@pytest.fixture
def lived(world: World) -> World:
    """A world in which every kind of step has been taken."""
    submit_request(
        actor=world.actor("host"), purpose="activity", title={"en": "Asked"}, text={}, institution=world.org["defence"],
        activity_types=["advise"],
    )  # fmt: skip
    engagement = world.conducted()
    report = save_report(
        actor=world.actor("advisor"), engagement=engagement, discussed="Plans", outcome="Agreed", atmosphere="neutral"
    )
    submit_report(actor=world.actor("advisor"), report=report)
    return world


@pytest.mark.parametrize("model", HISTORY)
def test_rows_of_history_are_written_once(lived: World, model: type[Model]) -> None:
    row = model._default_manager.first()
    assert row is not None
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic(), as_owner():
        row.save()
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic(), as_owner():
        row.delete()
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic(), as_owner():
        model._default_manager.filter(pk=row.pk).delete()


@pytest.mark.parametrize("model", HISTORY)
@pytest.mark.parametrize("statement", ["UPDATE {} SET at = now()", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_not_even_by_hand(lived: World, model: type[Model], statement: str) -> None:
    before = model._default_manager.count()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match="written once"), transaction.atomic(), as_owner():
            cursor.execute(statement.format(model._meta.db_table))
    assert model._default_manager.count() == before > 0


@pytest.mark.parametrize("model", [Accord, Engagement, Report])
def test_what_has_history_cannot_be_deleted(lived: World, model: type[Model]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        model._default_manager.all().delete()
    assert model._default_manager.exists()
