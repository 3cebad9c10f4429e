"""Editions: prepared, published, frozen, corrected, withdrawn; and claims under review when the records move on."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from accord.audit.models import Entry
from accord.kernel import clock
from accord.kernel.actor import Actor
from accord.kernel.errors import Conflict, Invalid, NotFound, Refused, WrongState
from accord.people.models import Organisation, Person, Position, Tour
from accord.publishing import queries, services
from accord.publishing.choices import Change, EditionState
from accord.publishing.models import Edition, EditionStep

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nmi_once")]
DAY = date(2026, 6, 1)
NOTE = {"en": "The commander was wrong.", "ar": "كان اسم القائد خطأ."}


@pytest.fixture(autouse=True)
def _late_june() -> Iterator[None]:
    with clock.fixed(date(2026, 6, 25)):
        yield


def _published(actor: Actor, day: date = DAY) -> Edition:
    edition = services.prepare_edition(actor=actor, as_of=day)
    return services.publish_edition(actor=actor, number=edition.number)


def _change_of_command(on: date) -> None:
    commander = Position.objects.get(code="commander")
    Tour.objects.filter(position=commander, period__contains=on).update(period=DateRange(date(2025, 5, 19), on))
    successor = Person.objects.get(code="giovanni-iannucci")
    source = {"kind": "public", "ref": "NATO page: Relations with Iraq"}
    Tour.objects.create(
        position=commander, person=successor, rank={"en": "General"}, period=DateRange(on, None), source=source
    )


def _under_review(on: date) -> list[str]:
    found = queries.public_sheet(on)
    assert found is not None
    return [claim.claim.code for claim in found.claims if claim.under_review]


def test_published_edition_is_what_the_public_reads(public_affairs: Actor) -> None:
    assert queries.public_sheet(DAY) is None
    edition = _published(public_affairs)
    found = queries.public_sheet(date(2026, 6, 20))
    assert found is not None
    assert (found.edition.number, found.edition.as_of, found.edition.digest) == (edition.number, DAY, edition.digest)
    assert not found.is_under_review
    assert queries.public_sheet(date(2026, 5, 31)) is None


def test_public_never_learns_who_prepared_an_edition(public_affairs: Actor) -> None:
    edition = _published(public_affairs)
    [row] = queries.public_editions()
    assert (row.number, row.prepared_by, row.published_by) == (edition.number, "", "")
    assert {step.by for step in row.steps} == {""}
    [desk] = queries.editions(public_affairs)
    assert desk.published_by == public_affairs.name


def test_prepared_edition_is_not_public(public_affairs: Actor) -> None:
    edition = services.prepare_edition(actor=public_affairs, as_of=DAY)
    assert queries.edition_in_force(DAY) is None
    assert queries.public_editions() == []
    with pytest.raises(NotFound):
        queries.public_edition(edition.number)


def test_preparing_and_publishing_leave_their_trail(public_affairs: Actor) -> None:
    edition = _published(public_affairs)
    entries = Entry.objects.filter(object_id=edition.pk).order_by("at", "id")
    assert [entry.action for entry in entries] == ["prepare_edition", "publish_edition"]
    assert {entry.actor_name for entry in entries} == {public_affairs.name}


def test_only_public_affairs_publishes(advisor: Actor, public_affairs: Actor) -> None:
    edition = services.prepare_edition(actor=public_affairs, as_of=DAY)
    for refused in (
        lambda: services.prepare_edition(actor=advisor, as_of=DAY),
        lambda: services.publish_edition(actor=advisor, number=edition.number),
        lambda: services.correct_edition(actor=advisor, number=edition.number, note=NOTE),
        lambda: services.withdraw_edition(actor=advisor, number=edition.number, reason=NOTE),
        lambda: services.publish_history(actor=advisor, start=DAY),
    ):
        with pytest.raises(Refused):
            refused()


def test_desk_is_closed_to_the_public() -> None:
    with pytest.raises(Refused):
        queries.editions(Actor(name="public", side="public"))


def test_day_to_come_and_day_without_facts_are_refused(public_affairs: Actor) -> None:
    for day in (date(2026, 6, 26), date(2017, 1, 1)):
        with pytest.raises(Invalid):
            services.prepare_edition(actor=public_affairs, as_of=day)


def test_publishing_refused_when_the_records_changed_names_the_claims(public_affairs: Actor) -> None:
    edition = services.prepare_edition(actor=public_affairs, as_of=DAY)
    _change_of_command(date(2026, 5, 30))
    with pytest.raises(Conflict, match="commander"):
        services.publish_edition(actor=public_affairs, number=edition.number)


def test_one_published_edition_a_day(public_affairs: Actor) -> None:
    _published(public_affairs)
    with pytest.raises(Conflict):
        _published(public_affairs)


@pytest.mark.parametrize(
    "change",
    [{"content": {}}, {"digest": "0"}, {"as_of": date(2020, 1, 1)}, {"published_by": "x"}, {"state": "draft"}],
)
def test_published_edition_cannot_change(public_affairs: Actor, change: dict[str, object]) -> None:
    edition = _published(public_affairs)
    with pytest.raises(DatabaseError, match="published and frozen"), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(**change)


def test_published_edition_and_its_steps_cannot_be_deleted(public_affairs: Actor) -> None:
    edition = _published(public_affairs)
    with pytest.raises(DatabaseError), transaction.atomic():
        EditionStep.objects.filter(edition=edition).delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.filter(pk=edition.pk)._raw_delete("default")


def test_claim_is_under_review_from_the_day_its_records_say_otherwise(public_affairs: Actor) -> None:
    _published(public_affairs)
    _change_of_command(date(2026, 6, 10))
    assert _under_review(date(2026, 6, 9)) == []
    assert _under_review(date(2026, 6, 20)) == ["commander"]
    _published(public_affairs, date(2026, 6, 20))
    assert _under_review(date(2026, 6, 20)) == []


def test_stale_claims_tell_what_they_would_say(public_affairs: Actor) -> None:
    edition = _published(public_affairs)
    _change_of_command(date(2026, 6, 10))
    [stale] = queries.stale_claims(public_affairs, edition.number, clock.today())
    assert (stale.code, stale.change) == ("commander", Change.REWORDED)
    assert "Hintzy" in stale.before["en"]
    assert "Iannucci" in stale.after["en"]


def test_changed_source_puts_a_claim_under_review_too(public_affairs: Actor) -> None:
    edition = _published(public_affairs)
    Tour.objects.filter(period__contains=DAY, position__code="commander").update(
        source={"kind": "public", "ref": "NATO page: Relations with Iraq"}
    )
    [stale] = queries.stale_claims(public_affairs, edition.number, DAY)
    assert (stale.code, stale.change) == ("commander", Change.RESOURCED)


def test_frozen_edition_keeps_its_words_when_records_change(public_affairs: Actor) -> None:
    edition = _published(public_affairs)
    Organisation.objects.filter(code="ministry-of-defence").update(
        name={"en": "Ministry of Peace", "ar": "وزارة السلام"}
    )
    words = " ".join(claim.text["en"] for claim in queries.public_edition(edition.number).sheet.claims)
    assert "Ministry of Defence" in words
    assert "advised" in _under_review(DAY)


def test_correction_replaces_the_day_and_keeps_the_old_readable(public_affairs: Actor) -> None:
    old = _published(public_affairs)
    _change_of_command(date(2026, 5, 30))
    new = services.correct_edition(actor=public_affairs, number=old.number, note=NOTE)
    in_force = queries.edition_in_force(DAY)
    assert in_force is not None
    assert (in_force.number, in_force.corrects, in_force.note) == (new.number, old.number, NOTE)
    before = queries.public_edition(old.number)
    assert (before.edition.state, before.edition.corrected_by) == (EditionState.CORRECTED, new.number)
    assert [step.name for step in before.edition.steps] == ["publish", "correct"]
    assert before.edition.steps[1].reason == NOTE
    [difference] = queries.compare(before.sheet, queries.public_edition(new.number).sheet)
    assert difference.code == "commander"


def test_correction_needs_a_change_and_a_note_in_every_language(public_affairs: Actor) -> None:
    edition = _published(public_affairs)
    with pytest.raises(Conflict):
        services.correct_edition(actor=public_affairs, number=edition.number, note=NOTE)
    _change_of_command(date(2026, 5, 30))
    with pytest.raises(Invalid) as refusal:
        services.correct_edition(actor=public_affairs, number=edition.number, note={"en": "Only English."})
    assert "note" in refusal.value.fields


def test_withdrawn_edition_leaves_the_public_but_not_the_record(public_affairs: Actor) -> None:
    first, second = _published(public_affairs), _published(public_affairs, date(2026, 6, 5))
    services.withdraw_edition(actor=public_affairs, number=second.number, reason=NOTE)
    in_force = queries.edition_in_force(date(2026, 6, 20))
    assert in_force is not None
    assert in_force.number == first.number
    with pytest.raises(NotFound):
        queries.public_edition(second.number)
    withdrawn = next(row for row in queries.public_editions() if row.number == second.number)
    assert (withdrawn.state, withdrawn.steps[-1].reason) == (EditionState.WITHDRAWN, NOTE)
    with pytest.raises(WrongState):
        services.withdraw_edition(actor=public_affairs, number=second.number, reason=NOTE)


def test_history_is_published_day_by_day_and_only_once(public_affairs: Actor) -> None:
    editions = services.publish_history(actor=public_affairs, start=date(2018, 1, 1))
    assert [edition.as_of for edition in editions] == list(queries.change_days(date(2018, 1, 1), clock.today()))
    assert Entry.objects.filter(action="publish_edition").count() == len(editions)
    assert services.publish_history(actor=public_affairs, start=date(2018, 1, 1)) == []
    seed_day = queries.public_sheet(date(2021, 6, 30))
    assert seed_day is not None
    assert not seed_day.is_under_review
    assert seed_day.sheet.claims == queries.sheet(date(2021, 6, 30)).claims
