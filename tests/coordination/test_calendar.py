"""The one calendar: everybody's bookings, clashes, and what the host may see of them."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from accord.audit.models import Entry
from accord.coordination.models import Booking
from accord.coordination.permissions import Permission
from accord.coordination.queries import CalendarEntry, calendar, clashes
from accord.coordination.services import Diary, book, record_partner_plan, release
from accord.kernel.actor import Actor, Side
from accord.kernel.errors import Conflict, Invalid, Refused
from accord.kernel.keys import new_key
from accord.people.models import Organisation, Position
from tests.people.cast import organisation, position

pytestmark = pytest.mark.django_db
TEN = datetime(2026, 12, 8, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)


def acting(*permissions: Permission, side: Side = "mission", posts: frozenset[UUID] = frozenset()) -> Actor:
    return Actor(name="Liaison (fictional)", side=side, permissions=frozenset(permissions), position_ids=posts)


LIAISON = acting(Permission.READ_CALENDAR, Permission.RECORD_PARTNER_PLAN)


def booked(*taken: Position | Organisation, at: datetime = TEN, firm: bool = True, title: str = "Meeting") -> UUID:
    subject = new_key()
    diaries = [
        Diary("position", t.pk, t.organisation_id, firm)
        if isinstance(t, Position)
        else Diary("organisation", t.pk, t.pk, firm)
        for t in taken
    ]
    owner = Organisation.objects.filter(code="mission").first() or organisation("Mission", side="mission")
    book(owner=owner, title={"en": title}, starts_at=at, ends_at=at + HOUR, diaries=diaries, subject_id=subject)
    return subject


def plan(office: Organisation, **more: Any) -> Booking:
    fields: dict[str, Any] = {
        "partner": Organisation.objects.filter(side="partner").first() or organisation("Union", side="partner"),
        "title": {"en": "Visit"}, "starts_at": TEN, "ends_at": TEN + HOUR, "with_organisations": [office],
    }  # fmt: skip
    return record_partner_plan(actor=more.pop("actor", LIAISON), **(fields | more))


def shown(actor: Actor = LIAISON, **more: bool) -> list[CalendarEntry]:
    return calendar(actor, TEN - timedelta(days=1), TEN + timedelta(days=1), "en", **more)


def test_partner_at_the_same_office_at_the_same_time_is_a_clash() -> None:
    office = organisation("Office of Strategy")
    booked(office, firm=False)
    plan(office)
    ours, theirs = sorted(shown(), key=lambda e: e.is_partner)
    assert (ours.clashes, theirs.clashes) == (("Visit",), ("Meeting",))
    assert ours.diaries == theirs.diaries == ("Office of Strategy",)
    assert Entry.objects.filter(action="record_partner_plan").exists()


def test_other_hours_or_other_offices_do_not_clash() -> None:
    first, second = organisation("First"), organisation("Second")
    booked(first, firm=False)
    plan(first, starts_at=TEN + HOUR, ends_at=TEN + 2 * HOUR)
    plan(second)
    assert [e.clashes for e in shown()] == [(), (), ()]


def test_mine_is_what_takes_the_time_of_my_posts() -> None:
    post, other = position("Advisor", side="mission"), position("Colleague", side="mission")
    booked(post, title="Mine")
    booked(other, title="Other")
    me = acting(Permission.READ_CALENDAR, posts=frozenset({post.pk}))
    assert [e.title for e in shown(me, mine=True)] == ["Mine"]
    assert len(shown(me)) == 2


def test_host_sees_what_takes_the_time_of_its_offices_and_no_partner() -> None:
    office, advisor = organisation("Office"), position("Advisor", side="mission")
    booked(office, advisor, title="With the office")
    booked(position("Colleague", side="mission"), title="Inside the mission")
    plan(office)
    (entry,) = shown(acting(Permission.READ_CALENDAR, side="host"))
    assert (entry.title, entry.diaries) == ("With the office", ("Office",))


def test_calendar_refused_without_permission() -> None:
    with pytest.raises(Refused):
        shown(acting())


def test_the_same_person_is_never_booked_twice() -> None:
    post = position("Advisor", side="mission")
    subject = booked(post)
    with pytest.raises(Conflict):
        booked(post)
    release(subject)
    assert shown() == []
    booked(post)


def test_partner_plan_refused_without_permission_backwards_and_for_others() -> None:
    office = organisation("Office")
    with pytest.raises(Refused):
        plan(office, actor=acting(Permission.READ_CALENDAR))
    with pytest.raises(Invalid):
        plan(office, ends_at=TEN)
    with pytest.raises(Invalid):
        plan(office, partner=office)
    assert not Booking.objects.exists()


def test_clashes_of_a_plan_say_whether_they_block() -> None:
    office, post = organisation("Office"), position("Advisor", side="mission")
    subject = booked(office, firm=False)
    booked(post, title="Busy")
    found = {c.title: c.blocks for c in clashes(TEN, TEN + HOUR, [(office.pk, False), (post.pk, True)], "en")}
    assert found == {"Meeting": False, "Busy": True}
    assert clashes(TEN, TEN + HOUR, [(office.pk, False)], "en", besides=subject) == []
    assert clashes(TEN, TEN, [(office.pk, False)], "en") == []
