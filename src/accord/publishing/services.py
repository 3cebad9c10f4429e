"""Editions: prepared from the records, published by public affairs, then corrected or withdrawn, never changed."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accord.audit.events import announce
from accord.audit.services import record
from accord.audit.usecase import use_case
from accord.kernel.actor import Actor
from accord.kernel.clock import now, today
from accord.kernel.errors import Conflict, Invalid, NotFound
from accord.kernel.text import localised
from accord.kernel.workflow import Step
from accord.mandate.models import Mission
from accord.notices.phrases import Phrase
from accord.publishing import register, rules
from accord.publishing.choices import EditionState
from accord.publishing.events import EditionPublished
from accord.publishing.formats import as_json, of_json
from accord.publishing.models import Edition, EditionStep
from accord.publishing.permissions import Permission
from accord.publishing.rules import Sheet
from accord.publishing.workflow import CORRECT, PUBLISH, WITHDRAW


@use_case(Permission.PREPARE_EDITION)
def prepare_edition(*, actor: Actor, as_of: date) -> Edition:
    """Prepare an edition of the fact sheet as of a day, from the records as they are now."""
    if as_of > today():
        raise Invalid(
            _("A fact sheet cannot be prepared for a day to come."), {"as_of": [_("Choose today or earlier.")]}
        )
    return _prepare(actor, rules.sheet_on(register.load(), as_of))


@use_case(Permission.PUBLISH_EDITION)
def publish_edition(*, actor: Actor, number: int) -> Edition:
    """Publish a prepared edition, unless the records changed since it was prepared."""
    edition = _locked(number)
    prepared = of_json(edition.content)
    changed = rules.compare(prepared, rules.sheet_on(register.load(), edition.as_of))
    if changed:
        raise Conflict(
            Phrase(
                _("The records changed since this edition was prepared. Prepare it again. Changed: %(claims)s."),
                claims=", ".join(difference.code for difference in changed),
            )
        )
    if Edition.objects.filter(as_of=edition.as_of, state=EditionState.PUBLISHED).exists():
        raise Conflict(_("This day has a published edition already. Correct that one instead."))
    return _publish(actor, edition)


@use_case(Permission.PUBLISH_EDITION)
def correct_edition(*, actor: Actor, number: int, note: Mapping[str, str]) -> Edition:
    """Replace a published edition by a new one for the same day, with a note to the readers in every language."""
    old = _locked(number)
    sheet = rules.sheet_on(register.load(), old.as_of)
    _require_every_language(sheet, note, "note")
    if sheet.digest == old.digest:
        raise Conflict(_("The records say the same as this edition, so there is nothing to correct."))
    _step(actor, old, CORRECT, note)
    return _publish(actor, _prepare(actor, sheet, corrects=old, note=note))


@use_case(Permission.PUBLISH_EDITION)
def withdraw_edition(*, actor: Actor, number: int, reason: Mapping[str, str]) -> Edition:
    """Take a published edition away from the public. That it existed, and why it went, stays on record."""
    edition = _locked(number)
    _require_every_language(of_json(edition.content), reason, "reason")
    _step(actor, edition, WITHDRAW, reason)
    record(actor, edition, reason=localised(reason, "en"))
    return edition


@use_case(Permission.PUBLISH_EDITION)
def publish_history(*, actor: Actor, start: date, until: date | None = None) -> list[Edition]:
    """Prepare and publish an edition for every day on which the sheet began to read differently.

    A day whose edition was withdrawn is left alone: somebody had a reason.
    """
    until = min(until or today(), today())
    records = register.load()
    taken = set(Edition.objects.exclude(state=EditionState.DRAFT).values_list("as_of", flat=True))
    days = [day for day in rules.change_days(records, start, until) if day not in taken]
    editions = [_publish(actor, _prepare(actor, rules.sheet_on(records, day))) for day in days]
    record(actor, Mission.objects.get(), start=start, until=until, editions=len(editions))
    return editions


def _prepare(
    actor: Actor, sheet: Sheet, *, corrects: Edition | None = None, note: Mapping[str, str] | None = None
) -> Edition:
    if not sheet.claims:
        raise Invalid(_("The records state nothing about this day."), {"as_of": [_("Choose another day.")]})
    # The one row of the mission serves as the lock under which numbers are given.
    Mission.objects.select_for_update().get()
    last = Edition.objects.aggregate(last=Max("number"))["last"] or 0
    edition = Edition.objects.create(
        number=last + 1,
        as_of=sheet.as_of,
        content=as_json(sheet),
        digest=sheet.digest,
        corrects=corrects,
        correction_note=dict(note or {}),
        prepared_by=actor.name,
    )
    record(actor, edition, action="prepare_edition", as_of=sheet.as_of, digest=sheet.digest)
    return edition


def _publish(actor: Actor, edition: Edition) -> Edition:
    edition.published_by, edition.published_at = actor.name, now()
    _step(actor, edition, PUBLISH)
    corrects = edition.corrects.number if edition.corrects else None
    record(actor, edition, action="publish_edition", as_of=edition.as_of, digest=edition.digest, corrects=corrects)
    announce(actor, EditionPublished(edition.number, edition.as_of))
    return edition


def _require_every_language(sheet: Sheet, words: Mapping[str, str], field: str) -> None:
    if any(not words.get(language, "").strip() for language in sheet.languages):
        raise Invalid(
            _("Tell the readers why, in every language of the sheet."), {field: [_("Every language is needed.")]}
        )


def _step(actor: Actor, edition: Edition, step: Step, reason: Mapping[str, str] | None = None) -> None:
    origin = edition.state
    edition.state = step.next_state(origin, _("The edition is no longer in a state for this step."))
    edition.save(update_fields=["state", "published_by", "published_at"])
    EditionStep.objects.create(
        edition=edition, name=step.name, origin=origin, target=edition.state, actor_name=actor.name,
        reason=dict(reason or {}),
    )  # fmt: skip


def _locked(number: int) -> Edition:
    edition = Edition.objects.select_for_update().filter(number=number).first()
    if edition is None:
        raise NotFound(_("There is no such edition."))
    return edition
