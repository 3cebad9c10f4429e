"""Posts, tours and pairings: no two incumbents at once, and relations that survive people."""

from datetime import date

import pytest

from accord.access.models import Account, Grant
from accord.audit.models import Entry
from accord.kernel.errors import Conflict, Invalid, NotFound, Refused, WrongState
from accord.people.models import Pairing, Tour
from accord.people.queries import (
    accounts_of_positions,
    actor_for,
    host_accounts,
    pairing_record,
    position_page,
    positions,
    positions_titled,
    tour_record,
)
from accord.people.services import begin_tour, end_tour, give_account, open_position, pair_positions, unpair_positions
from tests.people.cast import HOST, KEEPER, NOBODY, READER, START, organisation, person, position

pytestmark = pytest.mark.django_db
LATER = date(2022, 1, 1)


def test_opened_position_is_vacant() -> None:
    post = position("Director")
    page = position_page(READER, post.pk, "en", LATER)
    assert page.row.holder is None
    assert Entry.objects.filter(action="open_position", object_id=post.pk).exists()


def test_position_needs_a_title_and_an_organisation_of_that_day() -> None:
    office = organisation("Office")
    with pytest.raises(Invalid):
        open_position(actor=KEEPER, organisation=office, title={"en": ""}, start=START)
    with pytest.raises(Invalid):
        open_position(actor=KEEPER, organisation=office, title={"en": "Clerk"}, start=date(2020, 1, 1))
    with pytest.raises(Refused):
        open_position(actor=READER, organisation=office, title={"en": "Clerk"}, start=START)


def test_holder_changes_on_the_day_of_the_handover() -> None:
    post, first, second = position(), person("First (fictional)"), person("Second (fictional)")
    tour = begin_tour(actor=KEEPER, position=post, person=first, start=START, rank={"en": "Colonel"})
    end_tour(actor=KEEPER, tour=tour, end=LATER, reason="Handover")
    begin_tour(actor=KEEPER, position=post, person=second, start=LATER)
    before, after = (position_page(READER, post.pk, "en", day) for day in (date(2021, 12, 31), LATER))
    assert before.row.holder is not None
    assert after.row.holder is not None
    assert (before.row.holder.name, before.row.holder.rank) == ("First (fictional)", "Colonel")
    assert after.row.holder.name == "Second (fictional)"
    assert [len(page.tours) for page in (before, after)] == [1, 2]
    assert Entry.objects.get(action="end_tour").reason == "Handover"


def test_two_incumbents_at_once_are_refused_in_plain_words() -> None:
    post = position()
    begin_tour(actor=KEEPER, position=post, person=person("First (fictional)"), start=START)
    with pytest.raises(Conflict, match="Somebody else holds this position"):
        begin_tour(actor=KEEPER, position=post, person=person("Second (fictional)"), start=LATER)
    assert Tour.objects.count() == 1
    assert Entry.objects.filter(action="begin_tour").count() == 1


def test_tour_refused_to_the_other_side_before_the_post_and_backwards() -> None:
    post = position()
    with pytest.raises(Invalid):
        begin_tour(actor=KEEPER, position=post, person=person("Ours (fictional)", "mission"), start=START)
    with pytest.raises(Invalid):
        begin_tour(actor=KEEPER, position=post, person=person(), start=date(2020, 1, 1))
    with pytest.raises(Invalid):
        begin_tour(actor=KEEPER, position=post, person=person(), start=LATER, end=START)
    with pytest.raises(Refused):
        begin_tour(actor=READER, position=post, person=person(), start=START)


def test_tour_ends_once_and_not_before_it_began() -> None:
    tour = begin_tour(actor=KEEPER, position=position(), person=person(), start=LATER)
    with pytest.raises(Invalid):
        end_tour(actor=KEEPER, tour=tour, end=START)
    end_tour(actor=KEEPER, tour=tour, end=date(2022, 6, 1))
    with pytest.raises(WrongState):
        end_tour(actor=KEEPER, tour=tour, end=date(2022, 7, 1))
    with pytest.raises(Refused):
        end_tour(actor=READER, tour=tour, end=date(2022, 5, 1))


