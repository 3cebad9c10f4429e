"""Growing step by step: bounded, upon request, and never before the step before is reviewed (S10)."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accord.audit.events import announce
from accord.audit.services import record
from accord.audit.usecase import use_case
from accord.kernel.actor import Actor
from accord.kernel.clock import now, today
from accord.kernel.errors import Invalid, WrongState
from accord.mandate.choices import ActivityType, ExpansionState, RequestPurpose, RequestState
from accord.mandate.events import GROUND, GroundShifted
from accord.mandate.models import (
    Area,
    AreaPlace,
    ExpansionInstitution,
    ExpansionPlace,
    ExpansionStep,
    HostRequest,
)
from accord.mandate.permissions import Permission
from accord.people.models import Organisation
from accord.places.models import Place


@use_case(Permission.EXPAND)
def propose_expansion(
    *,
    actor: Actor,
    title: Mapping[str, str],
    request: HostRequest | None,
    institutions: Sequence[Organisation],
    places: Sequence[Place],
    activity_types: Sequence[str],
    headcount_cap: int | None,
    start: date | None,
    end: date | None,
) -> ExpansionStep:
    """Propose the next step; ``end`` is the first day it no longer holds."""
    if any(t not in ActivityType.values for t in activity_types):
        raise Invalid(_("Choose kinds of activity from the list."), {"activity_types": [_("Not in the list.")]})
    if not any(words.strip() for words in title.values()):
        raise Invalid(_("Give the step a title."), {"title": [_("Say in a few words what it adds.")]})
    if start and end and end <= start:
        raise Invalid(_("The last day must lie after the first."), {"end": [_("Choose a later day.")]})
    number = (ExpansionStep.objects.aggregate(n=Max("number"))["n"] or 0) + 1
    step = ExpansionStep.objects.create(
        number=number, title=dict(title), request=request, activity_types=list(activity_types),
        headcount_cap=headcount_cap, period=DateRange(start, end) if start and end else None,
        source={"kind": "record", "ref": ""},
    )  # fmt: skip
    ExpansionInstitution.objects.bulk_create(
        [ExpansionInstitution(expansion=step, institution=o) for o in institutions]
    )
    ExpansionPlace.objects.bulk_create([ExpansionPlace(expansion=step, place=p) for p in places])
    record(actor, step, number=number, cap=headcount_cap, start=start, end=end)
    return step


@use_case(Permission.EXPAND, turn=GROUND)
def activate_expansion(*, actor: Actor, step: ExpansionStep) -> ExpansionStep:
    """Bring a step into force: it must be bounded, asked for by the host, and the step before it reviewed."""
    step = ExpansionStep.objects.select_for_update().get(pk=step.pk)
    if step.state != ExpansionState.PROPOSED:
        raise WrongState(_("This step is already in force."))
    _require_bounded(step)
    step.state = ExpansionState.IN_FORCE
    step.period = DateRange(max(step.period.lower, today()), step.period.upper)
    step.save(update_fields=["state", "period"])
    if step.places.exists():
        area = Area.objects.create(
            code=f"expansion-{step.number}", name=step.title, period=step.period, expansion=step, source=step.source
        )
        AreaPlace.objects.bulk_create([AreaPlace(area=area, place_id=p.place_id) for p in step.places.all()])
    record(actor, step, number=step.number)
    announce(actor, GroundShifted(step.period.lower, "expansion in force"))
    return step


@use_case(Permission.EXPAND)
def review_expansion(*, actor: Actor, step: ExpansionStep, review: Mapping[str, str]) -> ExpansionStep:
    """Sign the review of a step in force; only then can the next one follow."""
    step = ExpansionStep.objects.select_for_update().get(pk=step.pk)
    if step.state != ExpansionState.IN_FORCE:
        raise WrongState(_("Only a step in force is reviewed."))
    if not any(text.strip() for text in review.values()):
        raise Invalid(_("Write what the review found."), {"review": [_("Write at least a sentence.")]})
    step.state, step.review = ExpansionState.REVIEWED, dict(review)
    step.reviewed_by, step.reviewed_at = actor.name, now()
    step.save()
    record(actor, step, number=step.number)
    return step


def _require_bounded(step: ExpansionStep) -> None:
    faults: dict[str, list[object]] = {}
    request = step.request
    if request is None or request.state != RequestState.ACCEPTED or request.purpose != RequestPurpose.EXPANSION:
        faults["request"] = [_("An accepted request of the host government for this expansion is missing.")]
    if step.period is None:
        faults["end"] = [_("An expansion step has a first and a last day.")]
    elif step.period.upper <= today():
        faults["end"] = [_("The days of this step are over. Propose a new one.")]
    if not step.activity_types:
        faults["activity_types"] = [_("Say which kinds of activity the step adds.")]
    if step.headcount_cap is None:
        faults["headcount_cap"] = [_("Say how many people at most.")]
    if not step.places.exists() and not step.institutions.exists():
        faults["places"] = [_("Name the institutions or places the step adds.")]
    before = ExpansionStep.objects.filter(number__lt=step.number).order_by("-number").first()
    if before and before.state != ExpansionState.REVIEWED:
        faults["number"] = [_("The step before has not been reviewed. Sign its review first.")]
    if faults:
        raise Invalid(_("The step cannot come into force."), faults)
