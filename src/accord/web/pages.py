"""What every page needs: who reads, as of which day, in which language; and what happens when something is refused."""

import functools
from collections.abc import Callable
from datetime import date
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as django_render
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from accord.access.queries import signed_in
from accord.kernel.actor import PUBLIC, Actor
from accord.kernel.clock import today
from accord.kernel.errors import AccordError, Conflict, NotFound, Refused, WrongState
from accord.people.queries import actor_for
from accord.web.frame import frame
from accord.web.signing_in import SignIn, sign_in_context

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


def page(permission: str) -> Callable[[View[Rest]], Address[Rest]]:
    """A page for signed-in people who hold the permission. Changing anything is possible only today."""

    def decorate(view: View[Rest]) -> Address[Rest]:
        @functools.wraps(view)
        def run(request: HttpRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
            account = signed_in(request.user)
            if account is None:
                return _sign_in_first(request)
            visit = _visit(request, actor_for(account, today()))
            if not visit.actor.may(permission):
                return refused(visit, _("Your role does not open this page. Ask your administrator who may see it."))
            if request.method == "POST" and not visit.is_today:
                messages.error(request, _("Nothing can be changed while you read another day. Go back to today first."))
                return HttpResponseRedirect(request.get_full_path())
            return _answer(lambda: view(visit, *args, **kwargs), visit)

        cast(Any, run).declares = str(permission)
        return cast(Address[Rest], run)

    return decorate


def public_page(view: View[Rest]) -> Address[Rest]:
    """A page for everybody; it shows released content only."""

    @functools.wraps(view)
    def run(request: HttpRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        account = signed_in(request.user)
        visit = _visit(request, actor_for(account, today()) if account else PUBLIC)
        return _answer(lambda: view(visit, *args, **kwargs), visit)

    cast(Any, run).declares = "public"
    return cast(Address[Rest], run)


def render(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    """A template inside the frame: navigation, languages, as-of control, notices."""
    return django_render(request, template, {**frame(request), **(context or {})}, status=status)


def back(request: HttpRequest, fallback: str = "home") -> HttpResponseRedirect:
    """To the address in ``next`` if it is ours, else to a page by name."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        return HttpResponseRedirect(target)
    return HttpResponseRedirect(reverse(fallback))


def refused(request: HttpRequest, message: str) -> HttpResponse:
    return render(request, "errors/403.html", {"message": message}, status=HTTPStatus.FORBIDDEN)


def missing(request: HttpRequest, message: str = "") -> HttpResponse:
    return render(request, "errors/404.html", {"message": message}, status=HTTPStatus.NOT_FOUND)


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    """To the door; what was typed in a form whose session has ended comes along."""
    if request.method != "POST":
        return redirect_to_login(request.get_full_path(), reverse("sign-in"))
    context = sign_in_context(request, SignIn(), resume=request.get_full_path())
    context["action"] = reverse("sign-in")
    return render(request, "home/sign_in.html", context, status=HTTPStatus.UNAUTHORIZED)


def _visit(request: HttpRequest, actor: Actor) -> Visit:
    visit = cast(Visit, request)
    visit.actor = actor
    visit.day = _day(request)
    visit.is_today = visit.day == today()
    visit.language = translation.get_language() or "en"
    return visit


def _day(request: HttpRequest) -> date:
    chosen = request.GET.get(AS_OF) or request.COOKIES.get(settings.AS_OF_COOKIE_NAME) or ""
    try:
        return date.fromisoformat(chosen)
    except ValueError:
        return today()


def _answer(view: Callable[[], HttpResponse], visit: Visit) -> HttpResponse:
    try:
        return view()
    except Refused as error:
        return refused(visit, str(error))
    except NotFound as error:
        return missing(visit, str(error))
    except (WrongState, Conflict) as error:
        return _said_and_back(visit, error)


def _said_and_back(visit: Visit, error: AccordError) -> HttpResponse:
    if visit.method != "POST":  # there is nowhere to go back to: the address itself is what does not fit
        return render(visit, "errors/404.html", {"message": str(error)}, status=HTTPStatus.CONFLICT)
    messages.error(visit, str(error))
    return back(visit) if "next" in visit.POST else HttpResponseRedirect(visit.get_full_path())
