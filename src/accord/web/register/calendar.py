"""The one calendar: the mission's bookings and the partners' plans with the same counterparts."""

import calendar as calendars
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from accord.coordination.permissions import Permission
from accord.coordination.queries import CalendarEntry, calendar
from accord.coordination.services import record_partner_plan
from accord.kernel.clock import day_written, today, zone
from accord.kernel.writing import digits, locale, written_list, written_month
from accord.people.queries import organisation_record, organisations, partners_to_choose
from accord.web import words
from accord.web.addresses import address
from accord.web.pages import Visit, page, render
from accord.web.register.forms import PartnerPlanForm
from accord.web.sheets import Sheet, filled, page_of, posted


@page(Permission.READ_CALENDAR)
def month(request: Visit) -> HttpResponse:
    """A month as a grid on wide screens and as a list on narrow ones."""
    first = _month(request.GET.get("month", ""), request.day)
    mine = request.GET.get("show") == "mine"
    weeks = calendars.Calendar(locale(request.language).first_week_day).monthdatescalendar(first.year, first.month)
    start, end = weeks[0][0], weeks[-1][-1] + timedelta(days=1)
    entries = calendar(request.actor, _midnight(start), _midnight(end), request.language, mine=mine)
    by_day = {day: [e for e in entries if _touches(e, day)] for week in weeks for day in week}
    return render(
        request,
        "register/calendar.html",
        {
            "month_title": written_month(first, request.language),
            "weekdays": _weekday_names(request.language),
            "weeks": [[_cell(day, by_day[day], first, request.language) for day in week] for week in weeks],
            "days": [
                _cell(day, found, first, request.language)
                for day, found in by_day.items()
                if day.month == first.month and (found or day == today())
            ],
            "clashes": sum(bool(e.clashes) for e in entries),
            "previous": _address(_shift(first, -1), mine=mine),
            "next": _address(_shift(first, 1), mine=mine),
            "now": _address(request.day.replace(day=1), mine=mine),
            "views": [
                {"label": _("Everybody"), "url": _address(first, mine=False), "current": not mine},
                {"label": _("Only mine"), "url": _address(first, mine=True), "current": mine},
            ],
            "can_record": request.is_today and request.actor.may(Permission.RECORD_PARTNER_PLAN),
        },
    )


@page(Permission.RECORD_PARTNER_PLAN)
def partner_plan(request: Visit) -> HttpResponse:
    """Enter what a partner plans, so that clashes show."""
    language, day = request.language, request.day
    form = PartnerPlanForm(
        posted(request),
        partners=[(str(pk), name) for pk, name in partners_to_choose(language, day)],
        organisations=[(str(o.id), o.name) for o in organisations(language, day, side="host")],
    )

    def enter(found: dict[str, Any]) -> Any:
        starts, ends = (datetime.combine(found["day"], found[name], zone()) for name in ("start", "end"))
        return record_partner_plan(
            actor=request.actor, partner=organisation_record(request.actor, UUID(found["partner"])),
            title=form.said("title"), starts_at=starts, ends_at=ends,
            with_organisations=[organisation_record(request.actor, UUID(pk)) for pk in found["organisations"]],
        )  # fmt: skip

    sheet = Sheet(
        "partner-plan", _("A partner’s plan"), _("Enter it"), _("The plan is in the calendar."), page_of("calendar"),
        _("It blocks nobody; it shows where two visits meet the same office at the same time."),
    )  # fmt: skip
    return filled(request, sheet, form, enter, onward=lambda booking: _address(booking.time.lower.date(), mine=False))


def _cell(day: date, entries: Iterable[CalendarEntry], first: date, language: str) -> dict[str, Any]:
    return {
        "day": digits(str(day.day), language),
        "iso": day.isoformat(),
        "label": words.day(day, "full"),
        "in_month": day.month == first.month,
        "today": day == today(),
        "items": [_item(entry, language) for entry in entries],
    }


def _item(entry: CalendarEntry, language: str) -> dict[str, Any]:
    return {
        "time": f"{words.clock_time(entry.starts_at)}–{words.clock_time(entry.ends_at)}",
        "title": entry.title,
        "url": address(entry.link) if entry.link else "",
        "who": entry.owner if entry.is_partner else written_list(entry.diaries, language),
        "own": not entry.is_partner,
        "clash": _("Same counterparts at the same time: %(titles)s") % {"titles": written_list(entry.clashes, language)}
        if entry.clashes
        else "",
    }


def _touches(entry: CalendarEntry, day: date) -> bool:
    return entry.starts_at < _midnight(day + timedelta(days=1)) and _midnight(day) < entry.ends_at


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, zone())


def _month(text: str, fallback: date) -> date:
    try:
        return day_written(f"{text}-01")
    except ValueError:
        return fallback.replace(day=1)


def _shift(first: date, months: int) -> date:
    index = first.year * 12 + first.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _address(first: date, *, mine: bool) -> str:
    return f"{page_of('calendar')}?month={first:%Y-%m}" + ("&show=mine" if mine else "")


def _weekday_names(language: str) -> list[str]:
    """Short names of the days, beginning with the day on which this language's week begins."""
    place = locale(language)
    names = place.days["stand-alone"]["abbreviated"]
    return [str(names[(place.first_week_day + n) % 7]) for n in range(7)]
