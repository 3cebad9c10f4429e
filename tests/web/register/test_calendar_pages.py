"""The calendar: a month as the language counts its weeks, partners beside the mission, clashes marked."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.urls import reverse

from accord.coordination.models import Booking, BookingClaim
from accord.kernel.clock import today, zone
from accord.kernel.keys import new_key
from accord.people.models import Organisation, Position
from tests.web.conftest import Mission

Same = Callable[[Any, str, Callable[[int], Any]], None]
DAY = datetime(2026, 12, 22, 10, tzinfo=zone())


def month(nmi: Mission, query: str = "month=2026-12", username: str = "chief", language: str = "en") -> str:
    answer = nmi.client(username, language).get(f"/calendar/?{query}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def booking(title: str, *diaries: Any, owner: str = "nmi", at: datetime = DAY) -> Booking:
    time = DateTimeTZRange(at, at + timedelta(hours=1))
    made = Booking.objects.create(
        owner=Organisation.objects.get(code=owner), title={"en": title}, time=time, subject_id=new_key(), is_firm=False
    )
    for diary in diaries:
        BookingClaim.objects.create(
            booking=made,
            kind="position",
            resource_id=diary.pk,
            organisation_id=getattr(diary, "organisation_id", diary.pk),
            time=time,
            is_firm=False,
        )
    return made


@pytest.mark.parametrize("username", ["advisor", "chief", "host", "commander", "auditor"])
def test_calendar_is_read_by_both_sides(nmi: Mission, username: str) -> None:
    assert "December 2026" in month(nmi, username=username)


def test_weeks_begin_as_the_language_says(nmi: Mission) -> None:
    assert month(nmi).index(">Mon<") < month(nmi).index(">Sun<")
    arabic = month(nmi, language="ar")
    assert arabic.index("السبت") < arabic.index("الجمعة")
    assert "كانون الأول ٢٠٢٦" in arabic


def test_partners_plans_stand_beside_ours_and_clashes_are_marked(nmi: Mission) -> None:
    office = Organisation.objects.get(code="ministry-of-defence")
    booking("Our review", office)
    booking("Their visit", office, owner="european-union")
    page = month(nmi)
    assert "Same counterparts at the same time: Their visit" in page
    assert "Same counterparts at the same time: Our review" in page
    assert 'class="theirs' in page


def test_host_sees_what_concerns_its_offices_only(nmi: Mission) -> None:
    office = Organisation.objects.get(code="ministry-of-defence")
    booking("With the ministry", office)
    booking("Inside the mission", Position.objects.get(code="chief-of-advisors"))
    booking("Partner visit", office, owner="european-union")
    page = month(nmi, username="host")
    assert "With the ministry" in page
    assert "Inside the mission" not in page
    assert "Partner visit" not in page


def test_only_mine(nmi: Mission) -> None:
    booking("Mine", Position.objects.get(code="chief-of-advisors"))
    booking("Of others", Position.objects.get(code="legal-advisor"))
    page = month(nmi, "month=2026-12&show=mine")
    assert "Mine" in page
    assert "Of others" not in page


def test_calendar_opens_in_the_month_of_the_day_and_moves(nmi: Mission) -> None:
    page = month(nmi, "as_of=2021-12-15")
    assert "December 2021" in page
    assert "?month=2021-11" in page
    assert "?month=2022-01" in page
    assert month(nmi, "month=nonsense")


def test_calendar_refused_to_those_who_do_not_read_it(nmi: Mission) -> None:
    assert nmi.client("admin").get("/calendar/").status_code == 403
    assert nmi.client("advisor").get("/calendar/partner-plan/").status_code == 403


def plan(nmi: Mission, **changes: Any) -> Any:
    fields = {
        "partner": str(Organisation.objects.get(code="european-union").pk),
        "organisations": [str(Organisation.objects.get(code="ministry-of-interior").pk)],
        "title_en": "Seminar on budgets", "day": today().isoformat(), "start": "10:00", "end": "12:00",
    }  # fmt: skip
    return nmi.client("chief").post("/calendar/partner-plan/", fields | changes)


def test_partner_plan_is_entered_and_shown(nmi: Mission) -> None:
    answer = plan(nmi)
    assert answer.url == f"{reverse('calendar')}?month={today():%Y-%m}"
    assert "Seminar on budgets" in nmi.client("chief").get(answer.url).content.decode()


def test_partner_plan_that_ends_before_it_begins_keeps_what_was_typed(nmi: Mission) -> None:
    answer = plan(nmi, end="09:00")
    assert answer.status_code == 422
    assert "Seminar on budgets" in answer.content.decode()


def test_calendar_asks_as_often_with_more_rows(nmi: Mission, same_queries: Same) -> None:
    office = Organisation.objects.get(code="ministry-of-defence")
    same_queries(
        nmi.client("chief"),
        "/calendar/?month=2026-12",
        lambda n: booking(f"Meeting {n}", office, at=DAY + timedelta(days=n)),
    )


def test_agenda_lists_days_of_the_month_only(nmi: Mission) -> None:
    booking("New year", at=datetime(2027, 1, 2, 10, tzinfo=zone()))
    page = month(nmi)
    assert page.count("New year") == 1  # in the grid's last week, not in the list of December
    assert date(2027, 1, 2).isoformat() in page
