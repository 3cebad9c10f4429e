"""What a person has been told."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accord.kernel.actor import Actor
from accord.kernel.text import localised
from accord.notices.models import Notice


@dataclass(frozen=True, slots=True)
class NoticeRow:
    id: UUID
    text: str
    link: str
    urgent: bool
    at: datetime
    is_read: bool


def notices_for(actor: Actor, language: str, *, limit: int = 50) -> list[NoticeRow]:
    if actor.account_id is None:
        return []
    rows = Notice.objects.filter(account_id=actor.account_id)[:limit]
    return [
        NoticeRow(n.id, localised(n.text, language), n.link, n.urgent, n.created_at, n.read_at is not None)
        for n in rows
    ]


def unread_count(actor: Actor) -> int:
    return Notice.objects.filter(account_id=actor.account_id, read_at=None).count() if actor.account_id else 0
