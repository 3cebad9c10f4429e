"""Organisations: added, renamed, moved from a day on, and found under any spelling."""

from datetime import date

import pytest

from accord.audit.models import Entry
from accord.kernel.errors import Conflict, Invalid, NotFound, Refused
from accord.people.queries import (
    organisation_named,
    organisation_page,
    organisations,
    organisations_called,
    parents_on,
)
from accord.people.services import add_alias, add_organisation, place_organisation, rename_organisation
from tests.people.cast import HOST, KEEPER, NOBODY, READER, START, organisation

pytestmark = pytest.mark.django_db
LATER = date(2022, 1, 1)


def test_added_organisation_is_found_and_on_the_trail() -> None:
    made = organisation("Ministry of Water")
    assert organisation_named("ministry of water") == made
    entry = Entry.objects.get(action="add_organisation")
    assert (entry.object_id, entry.actor_name) == (made.pk, KEEPER.name)


def test_add_organisation_refused_without_permission() -> None:
    with pytest.raises(Refused):
        add_organisation(actor=NOBODY, name={"en": "X"}, kind="office", side="host", start=START)
    assert not Entry.objects.exists()


def test_organisation_needs_a_name() -> None:
    with pytest.raises(Invalid) as refused:
        organisation(" ")
    assert "name" in refused.value.fields


def test_two_of_one_name_get_codes_of_their_own() -> None:
    assert organisation("Office").code != organisation("Office").code


@pytest.mark.parametrize("spelling", ["Al-Rustimaya", "al rustamiyah", "الرستمية", "رستميه", "RUSTAMIYAH college"])
def test_every_spelling_finds_it(spelling: str) -> None:
    school = add_organisation(
        actor=KEEPER,
        name={"en": "Al-Rustamiyah College", "ar": "كلية الرستمية"},
        kind="school",
        side="host",
        start=START,
    )
    add_alias(actor=KEEPER, organisation=school, text="Al-Rustimaya")
    assert [row.id for row in organisations_called(READER, spelling, "en", LATER)] == [school.pk]


def test_the_same_spelling_twice_is_a_conflict() -> None:
    made = organisation("Staff College")
    with pytest.raises(Conflict):
        add_alias(actor=KEEPER, organisation=made, text="staff-college")
    with pytest.raises(Invalid):
        add_alias(actor=KEEPER, organisation=made, text=" - ")
    with pytest.raises(Refused):
        add_alias(actor=READER, organisation=made, text="SC")


def test_former_name_still_finds_a_renamed_organisation() -> None:
    made = organisation("Old House")
    rename_organisation(actor=KEEPER, organisation=made, name={"en": "New House", "ar": "البيت الجديد"})
    assert organisation_named("Old House") == organisation_named("البيت الجديد") == made
    entry = Entry.objects.get(action="rename_organisation")
    assert entry.changes["former"] == {"en": "Old House"}


def test_moved_from_a_day_on_the_days_before_stay_as_they_were() -> None:
    first, second = organisation("First"), organisation("Second")
    child = organisation("Child", parent=first)
    place_organisation(actor=KEEPER, organisation=child, parent=second, start=LATER)
    assert parents_on(date(2021, 12, 31))[child.pk] == first.pk
    assert parents_on(LATER)[child.pk] == second.pk
    assert [tie.parent for tie in organisation_page(READER, child.pk, "en", LATER).ties] == ["Second", "First"]
    assert [tie.parent for tie in organisation_page(READER, child.pk, "en", START).ties] == ["First"]


def test_moved_twice_on_one_day_the_last_word_counts() -> None:
    first, second, child = organisation("First"), organisation("Second"), organisation("Child")
    for parent in (first, second):
        place_organisation(actor=KEEPER, organisation=child, parent=parent, start=LATER)
    assert parents_on(LATER) == {child.pk: second.pk}
    place_organisation(actor=KEEPER, organisation=child, parent=None, start=LATER)
    assert parents_on(LATER) == {}


def test_no_move_behind_a_later_one() -> None:
    first, child = organisation("First"), organisation("Child")
    place_organisation(actor=KEEPER, organisation=child, parent=first, start=LATER)
    with pytest.raises(Conflict):
        place_organisation(actor=KEEPER, organisation=child, parent=first, start=START)


def test_nothing_stands_under_its_own_part_or_another_side() -> None:
    top = organisation("Top")
    part = organisation("Part", parent=top)
    for parent in (top, part):
        with pytest.raises(Invalid):
            place_organisation(actor=KEEPER, organisation=top, parent=parent, start=LATER)
    with pytest.raises(Invalid):
        place_organisation(actor=KEEPER, organisation=top, parent=organisation("Cell", side="mission"), start=LATER)


def test_page_shows_what_stands_above_and_below() -> None:
    top = organisation("Top")
    middle = organisation("Middle", parent=top)
    low = organisation("Low", parent=middle)
    page = organisation_page(READER, middle.pk, "en", LATER)
    assert page.above == ((top.pk, "Top"),)
    assert [row.id for row in page.below] == [low.pk]


def test_host_reads_its_own_side_only() -> None:
    ours, theirs = organisation("Cell", side="mission"), organisation("Ministry")
    assert organisation_page(HOST, theirs.pk, "en", LATER).row.name == "Ministry"
    with pytest.raises(NotFound):
        organisation_page(HOST, ours.pk, "en", LATER)
    assert organisations_called(HOST, "cell", "en", LATER) == []
    with pytest.raises(Refused):
        organisation_page(NOBODY, theirs.pk, "en", LATER)


def test_organisations_of_a_day() -> None:
    organisation("Ministry")
    assert [row.name for row in organisations("en", LATER)] == ["Ministry"]
    assert organisations("en", date(2020, 12, 31)) == []
