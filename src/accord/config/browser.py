"""What the browser is told beside the content security policy, and what it may ask for at all."""

from collections.abc import Callable

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from accord.web import failures

METHODS = ("GET", "HEAD", "POST")
LARGEST_BODY = 25 * 1024 * 1024  # bytes
UNUSED = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope", "hid",
    "idle-detection", "magnetometer", "microphone", "midi", "payment", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip


class BrowserWall:
    """For every answer, files and failures included: nobody embeds it, and nobody keeps it unless it says so itself."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request) if request.method in METHODS else HttpResponseNotAllowed(METHODS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", ", ".join(f"{feature}=()" for feature in UNUSED))
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class Bounds:
    """Nothing larger than a scanned instrument is read at all, and nothing with a sign that no text can contain."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        announced = str(request.META.get("CONTENT_LENGTH") or 0)
        if announced.isdecimal() and int(announced) > LARGEST_BODY:
            return failures.too_large(request)
        if "%00" in request.META["QUERY_STRING"]:
            return failures.bad_request(request, SuspiciousOperation("NUL in the query"))
        return self.answer(request)
