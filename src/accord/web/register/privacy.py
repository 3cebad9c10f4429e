"""What is kept about people, in plain words: the register of personal data for those whom it concerns."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accord.access.permissions import Permission
from accord.kernel.privacy import BASES, Held, Kind, Purpose
from accord.web.pages import Visit, page, render


@dataclass(frozen=True, slots=True)
class Part:
    """Fields of one table, each kind with its names as the database has them."""

    table: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """What the same words say of one table or several."""

    what: str
    kinds: tuple[str, ...]
    keep: str
    erase: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Group:
    key: str
    purpose: str
    basis: str
    rows: tuple[Row, ...]


@page(Permission.SIGN_IN)
def register(request: Visit) -> HttpResponse:
    """The same for everybody: it tells what kind of thing is kept, never whose."""
    held: tuple[Held, ...] = import_string(settings.ACCORD_PERSONAL_DATA)()
    context = {
        "groups": [group for purpose in Purpose if (group := _group(purpose, held)).rows],
        "tables": len({one.table for one in held}),
        "without": sorted({one.table for one in held} - {one.table for one in held if one.rule}),
        "breadcrumbs": [{"label": _("My account"), "url": reverse("account")}],
    }
    return render(request, "register/privacy.html", context)


def _group(purpose: Purpose, held: Iterable[Held]) -> Group:
    alike: dict[tuple[str, str, str], list[Held]] = {}
    for one in held:
        if one.rule and one.rule.purpose == purpose:
            alike.setdefault((one.what, one.rule.keep, one.rule.erase), []).append(one)
    rows = tuple(_row(*said, together) for said, together in alike.items())
    return Group(purpose.name.lower(), _(purpose), _(BASES[purpose]), rows)


def _row(what: str, keep: str, erase: str, together: list[Held]) -> Row:
    kinds = [kind for kind in Kind if kind.is_personal and any(kind in one.fields for one in together)]
    # Nearly everything leads to a person or is about one; that is worth saying only where nothing says more.
    telling = [kind for kind in kinds if kind not in {Kind.LINK, Kind.ABOUT}] or kinds[-1:]
    return Row(_(what), tuple(_(kind) for kind in telling), _(keep), _(erase), tuple(map(_part, together)))


def _part(one: Held) -> Part:
    fields = (
        (_(kind), ", ".join(one.fields[kind].split())) for kind in Kind if kind in one.fields and kind.is_personal
    )
    return Part(one.table, tuple(fields))
