"""Reading sheets and editions. Queries without an actor answer from what is public."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accord.kernel.actor import Actor
from accord.kernel.errors import NotFound, Refused
from accord.publishing import register, rules
from accord.publishing.choices import EditionState
from accord.publishing.formats import of_json
from accord.publishing.models import Edition
from accord.publishing.permissions import Permission
from accord.publishing.rules import Claim, Difference, Sheet

# What the public may read: what is published, and what was before a correction replaced it.
RELEASED = (EditionState.PUBLISHED, EditionState.CORRECTED)


@dataclass(frozen=True, slots=True)
class StepRow:
    name: str
    at: datetime
    by: str
    reason: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class EditionRow:
    """``corrected_by`` is the number of the edition that replaced this one."""

    number: int
    as_of: date
    state: str
    digest: str
    prepared_by: str
    prepared_at: datetime
    published_by: str
    published_at: datetime | None
    corrects: int | None
    corrected_by: int | None
    note: Mapping[str, str]
    steps: tuple[StepRow, ...]


@dataclass(frozen=True, slots=True)
class EditionSheet:
    edition: EditionRow
    sheet: Sheet


@dataclass(frozen=True, slots=True)
class PublicClaim:
    claim: Claim
    under_review: bool


@dataclass(frozen=True, slots=True)
class PublicSheet:
    """The edition in force on a day. A claim is under review when the records of that day say otherwise by now."""

    edition: EditionRow
    sheet: Sheet
    on: date
    claims: tuple[PublicClaim, ...]

    @property
    def is_under_review(self) -> bool:
        return any(claim.under_review for claim in self.claims)

    def section(self, section: str) -> tuple[PublicClaim, ...]:
        return tuple(claim for claim in self.claims if claim.claim.section == section)


def sheet(as_of: date) -> Sheet:
    """The sheet as of a day, from the records as they are now."""
    return rules.sheet_on(register.load(), as_of)


def change_days(start: date, end: date) -> tuple[date, ...]:
    """Every day from ``start`` to ``end`` on which the sheet begins to read differently."""
    return rules.change_days(register.load(), start, end)


def compare(before: Sheet, after: Sheet) -> tuple[Difference, ...]:
    return rules.compare(before, after)


def edition_in_force(on: date) -> EditionRow | None:
    found = _in_force(on)
    return _public_row(found) if found else None


def public_sheet(on: date) -> PublicSheet | None:
    """What the public reads on a day; None while no edition is in force."""
    found = _in_force(on)
    if found is None:
        return None
    frozen = of_json(found.content)
    changed = {difference.code for difference in rules.compare(frozen, sheet(on))}
    claims = tuple(PublicClaim(claim, claim.code in changed) for claim in frozen.claims)
    return PublicSheet(_public_row(found), frozen, on, claims)


def public_edition(number: int) -> EditionSheet:
    """A published edition, or one a correction has replaced, as it was."""
    found = _found(_editions().filter(state__in=RELEASED, number=number).first())
    return EditionSheet(_public_row(found), of_json(found.content))


def public_editions() -> list[EditionRow]:
    """Everything that was ever published, newest day first; of a withdrawn edition only that it was withdrawn."""
    return [_public_row(found) for found in _editions().exclude(state=EditionState.DRAFT)]


def editions(actor: Actor) -> list[EditionRow]:
    """The desk of public affairs: every edition, those in preparation too."""
    _require_desk(actor)
    return [_row(found) for found in _editions()]


def edition(actor: Actor, number: int) -> EditionSheet:
    _require_desk(actor)
    found = _found(_editions().filter(number=number).first())
    return EditionSheet(_row(found), of_json(found.content))


def stale_claims(actor: Actor, number: int, on: date) -> tuple[Difference, ...]:
    """Claims of an edition that the records, as they are now, say differently about a day; new and gone ones too."""
    return rules.compare(edition(actor, number).sheet, sheet(on))


def _editions() -> QuerySet[Edition]:
    return Edition.objects.select_related("corrects").prefetch_related("steps", "corrections")


def _in_force(on: date) -> Edition | None:
    return _editions().filter(state=EditionState.PUBLISHED, as_of__lte=on).order_by("-as_of", "-number").first()


def _require_desk(actor: Actor) -> None:
    if not actor.may(Permission.READ_DESK):
        raise Refused(_("Only the mission's staff reads editions in preparation."))


def _found(found: Edition | None) -> Edition:
    if found is None:
        raise NotFound(_("There is no such edition."))
    return found


def _public_row(found: Edition) -> EditionRow:
    """The same without the names of those who work on editions."""
    row = _row(found)
    steps = tuple(replace(step, by="") for step in row.steps)
    return replace(row, prepared_by="", published_by="", steps=steps)


def _row(found: Edition) -> EditionRow:
    replacements = [e.number for e in found.corrections.all() if e.state != EditionState.DRAFT]
    return EditionRow(
        number=found.number,
        as_of=found.as_of,
        state=found.state,
        digest=found.digest,
        prepared_by=found.prepared_by,
        prepared_at=found.prepared_at,
        published_by=found.published_by,
        published_at=found.published_at,
        corrects=found.corrects.number if found.corrects else None,
        corrected_by=max(replacements, default=None),
        note=found.correction_note,
        steps=tuple(StepRow(s.name, s.at, s.actor_name, s.reason) for s in found.steps.all()),
    )
