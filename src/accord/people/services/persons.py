"""Registering persons. Who they are and how to reach them is kept apart from what is shown."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from accord.access.models import Account
from accord.access.services import put_forward
from accord.audit.services import record
from accord.audit.usecase import use_case
from accord.kernel.actor import Actor
from accord.kernel.errors import Conflict, Invalid
from accord.kernel.keys import new_key
from accord.people.choices import Side
from accord.people.models import Contact, Identity, Nation, Person
from accord.people.permissions import Permission


@use_case(Permission.MANAGE_REGISTER)
def register_person(
    *,
    actor: Actor,
    shown_name: Mapping[str, str],
    side: str,
    nation: Nation | None = None,
    given_names: Mapping[str, str] | None = None,
    family_names: Mapping[str, str] | None = None,
    email: str = "",
    telephone: str = "",
) -> Person:
    """Register a person by the name to be shown; full names and contact data go into tables of their own."""
    faults: dict[str, list[object]] = {}
    if not any(text.strip() for text in shown_name.values()):
        faults["shown_name"] = [_("Write the name to be shown in at least one language.")]
    if side not in Side.values:
        faults["side"] = [_("Choose the side.")]
    if faults:
        raise Invalid(_("Some things are missing."), faults)
    # The code says nothing about the person: it may stand in addresses and files.
    person = Person.objects.create(
        code=f"p-{new_key().hex[-12:]}", shown_name=dict(shown_name), side=side, nation=nation,
        source={"kind": "record", "ref": ""},
    )  # fmt: skip
    if given_names or family_names:
        Identity.objects.create(
            person=person, given_names=dict(given_names or {}), family_names=dict(family_names or {})
        )
    if email or telephone:
        Contact.objects.create(person=person, email=email, telephone=telephone)
    # The trail keeps no personal data: it outlives the person's time with the mission.
    record(actor, person, side=side, nation=nation.code if nation else "")
    return person


@use_case(Permission.MANAGE_REGISTER)
def give_account(*, actor: Actor, person: Person, account: Account) -> None:
    """Let an account act for a person, with his side and posts, once somebody else has verified that it is his."""
    if person.account_id and person.account_id != account.pk:
        raise Conflict(_("This person has another account already."))
    if Person.objects.filter(account=account).exclude(pk=person.pk).exists():
        raise Conflict(_("This account belongs to another person already."))
    person.account = account
    person.save(update_fields=["account"])
    record(actor, person, account=account.username)
    put_forward(actor, account)
