"""Engagements of the files: each through the gate by advising's own use cases, so that no file gets around it.

Only history from before Accord is written as it is, and says so: it has no accord and never counts as consented.
"""

from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accord.advising.choices import EngagementState
from accord.advising.models import Engagement, EngagementFocus, Participant
from accord.advising.plans import concerned
from accord.advising.services import (
    Plan,
    cancel_engagement,
    conduct_engagement,
    plan_engagement,
    replan_engagement,
)
from accord.audit.queries import began_at
from accord.exchange.errors import Problem
from accord.exchange.folder import MissionFolder, Placed
from accord.exchange.kinds import ENGAGEMENT
from accord.exchange.models import LoadedRecord
from accord.exchange.schema.work import EngagementEntry
from accord.exchange.writing import Counts, plain
from accord.kernel.actor import Actor
from accord.kernel.errors import AccordError, GateRefused
from accord.kernel.keys import new_key
from accord.notices.phrases import Phrase
from accord.objectives.models import FocusArea, Objective
from accord.people.choices import Side
from accord.people.models import Organisation, Position
from accord.places.models import Place

PLANNED_WORDS = {"state", "cancel_reason", "history", "source"}


@dataclass(slots=True)
class EngagementLoader:
    """Loads what is new, follows what the file changed, and keeps every refusal as a problem."""

    actor: Actor
    folder: MissionFolder
    counts: Counts = field(default_factory=Counts)
    problems: list[Problem] = field(default_factory=list)

    def load(self) -> None:
        known = {row.key: row for row in LoadedRecord.objects.filter(kind=ENGAGEMENT.name)}
        for placed in self.folder.of(ENGAGEMENT.name):
            row = known.pop(placed.key, None)
            columns = plain(placed.entry)
            if row and row.columns == columns:
                self.counts.unchanged += 1
                continue
            try:
                self._change(placed, row) if row else self._begin(placed)
            except GateRefused as refusal:
                self.problems += _refusals(placed, refusal)
            except AccordError as trouble:
                self.problems.append(placed.problem(trouble.message))
        for key in known:
            message = Phrase(_("The engagement “%(key)s” is missing here. Put it back, and cancel it there."), key=key)
            self.problems.append(Problem(ENGAGEMENT.file, 1, "code", message))

    def _begin(self, placed: Placed) -> None:
        entry: EngagementEntry = placed.entry
        if entry.history:
            if entry.time.end > began_at():
                message = _("Accord was in use by then: leave the word out, and the gate judges as for any other.")
                self.problems.append(placed.problem(message, "history"))
                return
            engagement = _written_as_it_was(entry)
        else:
            engagement = plan_engagement(actor=self.actor, plan=_plan(entry))
            self._follow(engagement, entry)
        self._note(placed, engagement.pk, None)
        self.counts.created += 1

    def _change(self, placed: Placed, row: LoadedRecord) -> None:
        entry: EngagementEntry = placed.entry
        engagement = Engagement.objects.get(pk=row.object_id)
        before = {name: value for name, value in row.columns.items() if name not in PLANNED_WORDS}
        after = {name: value for name, value in plain(entry).items() if name not in PLANNED_WORDS}
        if before != after:
            engagement = replan_engagement(actor=self.actor, engagement=engagement, plan=_plan(entry))
        if entry.state != engagement.state:
            self._follow(engagement, entry)
        self._note(placed, engagement.pk, row)
        self.counts.updated += 1

    def _follow(self, engagement: Engagement, entry: EngagementEntry) -> None:
        """From planned to the state the file names."""
        if entry.state == EngagementState.CONDUCTED:
            conduct_engagement(actor=self.actor, engagement=engagement)
        elif entry.state == EngagementState.CANCELLED:
            cancel_engagement(actor=self.actor, engagement=engagement, reason=entry.cancel_reason or "")

    def _note(self, placed: Placed, object_id: UUID, row: LoadedRecord | None) -> None:
        row = row or LoadedRecord(kind=ENGAGEMENT.name, key=placed.key)
        row.object_id, row.columns = object_id, plain(placed.entry)
        row.save()


def _plan(entry: EngagementEntry) -> Plan:
    return Plan(
        type=entry.type.value,
        topic=entry.topic,
        institution=Organisation.objects.get(code=entry.institution),
        place=Place.objects.get(code=entry.place),
        mode=entry.mode.value,
        starts_at=entry.time.start,
        ends_at=entry.time.end,
        lead=Position.objects.get(code=entry.lead),
        counterparts=list(Position.objects.filter(code__in=entry.counterparts).select_related("organisation")),
        focus_areas=list(FocusArea.objects.filter(code__in=entry.focus_areas)),
        objective=Objective.objects.get(code=entry.objective) if entry.objective else None,
        colleagues=list(Position.objects.filter(code__in=entry.advisors)),
        interpreter=entry.interpreter,
    )


def _written_as_it_was(entry: EngagementEntry) -> Engagement:
    plan = _plan(entry)
    engagement = Engagement.objects.create(
        id=new_key(),
        type=plan.type,
        topic=plan.topic,
        institution=plan.institution,
        place=plan.place,
        mode=plan.mode,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        lead=plan.lead,
        objective=plan.objective,
        interpreter=plan.interpreter,
        state=entry.state,
        cancel_reason=entry.cancel_reason or "",
        is_history=True,
        concerns=concerned(plan),
    )
    EngagementFocus.objects.bulk_create(EngagementFocus(engagement=engagement, focus_area=f) for f in plan.focus_areas)
    sides = dict.fromkeys(plan.counterparts, Side.HOST) | dict.fromkeys((plan.lead, *plan.colleagues), Side.MISSION)
    Participant.objects.bulk_create(
        Participant(engagement=engagement, position=position, side=side) for position, side in sides.items()
    )
    return engagement


def _refusals(placed: Placed, refusal: GateRefused) -> list[Problem]:
    words = _("The gate refuses it (%(clause)s): %(reason)s")
    return [placed.problem(Phrase(words, clause=r.clause, reason=r.message)) for r in refusal.verdict.refusals]
