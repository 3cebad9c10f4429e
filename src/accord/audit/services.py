"""Writing to the trail."""

from typing import Any

from django.db import models

from accord.audit.models import Entry
from accord.audit.usecase import current_action, note_entry
from accord.kernel.actor import Actor


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
