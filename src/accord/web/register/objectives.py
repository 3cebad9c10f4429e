"""Objectives: ends, ways and means; and the picture of which focus areas are covered where."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.advising.permissions import Permission as Advising
from accord.advising.queries import engagement_counts
from accord.kernel.actor import Actor
from accord.kernel.clock import today
from accord.kernel.errors import Invalid
from accord.kernel.text import localised
from accord.mandate.queries.institutions import institutions_within
from accord.objectives import services
from accord.objectives.permissions import Permission
from accord.objectives.queries import (
    focus_area_records,
    focus_areas,
    objective_page,
    objective_record,
    objective_tree,
)
from accord.people.queries import organisations, position_record, positions
from accord.web.mandate.forms import ReasonForm
from accord.web.pages import Visit, page, render
from accord.web.register.forms import LEVEL_BELOW, IndicatorForm, ObjectiveForm
from accord.web.sheets import Sheet, filled, page_of, posted


@page(Permission.READ_OBJECTIVES)
def tree(request: Visit) -> HttpResponse:
    ends = objective_tree(request.actor, request.language, request.day)
    ways = [way for end in ends for way in end.children]
    below = [row for way in ways for row in (way.row, *(child.row for child in way.children))]
    return render(
        request,
        "register/objectives.html",
        {
            "ends": ends,
            "open_count": sum(row.state == "open" for row in below),
            "proposed_count": sum(row.state == "proposed" for row in below),
            "tabs": tabs("tree"),
        },
    )


@page(Advising.READ_ENGAGEMENTS)
def coverage(request: Visit) -> HttpResponse:
    """Focus areas by institution: how many engagements were held by the day, and where there are gaps."""
    areas = focus_areas(request.language, request.day)
    counts = engagement_counts(request.actor, request.day)
    within = institutions_within(request.day)
    met = {institution for institution, _area in counts}
    rows = [
        {
            "label": o.name,
            "url": _engagements_with(o.name),
            "sub": o.place,
            "cells": [{"count": counts.get((o.id, area.id), 0)} for area in areas],
        }
        for o in organisations(request.language, request.day, side="host")
        if o.id in within or o.id in met
    ]
    gaps = sum(cell["count"] == 0 for row in rows for cell in _cells(row))
    untouched = [area.name for n, area in enumerate(areas) if not any(_cells(row)[n]["count"] for row in rows)]
    return render(
        request,
        "register/coverage.html",
        {
            "columns": [{"label": area.name} for area in areas],
            "rows": rows,
            "gaps": gaps,
            "held": sum(counts.values()),
            "untouched": untouched,
            "tabs": tabs("coverage"),
        },
    )


@page(Permission.READ_OBJECTIVES)
def detail(request: Visit, key: UUID) -> HttpResponse:
    actor = request.actor
    found = objective_page(actor, key, request.language, request.day)
    row, changes = found.row, request.is_today
    proposed, alive = row.state == "proposed", row.state != "closed"
    return render(
        request,
        "register/objective.html",
        {
            "o": found,
            "row": row,
            "breadcrumbs": [
                {"label": _("Objectives"), "url": reverse("objectives")},
                *({"label": one.title, "url": reverse("objective", kwargs={"key": one.id})} for one in found.line),
            ],
            "can_complete": changes and proposed and row.level != "end" and actor.may(Permission.PROPOSE_OBJECTIVE),
            "can_add": changes and alive and row.level != "end" and actor.may(Permission.PROPOSE_OBJECTIVE),
            "can_propose": changes and alive and row.level in LEVEL_BELOW and actor.may(Permission.PROPOSE_OBJECTIVE),
            "can_open": changes and proposed and actor.may(Permission.OPEN_OBJECTIVE),
            "can_close": changes and alive and row.level != "end" and actor.may(Permission.OPEN_OBJECTIVE),
        },
    )


@page(Permission.PROPOSE_OBJECTIVE)
def propose(request: Visit, key: UUID) -> HttpResponse:
    """Propose a way under an end, or means under a way."""
    actor = request.actor
    parent = objective_record(actor, key)
    form = ObjectiveForm(posted(request), **_choices(request))
    level = LEVEL_BELOW.get(parent.level, "")

    def put_forward(found: dict[str, Any]) -> Any:
        return services.propose_objective(actor=actor, level=level, parent=parent, **_said(actor, form, found))

    sheet = Sheet(
        "propose-objective", _("Propose a way") if level == "way" else _("Propose means"), _("Propose it"),
        _("Proposed. Add an indicator with its baseline, then it can open."), page_of("objective", key),
        _("It needs an owner, an indicator with its baseline and an exit criterion before it can open."),
        localised(parent.title, request.language),
    )  # fmt: skip
    return filled(request, sheet, form, put_forward, onward=lambda o: page_of("objective", o.pk))


@page(Permission.PROPOSE_OBJECTIVE)
def complete(request: Visit, key: UUID) -> HttpResponse:
    actor = request.actor
    o = objective_record(actor, key)
    known = objective_page(actor, key, request.language, today())
    first: dict[str, Any] = {f"title_{code}": text for code, text in o.title.items()}
    first |= {f"exit_criterion_{code}": text for code, text in o.exit_criterion.items()}
    first |= {
        "focus_areas": [str(pk) for pk in known.focus_ids],
        "host_owner": str(o.host_owner_id or ""),
        "self_reliance": o.self_reliance,
    }
    form = ObjectiveForm(posted(request), initial=first, **_choices(request))
    sheet = Sheet(
        "complete-objective", _("Complete the objective"), _("Keep it"), _("The objective is changed."),
        page_of("objective", key), "", localised(o.title, request.language),
    )  # fmt: skip
    return filled(
        request, sheet, form,
        lambda found: services.complete_objective(actor=actor, objective=o, **_said(actor, form, found)),
    )  # fmt: skip


@page(Permission.PROPOSE_OBJECTIVE)
def add_indicator(request: Visit, key: UUID) -> HttpResponse:
    o = objective_record(request.actor, key)
    form = IndicatorForm(posted(request), initial={"baseline_on": today()})

    def add(found: dict[str, Any]) -> Any:
        return services.add_indicator(
            actor=request.actor, objective=o, name=form.said("name"), unit=found["unit"], baseline=found["baseline"],
            baseline_on=found["baseline_on"], target=found["target"],
        )  # fmt: skip

    sheet = Sheet(
        "add-indicator", _("Add an indicator"), _("Add it"), _("The indicator is added."), page_of("objective", key),
        _("Without a baseline nobody can say later what has changed."), localised(o.title, request.language),
    )  # fmt: skip
    return filled(request, sheet, form, add)


@page(Permission.OPEN_OBJECTIVE)
def open_it(request: Visit, key: UUID) -> HttpResponse:
    """Open it; while something is missing, say on its page what."""
    o = objective_record(request.actor, key)
    if request.method == "POST":
        try:
            services.open_objective(actor=request.actor, objective=o)
        except Invalid as error:
            return _still_missing(request, key, error)
    return HttpResponseRedirect(page_of("objective", key))


def _still_missing(request: Visit, key: UUID, error: Invalid) -> HttpResponse:
    missing = [str(message) for messages in error.fields.values() for message in messages]
    context = {"sentence": str(error), "missing": missing, "back_url": page_of("objective", key)}
    return render(request, "register/objective_missing.html", context, status=422)


@page(Permission.OPEN_OBJECTIVE)
def close(request: Visit, key: UUID) -> HttpResponse:
    o = objective_record(request.actor, key)
    sheet = Sheet(
        "close-objective", _("Close the objective"), _("Close it"), _("The objective is closed."),
        page_of("objective", key), _("It stays on record with the reason."),
        localised(o.title, request.language), kind="danger",
    )  # fmt: skip
    return filled(
        request, sheet, ReasonForm(posted(request)),
        lambda found: services.close_objective(actor=request.actor, objective=o, reason=found["reason"]),
    )  # fmt: skip


def tabs(current: str) -> list[dict[str, Any]]:
    entries = [("tree", _("Ends, ways and means"), "objectives"), ("coverage", _("Coverage"), "coverage")]
    return [{"label": label, "url": reverse(name), "current": key == current} for key, label, name in entries]


def _choices(request: Visit) -> dict[str, list[tuple[str, str]]]:
    owners = [(str(p.id), f"{p.title} · {p.organisation}") for p in positions(request.language, today(), side="host")]
    areas = [(str(area.id), area.name) for area in focus_areas(request.language, today())]
    return {"owners": sorted(owners, key=lambda o: o[1]), "areas": areas}


def _said(actor: Actor, form: ObjectiveForm, found: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": form.said("title"),
        "exit_criterion": form.said("exit_criterion"),
        "focus_areas": focus_area_records(UUID(pk) for pk in found["focus_areas"]),
        "host_owner": position_record(actor, UUID(found["host_owner"])) if found["host_owner"] else None,
        "self_reliance": found["self_reliance"],
    }


def _cells(row: dict[str, Any]) -> list[dict[str, int]]:
    cells: list[dict[str, int]] = row["cells"]
    return cells


def _engagements_with(institution: str) -> str:
    return f"{reverse('engagements')}?{urlencode({'words': institution})}"
