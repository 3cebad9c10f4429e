"""The registers the gate reads: control status, and who has authority to sign."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.kernel.clock import today
from accord.mandate.choices import Matter
from accord.mandate.permissions import Permission
from accord.mandate.queries.authorities import authorities, has_authority
from accord.mandate.queries.control import control_register, status_history
from accord.mandate.queries.mission import rule_clauses
from accord.mandate.queries.options import host_institutions, institution_chosen
from accord.mandate.services import sign_control_status
from accord.web.mandate.forms import StatusForm
from accord.web.pages import Visit, page, render
from accord.web.sheets import Sheet, day_after, filled, posted


@page(Permission.READ_MANDATE)
def control(request: Visit) -> HttpResponse:
    rows = control_register(request.language, request.day)
    try:
        about = UUID(request.GET.get("institution", ""))
    except ValueError:
        about = None
    context = {
        "rows": rows,
        "clauses": rule_clauses(),
        "expiring": [r for r in rows if r.expires_soon],
        "without": [r for r in rows if r.entry is None],
        "about": next((r for r in rows if r.institution.id == about), None),
        "history": status_history(request.language, request.day, about) if about else [],
        "can_sign": request.is_today
        and request.actor.may(Permission.SIGN_CONTROL_STATUS)
        and has_authority(request.actor, Matter.CONTROL_STATUS, today()),
    }
    return render(request, "mandate/control.html", context)


@page(Permission.SIGN_CONTROL_STATUS)
def sign_control(request: Visit) -> HttpResponse:
    form = StatusForm(
        posted(request),
        institutions=host_institutions(request.language, today()),
        initial={"institution": request.GET.get("institution", ""), "start": today()},
    )
    sheet = Sheet(
        key="control-status",
        title=_("Sign a control status"),
        lead=_("The mission works only with who is under the government’s direct control. You sign; it expires."),
        submit=_("Sign"),
        done=_("Signed. The gate uses it from its first day."),
        back=reverse("control-status"),
    )

    def sign(data: dict[str, Any]) -> Any:
        return sign_control_status(
            actor=request.actor, institution=institution_chosen(data["institution"]), status=data["status"],
            start=data["start"], end=day_after(data["end"]) or data["start"],
            with_subordinates=data["with_subordinates"], reference=data["reference"],
        )  # fmt: skip

    return filled(request, sheet, form, sign)


@page(Permission.READ_MANDATE)
def authority(request: Visit) -> HttpResponse:
    matter = request.GET.get("matter", "")
    matter = matter if matter in Matter.values else ""
    tabs = [{"label": _("All"), "url": "?", "current": not matter}]
    tabs += [{"label": label, "url": f"?matter={value}", "current": value == matter} for value, label in Matter.choices]
    rows = authorities(request.actor, request.language, request.day, matter=matter)
    return render(request, "mandate/authorities.html", {"rows": rows, "tabs": tabs})
