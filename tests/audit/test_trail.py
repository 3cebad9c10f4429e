"""Reading the trail: who may, newest first, by day, deed, record and word, in pages."""

from datetime import date, timedelta

import pytest

from accord.access.models import Account
from accord.audit.permissions import Permission
from accord.audit.queries import PAGE, actions, trail
from accord.audit.services import record
from accord.kernel.actor import Actor
from accord.kernel.clock import fixed
from accord.kernel.errors import Refused
from accord.kernel.keys import new_key

pytestmark = pytest.mark.django_db
AUDITOR = Actor(name="Auditor (fictional)", side="mission", permissions=frozenset({Permission.READ_TRAIL}))
DAY = date(2026, 3, 1)


def account() -> Account:
    return Account(id=new_key(), username="x", display_name="Subject (fictional)")


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
