"""The door to every change, and reading what it wrote."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from accord.access.models import Account
from accord.audit.models import Entry
from accord.audit.permissions import Permission
from accord.audit.queries import PAGE, actions, trail
from accord.audit.services import record
from accord.audit.usecase import REGISTRY, NoTrail, use_case
from accord.kernel.actor import Actor
from accord.kernel.clock import fixed
from accord.kernel.errors import Refused
from accord.kernel.keys import new_key

pytestmark = pytest.mark.django_db
AUDITOR = Actor(name="Auditor (fictional)", side="mission", permissions=frozenset({Permission.READ_TRAIL}))
DAY = date(2026, 3, 1)


def account() -> Account:
    return Account(id=new_key(), username="x", display_name="Subject (fictional)")


def test_use_case_without_a_trail_row_is_undone() -> None:
    @use_case(Permission.READ_TRAIL)
    def silent(*, actor: Actor) -> None:
        """Change something and say nothing."""
        Account.objects.create(username="silent", display_name="Silent")

    del REGISTRY["audit.silent" if "audit.silent" in REGISTRY else next(k for k in REGISTRY if k.endswith(".silent"))]
    with pytest.raises(NoTrail):
        silent(actor=AUDITOR)
    assert not Account.objects.exists()


def test_use_case_takes_an_actor_and_keywords_only() -> None:
    def without_actor(*, thing: str) -> None: ...
    def positional(actor: Actor) -> None: ...

    for function in (without_actor, positional):
        with pytest.raises(TypeError):
            use_case(Permission.READ_TRAIL)(function)


def test_trail_is_for_those_who_may_read_it() -> None:
    with pytest.raises(Refused):
        trail(Actor(name="Advisor", side="mission"))


def test_trail_is_read_newest_first_and_filtered() -> None:
    with fixed(DAY):
        record(AUDITOR, account(), action="first", reason="Because of the flood")
    with fixed(DAY + timedelta(days=1)):
        subject = account()
        record(AUDITOR, subject, action="second", role="advisor")
    assert [row.action for row in trail(AUDITOR)[0]] == ["second", "first"]
    assert [row.action for row in trail(AUDITOR, until=DAY)[0]] == ["first"]
    assert [row.action for row in trail(AUDITOR, action="second")[0]] == ["second"]
    assert [row.action for row in trail(AUDITOR, words="FLOOD")[0]] == ["first"]
    assert [row.changes for row in trail(AUDITOR, about=subject.pk)[0]] == [{"role": "advisor"}]
    assert actions() == ["first", "second"]


def test_trail_comes_in_pages() -> None:
    for number in range(PAGE + 1):
        record(AUDITOR, account(), action=f"step {number}")
    first, more = trail(AUDITOR)
    second, end = trail(AUDITOR, page=2)
    assert (len(first), more, len(second), end) == (PAGE, True, 1, False)


@pytest.mark.parametrize("change", ["UPDATE audit_entry SET reason = 'other'", "DELETE FROM audit_entry"])
def test_database_refuses_to_change_the_trail(change: str) -> None:
    record(AUDITOR, account(), action="kept", reason="true")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert Entry.objects.get().reason == "true"
