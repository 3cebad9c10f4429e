"""Where work may be done: as a map, and the same as a table."""

from django.http import HttpResponse

from accord.mandate.permissions import Permission
from accord.mandate.queries.areas import areas, ground
from accord.mandate.queries.ground import posture_on
from accord.mandate.queries.mission import rule_clauses
from accord.web.mandate.drawing import drawn
from accord.web.pages import Visit, page, render


@page(Permission.READ_MANDATE)
def map_page(request: Visit) -> HttpResponse:
    rows = areas(request.language, request.day)
    posture = posture_on(request.language, request.day)
    found = ground(request.language, rows)
    headquarters = posture.headquarters.id if posture else None
    drawing = drawn(found.outlined, found.sites, found.states, headquarters)
    context = {
        "clauses": rule_clauses(),
        "rows": rows,
        "posture": posture,
        "drawing": drawing,
        "is_drawn": any(site["state"] == "hq" for site in drawing["sites"]) if drawing else False,
    }
    return render(request, "mandate/areas.html", context)
