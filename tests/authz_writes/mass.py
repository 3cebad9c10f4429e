"""Every field name of the models behind an address, with values that would do harm if anybody listened."""

import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.db import models

from tests.authz_writes import ledger
from tests.authz_writes.ledger import Change

MOMENT = datetime(2020, 1, 1, tzinfo=UTC).isoformat()
# What somebody would try on any form, whatever stands behind it.
EVERYWHERE = (
    "id", "pk", "key", "state", "marking", "author", "account_id", "user", "verified_at", "verified_by", "invited_by",
    "created_by", "created_at", "is_staff", "is_superuser", "granted_by", "seconded_by", "confirmed_on", "period",
    "accord", "hold", "digest", "is_public", "source", "code", "is_shared", "allowed_by", "ends_at", "password",
    "last_login", "permissions", "door", "actor",
)  # fmt: skip
HARM = {"is_active": "on", "clearance": "limited", "duty": "host_authority", "side": "host"}


def added(tables: Iterable[str], taken: Iterable[str], forbidden: str) -> dict[str, str]:
    """Names that the form does not have, each with a value; ``forbidden`` is the key of a row out of bounds."""
    values = {name: forbidden if name.endswith(("_by", "id")) else MOMENT for name in EVERYWHERE}
    values |= {
        "is_active": "on",
        "clearance": "limited",
        "duty": "host_authority",
        "side": "host",
        "account": forbidden,
    }
    for table in tables:
        for field in ledger.models()[table]._meta.concrete_fields:
            values |= {field.name: _harmful(field, forbidden), field.attname: _harmful(field, forbidden)}
    return {name: value for name, value in values.items() if name not in set(taken)}


def _harmful(field: "models.Field[Any, Any]", forbidden: str) -> str:
    if isinstance(field, (models.UUIDField, models.ForeignKey)):
        return forbidden
    if isinstance(field, (models.DateField, models.DateTimeField)):
        return MOMENT
    if isinstance(field, models.BooleanField):
        return "on"
    if isinstance(field, models.JSONField):
        return '{"en": "Mass"}'
    return str(list(field.flatchoices)[-1][0]) if field.flatchoices else "1"


_CHANCE = re.compile(r"[0-9a-f]{8,}(-[0-9a-f]{4,})*")
_SECRETS = {"id", "last_login", "password", "digest", "data", "sealed_seed"}


def plain(changes: Iterable[Change]) -> list[str]:
    """The changes without what chance makes different each time: new keys, digests, sealed seeds."""
    kept = [change for change in changes if change.table != "access_session"]
    return sorted(f"{change} {_CHANCE.sub('*', _written(change))}" for change in kept)


def _written(change: Change) -> str:
    return json.dumps({name: value for name, value in sorted(change.written.items()) if name not in _SECRETS})
