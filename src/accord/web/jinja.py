"""What every template may use: addresses, translation, dates and digits by language."""

from collections.abc import Iterable
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, StrictUndefined

from accord.kernel.text import localised
from accord.web import words
from accord.web.federation.providers import providers


def environment(**options: Any) -> Environment:
    options["undefined"] = StrictUndefined  # a name nobody gave is a mistake of ours, never an empty place
    options.setdefault("trim_blocks", True)
    options.setdefault("lstrip_blocks", True)
    env = Environment(**options, extensions=["jinja2.ext.i18n"])  # noqa: S701 - Django's backend sets autoescape
    env.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext, translation.ngettext, newstyle=True, pgettext=translation.pgettext
    )
    env.globals.update(url=_url, static=static, language=words.language, identity_providers=providers)
    env.filters.update(
        day=words.day,
        moment=words.moment,
        clock=words.clock_time,
        number=words.number,
        cited=words.cited,
        digits=words.digits,
        doer=words.doer,
        period=words.period,
        local=_local,
        isoday=words.isoday,
        options=_options,
        grouped=_grouped,
    )
    return env


def _url(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args or None, kwargs=kwargs or None)


def _local(text: dict[str, str] | None) -> str:
    return localised(text, translation.get_language() or "en")


def _options(choices: Iterable[tuple[str, Any]]) -> list[dict[str, str]]:
    """Pairs of value and label as the form macros take them."""
    return [{"value": str(value), "label": str(label)} for value, label in choices]


def _grouped(choices: Iterable[tuple[str, Any]]) -> list[dict[str, Any]]:
    """Pairs of group and options as the form macros take them."""
    return [{"group": str(group), "options": options} for group, options in choices]
