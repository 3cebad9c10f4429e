"""Reading the trail: for auditors and for the people an entry concerns."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accord.audit.models import Entry
from accord.audit.permissions import Permission
from accord.kernel.actor import Actor
from accord.kernel.clock import now
from accord.kernel.errors import Refused

PAGE = 50


@dataclass(frozen=True, slots=True)
class EntryRow:
    id: UUID
    at: datetime
    actor: str
    channel: str
    action: str
    object_type: str
    object_id: UUID | None
    object_name: str
    changes: dict[str, Any]
    reason: str


def trail(
    actor: Actor,
    *,
    until: date | None = None,
    action: str = "",
    about: UUID | None = None,
    words: str = "",
    page: int = 1,
) -> tuple[list[EntryRow], bool]:
    """One page of entries, newest first, and whether there are more."""
    if not actor.may(Permission.READ_TRAIL):
        raise Refused(_("Only auditors and administrators read the whole trail."))
    entries = Entry.objects.all()
    if until:
        entries = entries.filter(at__date__lte=until)
    if action:
        entries = entries.filter(action=action)
    if about:
        entries = entries.filter(object_id=about)
    if words.strip():
        text = words.strip()
        entries = entries.filter(
            Q(object_name__icontains=text) | Q(actor_name__icontains=text) | Q(reason__icontains=text)
        )
    start = (max(page, 1) - 1) * PAGE
    rows = [_row(entry) for entry in entries[start : start + PAGE + 1]]
    return rows[:PAGE], len(rows) > PAGE


def began_at() -> datetime:
    """When the first line of the trail was written; now, while there is none."""
    first = Entry.objects.order_by("at").first()
    return first.at if first else now()


def actions() -> list[str]:
    return list(Entry.objects.order_by("action").values_list("action", flat=True).distinct())


def _row(entry: Entry) -> EntryRow:
    return EntryRow(
        entry.id, entry.at, entry.actor_name, entry.channel, entry.action, entry.object_type, entry.object_id,
        entry.object_name, entry.changes, entry.reason,
    )  # fmt: skip
