"""Who may sign what, and who holds that post."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange

from accord.kernel.actor import Actor
from accord.kernel.period import Period
from accord.kernel.source import Source
from accord.kernel.text import localised
from accord.mandate.choices import Matter
from accord.mandate.models import SigningAuthority
from accord.mandate.queries.rows import may_know_name, source_of
from accord.people.queries import Holder, holders_on


@dataclass(frozen=True, slots=True)
class AuthorityRow:
    id: UUID
    side: str
    post: str
    organisation: str
    name: str
    matter: str
    period: Period
    source: Source


def authorities(actor: Actor, language: str, day: date, *, matter: str = "") -> list[AuthorityRow]:
    """The authorities of a day, the host's first."""
    rows = SigningAuthority.objects.filter(period__contains=day).select_related("position__organisation")
    if matter:
        rows = rows.filter(matter=matter)
    holders = holders_on(day, language)
    found = [_row(a, actor, language, holders) for a in rows]
    return sorted(found, key=lambda a: (a.side != "host", a.organisation, a.post, a.matter))


def has_authority(actor: Actor, matter: str, on: date) -> bool:
    """One of the actor's own posts may sign the matter for his side that day."""
    side = "host" if actor.is_host else "mission"
    return SigningAuthority.objects.filter(
        position__in=actor.position_ids, matter=matter, period__contains=on, position__organisation__side=side
    ).exists()


def matters_of(positions: Collection[UUID], on: date) -> list[str]:
    """What whoever holds one of these posts may sign for his side, that day or later, in words."""
    rows = SigningAuthority.objects.filter(position__in=positions, period__overlap=DateRange(on, None))
    return [str(Matter(matter).label) for matter in sorted(set(rows.values_list("matter", flat=True)))]


def _row(a: SigningAuthority, actor: Actor, language: str, holders: Mapping[UUID, Holder]) -> AuthorityRow:
    post = a.position
    side = post.organisation.side
    holder = holders.get(post.pk) if may_know_name(actor, side, post.is_public) else None
    return AuthorityRow(
        a.pk,
        side,
        localised(post.title, language),
        localised(post.organisation.name, language),
        holder.name if holder else "",
        str(Matter(a.matter).label),
        Period.of(a.period),
        source_of(a),
    )
