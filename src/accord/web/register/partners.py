"""Nations and partner organisations, as of a day."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from accord.kernel.errors import Refused
from accord.people.permissions import Permission
from accord.people.queries import NationRow, nations, partners, relations_on
from accord.web.pages import Visit, page, render
from accord.web.register.people import tabs


@page(Permission.READ_REGISTER)
def nation_list(request: Visit) -> HttpResponse:
    """Allies and partner nations with their status through time; never with numbers of people."""
    rows = nations(request.actor, request.language, request.day)
    groups = [(status, [n for n in rows if n.status and n.status.status == status]) for status in ("ally", "partner")]
    return render(
        request,
        "register/nations.html",
        {
            "tabs": tabs(request.actor, "nations"),
            "groups": groups,
            "others": [n for n in rows if n.status is None and n.history],
            "counts": _counts(dict(groups)),
            **_cited([n for n in rows if n.status is None or n.status.status in dict(groups)]),
        },
    )


def _counts(groups: dict[str, list[NationRow]]) -> dict[str, Any]:
    contributing = {status: sum(n.contribution is not None for n in rows) for status, rows in groups.items()}
    return {**contributing, "all": sum(contributing.values())}


def _cited(rows: list[NationRow]) -> dict[str, Any]:
    """The sources of the page, each once, and the number under which it is cited."""
    facts = [fact for n in rows for fact in (*n.history, n.contribution) if fact]
    refs = dict.fromkeys((f.source["kind"], f.source["ref"]) for f in facts if f.source.get("ref"))
    numbers = {ref: number for number, ref in enumerate(refs, 1)}
    return {"numbers": numbers, "cited": [{"n": n, "kind": kind, "label": ref} for (kind, ref), n in numbers.items()]}


@page(Permission.READ_REGISTER)
def partner_list(request: Visit) -> HttpResponse:
    """Partner organisations; how the mission works with them is not the host's to see."""
    if request.actor.is_host:
        raise Refused(_("Partner organisations are the mission’s own register. Ask the mission."))
    relations = relations_on(request.actor, request.language, request.day)
    return render(
        request,
        "register/partners.html",
        {
            "tabs": tabs(request.actor, "partners"),
            "partners": partners(request.actor, request.language, request.day),
            "memberships": [r for r in relations if r.kind == "member"],
            "support": [r for r in relations if r.kind in {"supports", "assists"}],
        },
    )
