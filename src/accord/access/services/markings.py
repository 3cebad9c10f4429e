"""Changing the marking of a record."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accord.access.models import Marking
from accord.access.permissions import Permission
from accord.audit.services import record
from accord.audit.usecase import use_case
from accord.kernel.actor import Actor
from accord.kernel.errors import Invalid, NotFound
from accord.wall.tables import model_named, seen

# Lines of the trail keep the marking that their subject had when they were written.
NEVER = "audit."


@use_case(Permission.MARK_RECORDS)
def mark_record(*, actor: Actor, label: str, key: UUID, marking: str, reason: str) -> None:
    """Give a record another marking that the actor may read himself; widening its circle needs a reason, as all do."""
    model = model_named(label)
    row = seen(model).select_for_update(of=("self",)).filter(pk=key).first() if model else None
    if row is None or not hasattr(row, "marking") or label.startswith(NEVER) or row.marking not in actor.markings:
        raise NotFound(_("There is no such record, or it is not yours to mark."))
    faults: dict[str, list[object]] = {}
    if marking not in actor.markings or not Marking.objects.filter(code=marking).exists():
        faults["marking"] = [_("Choose a marking you may read yourself.")]
    if not reason.strip():
        faults["reason"] = [_("Say why the marking changes.")]
    if faults:
        raise Invalid(_("The marking is not changed yet."), faults)
    before, row.marking = row.marking, marking
    row.save(update_fields=["marking"])
    record(actor, row, reason=reason.strip(), before=before, after=marking)
