"""When something goes wrong: a friendly page in the reader's language, never a trace.

Django hands each view its reason; the reader gets words instead, so the argument stays unused.
"""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accord.web.frame import frame
from accord.web.pages import refused
from accord.web.presence import ONLY_READS, bears_token


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return render(request, "errors/404.html", frame(request), status=HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return render(request, "errors/403.html", frame(request), status=HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return render(request, "errors/404.html", frame(request), status=HTTPStatus.NOT_FOUND)


def too_large(request: HttpRequest) -> HttpResponse:
    """Nothing of it was read, not even who asked."""
    return render(request, "errors/413.html", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def broken(request: HttpRequest) -> HttpResponse:
    """No frame: whatever broke may break it again."""
    return render(request, "errors/500.html", status=HTTPStatus.INTERNAL_SERVER_ERROR)


def expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """The form's token no longer fits: signed out meanwhile, or the page was open for very long."""
    if bears_token(request):  # a program, which has no form
        return refused(request, str(ONLY_READS))
    return render(request, "errors/csrf.html", status=HTTPStatus.FORBIDDEN)
