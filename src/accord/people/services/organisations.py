"""Keeping the tree of organisations: adding, renaming, moving, and every spelling people use."""

from collections.abc import Mapping
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accord.audit.services import record
from accord.audit.usecase import use_case
from accord.kernel.actor import Actor
from accord.kernel.errors import Conflict, Invalid
from accord.kernel.keys import new_key
from accord.kernel.text import folded
from accord.people.choices import OrganisationKind, Side
from accord.people.models import Organisation, OrganisationAlias, OrganisationTie
from accord.people.permissions import Permission
from accord.people.queries import line_upward, parents_on
from accord.places.models import Place

RECORDED = {"kind": "record", "ref": ""}


@use_case(Permission.MANAGE_REGISTER)
def add_organisation(
    *,
    actor: Actor,
    name: Mapping[str, str],
    kind: str,
    side: str,
    start: date,
    short_name: Mapping[str, str] | None = None,
    place: Place | None = None,
    parent: Organisation | None = None,
) -> Organisation:
    """Add an organisation to the register, under another one if it has a parent."""
    _require_name(name)
    if kind not in OrganisationKind.values or side not in Side.values:
        raise Invalid(_("Choose from the lists."), {"kind": [_("Choose what it is and to which side it belongs.")]})
    organisation = Organisation.objects.create(
        code=_free_code(name), name=dict(name), short_name=dict(short_name or {}), kind=kind, side=side, place=place,
        period=DateRange(start, None), source=RECORDED,
    )  # fmt: skip
    _remember_spellings(organisation, [*organisation.name.values(), *organisation.short_name.values()])
    record(actor, organisation, kind=kind, side=side, start=start)
    if parent:
        place_organisation(actor=actor, organisation=organisation, parent=parent, start=start)
    return organisation


@use_case(Permission.MANAGE_REGISTER)
def rename_organisation(
    *, actor: Actor, organisation: Organisation, name: Mapping[str, str], short_name: Mapping[str, str] | None = None
) -> Organisation:
    """Give an organisation another name; the former ones stay as spellings, so that it is still found."""
    _require_name(name)
    former = dict(organisation.name)
    organisation.name = dict(name)
    if short_name is not None:
        organisation.short_name = dict(short_name)
    organisation.save(update_fields=["name", "short_name"])
    spellings = [*former.values(), *organisation.name.values(), *organisation.short_name.values()]
    _remember_spellings(organisation, spellings)
    record(actor, organisation, former=former, name=organisation.name)
    return organisation


@use_case(Permission.MANAGE_REGISTER)
def add_alias(*, actor: Actor, organisation: Organisation, text: str) -> None:
    """Add another spelling under which an organisation is found."""
    text = text.strip()
    if not folded(text):
        raise Invalid(_("Write the other spelling."), {"text": [_("Write the other spelling.")]})
    if organisation.aliases.filter(folded=folded(text)).exists():
        raise Conflict(_("It is found under this spelling already."))
    _remember_spellings(organisation, [text])
    record(actor, organisation, alias=text)


@use_case(Permission.MANAGE_REGISTER)
def place_organisation(
    *, actor: Actor, organisation: Organisation, parent: Organisation | None, start: date
) -> OrganisationTie | None:
    """Let an organisation stand under another one from a day on; without a parent it stands alone."""
    if parent:
        _require_fitting(organisation, parent, start)
    ties = OrganisationTie.objects.select_for_update().filter(child=organisation)
    if ties.filter(period__startswith__gt=start).exists():
        raise Conflict(_("A later move is on record already. Choose a day after it."))
    ties.filter(period__startswith=start).delete()
    for tie in ties.filter(period__contains=start):
        tie.period = DateRange(tie.period.lower, start)
        tie.save(update_fields=["period"])
    record(actor, organisation, parent=parent.code if parent else "", start=start)
    if parent is None:
        return None
    return OrganisationTie.objects.create(
        child=organisation, parent=parent, period=DateRange(start, None), source=RECORDED
    )


def _require_name(name: Mapping[str, str]) -> None:
    if not any(text.strip() for text in name.values()):
        raise Invalid(_("It needs a name."), {"name": [_("Write the name in at least one language.")]})


def _require_fitting(organisation: Organisation, parent: Organisation, start: date) -> None:
    if parent.side != organisation.side:
        message = _("Choose an organisation of the same side.")
        raise Invalid(message, {"parent": [message]})
    if organisation.pk in line_upward(parent.pk, parents_on(start)):
        message = _("An organisation cannot stand under itself or under one of its own parts.")
        raise Invalid(message, {"parent": [message]})


def _remember_spellings(organisation: Organisation, texts: list[str]) -> None:
    by_form = {folded(text): text for text in reversed(texts) if folded(text)}
    OrganisationAlias.objects.bulk_create(
        [OrganisationAlias(organisation=organisation, text=text, folded=form) for form, text in by_form.items()],
        ignore_conflicts=True,
    )


def _free_code(name: Mapping[str, str]) -> str:
    code = slugify(name.get("en", ""))[:50]
    if not code:
        return f"o-{new_key().hex[-12:]}"
    taken = Organisation.objects.filter(code=code).exists()
    return f"{code}-{new_key().hex[-6:]}" if taken else code
