"""Time is taken once: by the database, whoever asks."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from accord.coordination.models import Booking, BookingClaim
from accord.coordination.queries import clashes
from accord.coordination.services import Diary, book, record_partner_plan, release
from accord.kernel.errors import Conflict, Invalid
from accord.kernel.keys import new_key
from tests.cast import TODAY, World, at

HOUR = timedelta(hours=1)
TEN = at(TODAY, 10)


def taken(world: World, *posts: str, start: datetime = TEN, firm: bool = True, **changes: Any) -> Booking:
    diaries = [Diary("position", world.post[code].pk, world.post[code].organisation_id, firm) for code in posts]
    whole = {"title": {"en": "Meeting"}, "starts_at": start, "ends_at": start + HOUR, "subject_id": new_key()}
    return book(owner=world.org["mission"], diaries=diaries, **{**whole, **changes})


@pytest.mark.parametrize("minutes", [0, 1, 59, -59])
def test_second_booking_of_an_hour_is_refused_and_leaves_nothing(world: World, minutes: int) -> None:
    taken(world, "advisor")
    with pytest.raises(Conflict, match="already booked"):
        taken(world, "chief", "advisor", start=TEN + timedelta(minutes=minutes))
    assert (Booking.objects.count(), BookingClaim.objects.count()) == (1, 1)


@pytest.mark.parametrize("minutes", [60, -60])
def test_hours_follow_on_each_other(world: World, minutes: int) -> None:
    taken(world, "advisor")
    taken(world, "advisor", start=TEN + timedelta(minutes=minutes))
    assert Booking.objects.count() == 2


def test_claims_that_are_not_firm_are_shown_and_block_nobody(world: World) -> None:
    taken(world, "planner", firm=False)
    taken(world, "planner")
    (clash, other) = clashes(TEN, TEN + HOUR, [(world.post["planner"].pk, True)], "en")
    assert {clash.blocks, other.blocks} == {True, False}


def test_what_one_is_changing_is_no_clash_with_itself(world: World) -> None:
    booking = taken(world, "advisor")
    diary = [(world.post["advisor"].pk, True)]
    assert clashes(TEN, TEN + HOUR, diary, "en", besides=booking.subject_id) == []
    assert [c.blocks for c in clashes(TEN, TEN + HOUR, diary, "en")] == [True]
    assert clashes(TEN, TEN, diary, "en") == []


def test_released_time_can_be_taken_again(world: World) -> None:
    booking = taken(world, "advisor")
    assert booking.subject_id
    release(booking.subject_id)
    release(new_key())
    assert taken(world, "advisor").claims.count() == 1


def test_partner_plan_blocks_nobody(world: World) -> None:
    record_partner_plan(
        actor=world.actor("chief"), partner=world.org["union"], title={"en": "Workshop"}, starts_at=TEN,
        ends_at=TEN + HOUR, with_organisations=[world.org["defence"]],
    )  # fmt: skip
    assert world.planned(TODAY).state == "planned"
    (clash,) = [
        c for c in clashes(TEN, TEN + HOUR, [(world.org["defence"].pk, True)], "en") if c.owner == "Example Union"
    ]
    assert not clash.blocks


@pytest.mark.parametrize(("who", "hours"), [("mission", 1), ("union", 0), ("union", -1)])
def test_partner_plan_is_a_partners_and_runs_forward(world: World, who: str, hours: int) -> None:
    with pytest.raises(Invalid):
        record_partner_plan(
            actor=world.actor("chief"), partner=world.org[who], title={"en": "Workshop"}, starts_at=TEN,
            ends_at=TEN + hours * HOUR, with_organisations=[],
        )  # fmt: skip
