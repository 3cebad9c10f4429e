"""Nothing is reachable that has not said who may reach it."""

from collections.abc import Iterator
from enum import StrEnum
from importlib import import_module

from django.urls import URLPattern, URLResolver, get_resolver

from tests.architecture.source import PACKAGE


def _addresses(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        route = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from _addresses(pattern.url_patterns, route)
        else:
            yield route, pattern


ADDRESSES = dict(_addresses(get_resolver().url_patterns))


def _permissions() -> set[str]:
    modules = (import_module(f"accord.{path.parent.name}.permissions") for path in PACKAGE.glob("*/permissions.py"))
    kinds: list[type[StrEnum]] = [module.Permission for module in modules]
    return {permission.value for kind in kinds for permission in kind}


def test_there_are_addresses_to_look_at() -> None:
    assert len(ADDRESSES) > 10


def test_every_address_declares_a_known_permission_or_that_it_is_public() -> None:
    known = _permissions() | {"public"}
    silent = {route for route, address in ADDRESSES.items() if getattr(address.callback, "declares", "") not in known}
    assert not silent


def test_every_address_has_a_name_of_its_own() -> None:
    names = [address.name for address in ADDRESSES.values()]
    assert None not in names
    assert len(names) == len(set(names))
