"""What this browser remembers for its reader: language, appearance, the day he reads. No script can read it."""

from django.conf import settings
from django.http import HttpResponse

A_YEAR = 60 * 60 * 24 * 365


def keep(response: HttpResponse, name: str, value: str, *, seconds: int | None = A_YEAR) -> None:
    """Without ``seconds`` it is forgotten when the browser is closed."""
    response.set_cookie(name, value, max_age=seconds, secure=settings.BEHIND_HTTPS, httponly=True, samesite="Lax")