def test_pairing_is_post_to_post_and_outlasts_people() -> None:
    advisor, counterpart = position("Advisor", side="mission"), position("Director")
    pairing = pair_positions(actor=KEEPER, advisor=advisor, counterpart=counterpart, start=START)
    assert [c.other.title for c in position_page(READER, advisor.pk, "en", LATER).counterparts] == ["Director"]
    assert [c.other.title for c in position_page(READER, counterpart.pk, "en", LATER).counterparts] == ["Advisor"]
    with pytest.raises(Conflict):
        pair_positions(actor=KEEPER, advisor=advisor, counterpart=counterpart, start=LATER)
    unpair_positions(actor=KEEPER, pairing=pairing, end=LATER, reason="Reorganised")
    assert position_page(READER, advisor.pk, "en", LATER).counterparts == ()
    assert len(position_page(READER, advisor.pk, "en", START).counterparts) == 1
    assert Entry.objects.get(action="unpair_positions").reason == "Reorganised"


def test_pairing_joins_the_two_sides_only_and_needs_permission() -> None:
    advisor, other = position("Advisor", side="mission"), position("Chief", side="mission")
    with pytest.raises(Invalid):
        pair_positions(actor=KEEPER, advisor=advisor, counterpart=other, start=START)
    with pytest.raises(Invalid):
        pair_positions(actor=KEEPER, advisor=advisor, counterpart=position("Dean"), start=LATER, end=START)
    with pytest.raises(Refused):
        pair_positions(actor=NOBODY, advisor=advisor, counterpart=position("Director"), start=START)
    assert not Pairing.objects.exists()


def test_pairing_ends_once() -> None:
    pairing = pair_positions(
        actor=KEEPER, advisor=position("Advisor", side="mission"), counterpart=position(), start=START, end=LATER
    )
    with pytest.raises(WrongState):
        unpair_positions(actor=KEEPER, pairing=pairing, end=LATER)


def test_host_reads_the_titles_of_the_mission_not_who_holds_them() -> None:
    advisor, counterpart = position("Advisor", side="mission"), position("Director")
    begin_tour(actor=KEEPER, position=advisor, person=person("Advisor One (fictional)", "mission"), start=START)
    pair_positions(actor=KEEPER, advisor=advisor, counterpart=counterpart, start=START)
    (paired,) = position_page(HOST, counterpart.pk, "en", LATER).counterparts
    assert (paired.other.title, paired.other.holder) == ("Advisor", None)
    with pytest.raises(NotFound):
        position_page(HOST, advisor.pk, "en", LATER)
    assert positions_titled(HOST, "advisor", "en", LATER) == []
    assert [p.title for p in positions_titled(READER, "advis", "en", LATER)] == ["Advisor"]


def test_records_for_use_cases_exist_or_say_so() -> None:
    post = position()
    tour = begin_tour(actor=KEEPER, position=post, person=person(), start=START)
    assert tour_record(READER, tour.pk) == tour
    for lookup in (tour_record, pairing_record):
        with pytest.raises(NotFound):
            lookup(READER, post.pk)
    assert [row.title for row in positions("en", LATER, organisation_id=post.organisation_id)] == ["Director"]


def test_account_acts_with_the_posts_its_person_holds_that_day() -> None:
    account = Account.objects.create(username="one", display_name="Official One (fictional)")
    post, somebody = position(), person()
    give_account(actor=KEEPER, person=somebody, account=account)
    begin_tour(actor=KEEPER, position=post, person=somebody, start=START, end=LATER)
    assert actor_for(account, START).side == "public"  # without a role he belongs to no side
    Grant.objects.create(account=account, role="host", period=(START, None), granted_by="tests")
    on_the_day, after = actor_for(account, START), actor_for(account, LATER)
    assert (on_the_day.side, on_the_day.position_ids) == ("host", frozenset({post.pk}))
    assert after.position_ids == frozenset()
    assert accounts_of_positions([post.pk], START) == [account.pk] == host_accounts(START)
    assert host_accounts(LATER) == []
