"""Where a thing named by a context (``engagement:<key>``) has its page."""

from uuid import UUID

from django.urls import reverse

_PAGES = {
    "engagement": "engagement",
    "accord": "accord",
    "request": "request",
    "emergency": "emergency",
    "vetting": "vetting-case",
}


def address(link: str) -> str:
    kind, _, key = link.partition(":")
    return reverse(_PAGES[kind], kwargs={"key": UUID(key)}) if kind in _PAGES else ""
