"""Where one is signed in, and ending it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accord.access import queries, services
from accord.access.permissions import Permission
from accord.access.sessions import here
from accord.web import words
from accord.web.pages import Visit, page, render


@page(Permission.SIGN_IN)
def listing(request: Visit) -> HttpResponse:
    rows = queries.sessions(request.actor, here(request.session))
    return render(request, "account/sessions.html", {"sessions": rows})


@page(Permission.SIGN_IN)
def end(request: Visit, key: UUID) -> HttpResponse:
    if request.method == "POST":
        services.end_session(actor=request.actor, key=key)
        messages.success(request, _("The session has ended."))
    return HttpResponseRedirect(reverse("sessions"))


@page(Permission.SIGN_IN)
def end_others(request: Visit) -> HttpResponse:
    if request.method == "POST":
        ended = services.end_other_sessions(actor=request.actor, here=here(request.session))
        said = ngettext("%(count)s session has ended.", "%(count)s sessions have ended.", ended)
        messages.success(request, said % {"count": words.number(ended)})
    return HttpResponseRedirect(reverse("sessions"))
