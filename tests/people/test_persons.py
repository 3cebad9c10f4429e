"""Persons: what is shown, apart from who they are, apart from how to reach them."""

from datetime import date

import pytest

from accord.access.models import Account
from accord.audit.models import Entry
from accord.kernel.errors import Conflict, Invalid, NotFound, Refused
from accord.people.models import Contact, Identity, Person
from accord.people.permissions import Permission
from accord.people.queries import person_page, persons_to_choose
from accord.people.services import begin_tour, give_account, register_person
from tests.people.cast import HOST, KEEPER, NOBODY, READER, START, acting, person, position

pytestmark = pytest.mark.django_db
DAY = date(2022, 1, 1)
CONFIDANT = acting(Permission.READ_REGISTER, Permission.READ_CONTACTS)


def registered() -> Person:
    return register_person(
        actor=KEEPER, shown_name={"en": "Official One (fictional)"}, side="host", given_names={"en": "Given"},
        family_names={"en": "Family"}, email="one@example.org", telephone="+000",
    )  # fmt: skip


def test_identity_and_contact_lie_in_tables_of_their_own_and_not_on_the_trail() -> None:
    made = registered()
    assert (Identity.objects.get().person, Contact.objects.get().person) == (made, made)
    entry = Entry.objects.get(action="register_person")
    kept = f"{entry.object_name} {entry.changes}"
    assert not any(word in kept for word in ("Given", "Family", "example.org", "+000"))


def test_code_of_a_person_says_nothing_about_the_person() -> None:
    assert "official" not in registered().code


def test_personal_data_is_shown_to_those_who_may_read_it_only() -> None:
    made = registered()
    personal = person_page(CONFIDANT, made.pk, "en", DAY).personal
    assert personal is not None
    assert (personal.given_names, personal.email) == ({"en": "Given"}, "one@example.org")
    assert person_page(READER, made.pk, "en", DAY).personal is None
    assert person_page(HOST, made.pk, "en", DAY).personal is None


def test_register_refused_without_permission_or_name() -> None:
    with pytest.raises(Refused):
        register_person(actor=READER, shown_name={"en": "X"}, side="host")
    with pytest.raises(Invalid) as refused:
        register_person(actor=KEEPER, shown_name={}, side="nowhere")
    assert set(refused.value.fields) == {"shown_name", "side"}


def test_person_page_lists_positions_begun_by_the_day() -> None:
    somebody, post = person(), position("Director")
    begin_tour(actor=KEEPER, position=post, person=somebody, start=DAY)
    assert [held.title for held in person_page(READER, somebody.pk, "en", DAY).tours] == ["Director"]
    assert person_page(READER, somebody.pk, "en", START).tours == ()


def test_host_does_not_read_about_persons_of_the_mission() -> None:
    ours = person("Advisor One (fictional)", "mission")
    with pytest.raises(NotFound):
        person_page(HOST, ours.pk, "en", DAY)
    with pytest.raises(Refused):
        person_page(NOBODY, ours.pk, "en", DAY)


def test_persons_are_listed_for_those_who_keep_the_register_only() -> None:
    account = Account.objects.create(username="one", display_name="One")
    first, second = person("A (fictional)"), person("B (fictional)", "mission")
    give_account(actor=KEEPER, person=first, account=account)
    assert [p.name for p in persons_to_choose(KEEPER, "en")] == ["A (fictional)", "B (fictional)"]
    assert [p.id for p in persons_to_choose(KEEPER, "en", without_account=True)] == [second.pk]
    with pytest.raises(Refused):
        persons_to_choose(READER, "en")


def test_one_account_for_one_person() -> None:
    account = Account.objects.create(username="one", display_name="One")
    other = Account.objects.create(username="two", display_name="Two")
    first, second = person("A (fictional)"), person("B (fictional)")
    give_account(actor=KEEPER, person=first, account=account)
    with pytest.raises(Conflict):
        give_account(actor=KEEPER, person=second, account=account)
    with pytest.raises(Conflict):
        give_account(actor=KEEPER, person=first, account=other)
    with pytest.raises(Refused):
        give_account(actor=NOBODY, person=second, account=other)
    assert Entry.objects.filter(action="give_account").count() == 1
