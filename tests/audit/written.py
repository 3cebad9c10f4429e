"""Entries to be sealed, and what verifying says of them."""

from pathlib import Path

from accord.access.models import Account
from accord.audit.models import Entry
from accord.audit.permissions import Permission
from accord.audit.queries import verify_trail
from accord.audit.services import record
from accord.kernel.actor import Actor
from accord.kernel.keys import new_key

AUDITOR = Actor(name="Auditor One (fictional)", side="mission", permissions=frozenset({Permission.READ_TRAIL}))


def write(count: int = 1, **changes: object) -> list[Entry]:
    subject = Account(id=new_key(), username="x", display_name="Subject (fictional)")
    return [record(AUDITOR, subject, action="done", reason="لماذا “so”", **changes) for _number in range(count)]


def messages(copy: Path | None = None) -> list[str]:
    return [finding.message for finding in verify_trail(copy).findings]
