"""Every address there is, filled in so that it can be asked for."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accord.kernel.keys import new_key

EXAMPLES = {"uuid": new_key(), "int": 1, "str": "x", "slug": "x", "path": "x"}


def every_address() -> dict[str, str]:
    """By name; an address about one record names one that nobody has."""
    return {name: reverse(name, kwargs=_filled(pattern)) for name, pattern in _patterns(get_resolver().url_patterns)}


def _patterns(patterns: list[URLPattern | URLResolver]) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern.url_patterns)
        else:
            yield pattern.name or "", pattern


def _filled(pattern: URLPattern) -> dict[str, object]:
    return {
        name: EXAMPLES[type(converter).__name__.removesuffix("Converter").replace("String", "str").lower()]
        for name, converter in pattern.pattern.converters.items()
    }
