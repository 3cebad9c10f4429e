"""Accounts, roles for a period, passwords; and roles in plain words."""

from datetime import date

import pytest

from accord.access.choices import Role
from accord.access.models import Account, Grant
from accord.access.permissions import Permission
from accord.access.queries import (
    account_record,
    account_shown,
    accounts,
    accounts_with_role,
    grant_record,
    permissions_of,
    roles_in_words,
    roles_of,
)
from accord.access.services import (
    change_password,
    choose_language,
    close_account,
    end_grant,
    grant_role,
    open_account,
)
from accord.audit.models import Entry
from accord.config.roles import ROLES
from accord.kernel.actor import Actor, system
from accord.kernel.errors import Conflict, Invalid, NotFound, Refused, WrongState
from accord.kernel.keys import new_key

START, END = date(2026, 1, 1), date(2026, 7, 1)
ADMINISTRATOR = Actor(
    name="Administrator (fictional)", side="mission", account_id=new_key(),
    permissions=frozenset({Permission.MANAGE_ACCOUNTS, Permission.SIGN_IN}),
)  # fmt: skip
OWNER = system("tests")
PASSWORD = "a long first password"


@pytest.fixture
def account(db: None) -> Account:
    return open_account(actor=OWNER, username="one", name="One (fictional)", password=PASSWORD)


def holder(account: Account) -> Actor:
    return Actor(name="One", side="mission", account_id=account.pk, permissions=frozenset({Permission.SIGN_IN}))


def test_opened_account_may_do_nothing_yet(account: Account) -> None:
    assert account.check_password(PASSWORD)
    assert permissions_of(roles_of(account, START)) == frozenset()
    entry = Entry.objects.get(action="open_account")
    assert PASSWORD not in str(entry.changes)


def test_open_account_refused_to_people_twice_and_with_a_short_password(account: Account) -> None:
    for actor in (holder(account), ADMINISTRATOR):
        with pytest.raises(Refused):
            open_account(actor=actor, username="two", name="Two", password=PASSWORD)
    with pytest.raises(Conflict):
        open_account(actor=OWNER, username="ONE", name="Two", password=PASSWORD)
    with pytest.raises(Invalid) as refused:
        open_account(actor=OWNER, username="two", name="Two", password="short")
    assert set(refused.value.fields) == {"password"}


def test_role_is_held_for_its_period_only(account: Account) -> None:
    grant_role(actor=ADMINISTRATOR, account=account, role="advisor", start=START, end=END)
    assert roles_of(account, START) == ("advisor",)
    assert roles_of(account, END) == ()
    assert accounts_with_role("advisor", START) == [account.pk]


def test_grant_refused_twice_backwards_and_for_unknown_roles(account: Account) -> None:
    grant_role(actor=ADMINISTRATOR, account=account, role="advisor", start=START)
    with pytest.raises(Conflict):
        grant_role(actor=ADMINISTRATOR, account=account, role="advisor", start=END)
    for fault in ({"role": "king", "end": None}, {"role": "chief", "end": START}):
        with pytest.raises(Invalid):
            grant_role(actor=ADMINISTRATOR, account=account, start=START, **fault)
    with pytest.raises(Refused):
        grant_role(actor=holder(account), account=account, role="chief", start=START)
    assert Grant.objects.count() == 1


def test_role_ends_from_a_day_on_and_once(account: Account) -> None:
    grant = grant_role(actor=ADMINISTRATOR, account=account, role="advisor", start=START)
    assert grant_record(ADMINISTRATOR, grant.pk) == grant
    end_grant(actor=ADMINISTRATOR, grant=grant, end=END)
    assert roles_of(account, END) == ()
    with pytest.raises(WrongState):
        end_grant(actor=ADMINISTRATOR, grant=grant, end=END)
    end_grant(actor=ADMINISTRATOR, grant=grant, end=START)
    assert not Grant.objects.exists()
    assert Entry.objects.filter(action="end_grant").count() == 2
    with pytest.raises(NotFound):
        grant_record(ADMINISTRATOR, grant.pk)


def test_closed_account_stays_on_record(account: Account) -> None:
    with pytest.raises(Refused):
        close_account(actor=holder(account), account=account)
    close_account(actor=ADMINISTRATOR, account=account, reason="Left the mission")
    account.refresh_from_db()
    assert not account.is_active
    assert Entry.objects.get(action="close_account").reason == "Left the mission"


def test_nobody_closes_his_own_account(account: Account) -> None:
    me = Actor(name="Me", side="mission", account_id=account.pk, permissions=ADMINISTRATOR.permissions)
    with pytest.raises(Conflict):
        close_account(actor=me, account=account)


def test_everybody_changes_his_own_password_knowing_the_old_one(account: Account) -> None:
    me = holder(account)
    with pytest.raises(Invalid):
        change_password(actor=me, account=account, old="wrong", new="another long password")
    with pytest.raises(Invalid):
        change_password(actor=me, account=account, old=PASSWORD, new="short")
    with pytest.raises(Refused):
        change_password(actor=ADMINISTRATOR, account=account, old=PASSWORD, new="another long password")
    change_password(actor=me, account=account, old=PASSWORD, new="another long password")
    assert account.check_password("another long password")
    assert Entry.objects.get(action="change_password").changes == {"sessions": 0}


def test_language_is_remembered(account: Account) -> None:
    choose_language(actor=holder(account), account=account, language="ar")
    account.refresh_from_db()
    assert account.language == "ar"


def test_accounts_are_listed_with_the_roles_of_the_day(account: Account) -> None:
    grant_role(actor=ADMINISTRATOR, account=account, role="advisor", start=START, end=END)
    (during,), (after,) = accounts(START), accounts(END)
    assert (during.roles, after.roles) == (("Advisor",), ())
    assert [grant.is_held for grant in after.grants] == [False]
    assert account_shown(holder(account), START).username == "one"
    with pytest.raises(NotFound):
        account_shown(ADMINISTRATOR, START)


def test_accounts_of_others_are_for_administrators(account: Account) -> None:
    assert account_record(ADMINISTRATOR, account.pk) == account == account_record(holder(account), account.pk)
    with pytest.raises(Refused):
        account_record(holder(account), new_key())
    with pytest.raises(Refused):
        grant_record(holder(account), new_key())
    with pytest.raises(NotFound):
        account_record(ADMINISTRATOR, new_key())


def test_every_role_says_in_words_all_it_may_do() -> None:
    words = {row.role: row.may for row in roles_in_words()}
    assert set(words) == set(Role.values)
    assert {role: len(may) for role, may in words.items()} == {role: len(ROLES[role]) for role in Role.values}
    assert all(" " in sentence and "_" not in sentence for may in words.values() for sentence in may)
