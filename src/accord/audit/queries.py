"""Reading the trail: for auditors and for the people an entry concerns."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accord.audit import checkpoints, stored
from accord.audit.models import Entry, Seal
from accord.audit.permissions import Permission
from accord.audit.seals import Signed
from accord.audit.signing import fingerprint, public_key
from accord.audit.verification import Finding, Inspection
from accord.kernel.actor import Actor
from accord.kernel.clock import now
from accord.kernel.errors import NotFound, Refused

PAGE = 50
MOST_FINDINGS = 1000


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
    _demand_auditor(actor)
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


@dataclass(frozen=True, slots=True)
class Sealing:
    """How far the trail is sealed. ``seals`` is 0, and the rest empty, while nothing was sealed yet."""

    waiting: int
    seals: int = 0
    sealed: int = 0
    at: datetime | None = None
    fingerprint: str = ""


def sealing(actor: Actor) -> Sealing:
    _demand_auditor(actor)
    last = Seal.objects.last()
    if last is None:
        return Sealing(stored.waiting())
    return Sealing(stored.waiting(), last.number, last.total, last.at, fingerprint(last.key))


def last_checkpoint(actor: Actor) -> Signed:
    """The newest checkpoint, for an auditor to keep: it holds all before it."""
    _demand_auditor(actor)
    last = stored.signed(stored.last_number())
    if last is None:
        raise NotFound(_("Nothing is sealed yet. The worker seals within a minute."))
    return last


@dataclass(frozen=True, slots=True)
class Verification:
    """What a reading of the whole trail found. Past ``MOST_FINDINGS`` it stops, and the counts say how far it came."""

    seals: int
    sealed: int
    waiting: int
    seconds: float
    findings: list[Finding]


def verify_trail(copy: Path | None = None) -> Verification:
    """Compute the trail anew and compare it with its seals, its checkpoints, and an auditor's own copy of them."""
    folder: Path = settings.DATA_FOLDER
    if copy is not None and not copy.is_file():
        raise NotFound(_("There is no such copy of the checkpoints: %(file)s") % {"file": copy})
    began = perf_counter()
    with stored.whole_trail(), stored.turn():
        witnesses = [checkpoints.read(folder / checkpoints.NAME, name="the file of checkpoints", whole=True)]
        last = stored.last_number()
    if copy is not None:
        witnesses.append(checkpoints.read(copy, name="the auditor's copy", whole=False))
    inspection = Inspection(public_key(folder), witnesses)
    with stored.whole_trail(), transaction.atomic():  # what is streamed lives in a transaction
        found = inspection.findings(stored.seals(start=0, until=last), stored.leaves(until=last))
        findings = list(islice(found, MOST_FINDINGS))
    seconds = perf_counter() - began
    return Verification(inspection.seals, inspection.entries, stored.waiting(), seconds, findings)


def _demand_auditor(actor: Actor) -> None:
    if not actor.may(Permission.READ_TRAIL):
        raise Refused(_("Only auditors and administrators read the whole trail."))


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
