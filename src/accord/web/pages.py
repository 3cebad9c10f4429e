"""What every page needs: who reads, as of which day, in which language; and what happens when something is refused."""

import functools
import logging
from collections.abc import Callable
from datetime import date
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render as django_render
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from accord.access.queries import administrators
from accord.access.sessions import is_proven
from accord.kernel.actor import PUBLIC, Actor
from accord.kernel.clock import day_written, today
from accord.kernel.errors import AccordError, Conflict, NotFound, Refused, WrongState
from accord.wall.standing import standing
from accord.web.frame import frame
from accord.web.presence import NotGood, bears_token, who_is_here
from accord.web.signing_in import SignIn, proof_context, sign_in_context

# Who was refused what: for whoever watches the log. The trail holds what was done.
denials = logging.getLogger("accord.denials")
AS_OF = "as_of"  # in addresses and forms


class Visit(HttpRequest):
    """A request whose reader, day and language are known. ``day`` is the as-of day; today unless chosen otherwise."""

    actor: Actor
    day: date
    language: str
    is_today: bool


Rest = ParamSpec("Rest")
View = Callable[Concatenate[Visit, Rest], HttpResponse]
Address = Callable[Concatenate[HttpRequest, Rest], HttpResponse]


def page(permission: str, *, proven: bool = False) -> Callable[[View[Rest]], Address[Rest]]:
    """A page for signed-in people who hold the permission. Changing anything is possible only today.

    ``proven``: what it changes is dangerous, so whoever has not shown for ten minutes who he is does so first.
    """

    def decorate(view: View[Rest]) -> Address[Rest]:
        @functools.wraps(view)
        def run(request: HttpRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
            return _answer(
                lambda visit: _barred(visit, permission, proven=proven) or view(visit, *args, **kwargs), request
            )

        cast(Any, run).declares = str(permission)
        return cast(Address[Rest], run)

    return decorate


def public_page(view: View[Rest]) -> Address[Rest]:
    """A page for everybody; it shows released content only."""

    @functools.wraps(view)
    def run(request: HttpRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        return _answer(lambda visit: view(visit, *args, **kwargs), request)

    cast(Any, run).declares = "public"
    return cast(Address[Rest], run)


def render(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    """A template inside the frame: navigation, languages, as-of control, notices."""
    return django_render(request, template, {**frame(request), **(context or {})}, status=status)


def back(request: HttpRequest, fallback: str = "home") -> HttpResponseRedirect:
    """To the address in ``next`` if it is ours, else to a page by name."""
    return HttpResponseRedirect(ours(request, request.POST.get("next") or request.GET.get("next") or "", fallback))


def ours(request: HttpRequest, target: str, fallback: str = "home") -> str:
    """The address if it leads to this site, else that of a page by name."""
    if url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        return target
    return reverse(fallback)


def refused(request: HttpRequest, message: str) -> HttpResponse:
    actor: Actor = getattr(request, "actor", PUBLIC)
    denials.warning("%s %s refused to account %s", request.method, request.path, actor.account_id or "of nobody")
    return _said(request, "errors/403.html", message, HTTPStatus.FORBIDDEN)


def without_role(request: HttpRequest) -> HttpResponse:
    """For somebody whose account holds no role today: whom to ask."""
    context = {"administrators": administrators(today())}
    return render(request, "errors/no_role.html", context, status=HTTPStatus.FORBIDDEN)


def missing(request: HttpRequest, message: str = "") -> HttpResponse:
    return _said(request, "errors/404.html", message, HTTPStatus.NOT_FOUND)


def _said(request: HttpRequest, template: str, message: str, status: int) -> HttpResponse:
    """What went wrong: as a page for people, as JSON for a program with a token that has not asked for a page."""
    if bears_token(request) and request.get_preferred_type(["application/json", "text/html"]) != "text/html":
        return JsonResponse({"error": message}, status=status)
    return render(request, template, {"message": message}, status=status)


def _barred(visit: Visit, permission: str, *, proven: bool) -> HttpResponse | None:
    """What stands between the reader and the page; None where nothing does."""
    if visit.actor is PUBLIC:
        return _sign_in_first(visit)
    if not visit.actor.may(permission):
        if bears_token(visit):
            raise Refused(_("This token does not open this page: it is for what it was made for, and never for more."))
        if not visit.actor.roles:
            return without_role(visit)
        raise Refused(_("Your role does not open this page. Ask your administrator who may see it."))
    if visit.method == "POST" and not visit.is_today:
        messages.error(visit, _("Nothing can be changed while you read another day. Go back to today first."))
        return HttpResponseRedirect(visit.get_full_path())
    if visit.method == "POST" and proven and not is_proven(visit.session):
        return _prove_first(visit)
    return None


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    """To the door; what was typed in a form whose session has ended comes along."""
    if request.method != "POST":
        return redirect_to_login(request.get_full_path(), reverse("sign-in"))
    context = sign_in_context(request, SignIn(), resume=request.get_full_path())
    return render(request, "home/sign_in.html", context, status=HTTPStatus.UNAUTHORIZED)


def _prove_first(visit: Visit) -> HttpResponse:
    """Ask again who is there, before something dangerous; what was typed comes along."""
    context = proof_context(visit, visit.actor, again=True, resume=visit.get_full_path())
    return render(visit, "home/prove.html", context, status=HTTPStatus.UNAUTHORIZED)


def _visit(request: HttpRequest) -> Visit:
    visit = cast(Visit, request)
    visit.actor = PUBLIC
    visit.day = _day(request)
    visit.is_today = visit.day == today()
    visit.language = translation.get_language() or "en"
    return visit


def _day(request: HttpRequest) -> date:
    chosen = request.GET.get(AS_OF) or request.COOKIES.get(settings.AS_OF_COOKIE_NAME) or ""
    try:
        return day_written(chosen)
    except ValueError:
        return today()


def _answer(view: Callable[[Visit], HttpResponse], request: HttpRequest) -> HttpResponse:
    visit = _visit(request)
    try:
        visit.actor = who_is_here(request)
    except NotGood as error:
        response = _said(visit, "errors/401.html", str(error), HTTPStatus.UNAUTHORIZED)
        response["WWW-Authenticate"] = 'Bearer error="invalid_token"'
        return response
    except Refused as error:
        return refused(visit, str(error))
    with standing(visit.actor):
        return _shown(view, visit)


def _shown(view: Callable[[Visit], HttpResponse], visit: Visit) -> HttpResponse:
    try:
        return view(visit)
    except Refused as error:
        return refused(visit, str(error))
    except NotFound as error:
        return missing(visit, str(error))
    except (WrongState, Conflict) as error:
        return _said_and_back(visit, error)


def _said_and_back(visit: Visit, error: AccordError) -> HttpResponse:
    if visit.method != "POST":  # there is nowhere to go back to: the address itself is what does not fit
        return _said(visit, "errors/404.html", str(error), HTTPStatus.CONFLICT)
    messages.error(visit, str(error))
    return back(visit) if "next" in visit.POST else HttpResponseRedirect(visit.get_full_path())
