"""Writing to the trail, and sealing what was written."""

import logging
from datetime import UTC
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from accord.audit import checkpoints, stored
from accord.audit.models import Entry, Seal, SealedEntry
from accord.audit.seals import Checkpoint, Row, Signed, following, leaf
from accord.audit.signing import is_signed, plain, signing_key
from accord.audit.usecase import current_action, note_entry
from accord.kernel.actor import Actor
from accord.kernel.clock import now
from accord.kernel.errors import Conflict

MOST_UNDER_ONE_SEAL = 1000
log = logging.getLogger(__name__)


def record(actor: Actor, subject: models.Model, *, action: str = "", reason: str = "", **changes: Any) -> Entry:
    """Add a line about ``subject``, marked like it; ``changes`` are JSON-ready facts worth keeping beside it."""
    entry = Entry.objects.create(
        account_id=actor.account_id,
        actor_name=actor.name[:200],
        actor_roles=list(actor.roles),
        channel=actor.channel,
        action=action or current_action(),
        object_type=subject._meta.label_lower,
        object_id=subject.pk,
        object_name=str(subject)[:300],
        changes={key: _plain(value) for key, value in changes.items()},
        reason=reason,
        marking=getattr(subject, "marking", "mission"),
    )
    note_entry()
    return entry


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (bool, int, float, str, dict)):
        return value
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(item) for item in value]
    return str(value)


def seal_waiting() -> int:
    """Seal every entry that waits, and say how many there were.

    The one write that leaves no line in the trail: it would have to seal its own. Needs no more than to read and to
    insert. Raises Conflict where the key is lost, or where database and file of checkpoints contradict each other.
    """
    folder = settings.DATA_FOLDER
    file = folder / checkpoints.NAME
    with stored.whole_trail(writes=True), stored.turn():
        key = signing_key(folder, may_create=not (Seal.objects.exists() or file.exists()))
        last = _caught_up(file, key)
        sealed, after = 0, None
        while rows := stored.waiting_rows(after=after, limit=MOST_UNDER_ONE_SEAL):
            signed = _seal(rows, last, key)
            checkpoints.append(file, signed.line())
            last, after = signed.checkpoint, rows[-1][0]
            sealed += len(rows)
    return sealed


def _seal(rows: list[Row], last: Checkpoint | None, key: Ed25519PrivateKey) -> Signed:
    """First the database, then the file: a seal that was not written out is found there, the other way it is not."""
    hashes = [leaf(row) for row in rows]
    at = now().astimezone(UTC).replace(microsecond=0)
    keys = [str(row[0]) for row in rows]
    checkpoint = following(
        last,
        hashes,
        first=keys[0],
        until=keys[-1],
        at=f"{at:%Y-%m-%dT%H:%M:%SZ}",
        key=plain(key.public_key()),
    )
    signed = Signed(checkpoint, key.sign(checkpoint.statement()).hex())
    with transaction.atomic(durable=True):
        seal = Seal.objects.create(
            number=checkpoint.number, at=at, count=checkpoint.count, total=checkpoint.total, first=checkpoint.first,
            last=checkpoint.last, root=checkpoint.root, previous=checkpoint.previous, key=checkpoint.key,
            signature=signed.signature,
        )  # fmt: skip
        SealedEntry.objects.bulk_create(
            SealedEntry(entry_id=entry, seal=seal, hash=digest) for entry, digest in zip(keys, hashes, strict=True)
        )
    return signed


def _caught_up(file: Path, key: Ed25519PrivateKey) -> Checkpoint | None:
    """The last checkpoint, once the file has all of them: a power failure may have come between the two."""
    number, line = checkpoints.last(file) or (0, b"")
    last = stored.signed(number)
    if number and (last is None or last.line() != line):
        raise Conflict(_("The trail and its checkpoints contradict each other. Run: accord audit verify"))
    for last in stored.seals(start=number + 1, until=stored.last_number()):
        if not is_signed(key.public_key(), last.checkpoint.statement(), last.signature):
            raise Conflict(_("A seal of the trail is not signed by our key. Run: accord audit verify"))
        log.warning("Seal %s was missing in the file of checkpoints and is written there now", last.checkpoint.number)
        checkpoints.append(file, last.line())
    return last.checkpoint if last else None
