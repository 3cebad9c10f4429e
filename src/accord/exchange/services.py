"""Loading a mission: all of it or nothing."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from accord.audit.events import announce
from accord.audit.services import record
from accord.audit.usecase import use_case
from accord.exchange.engagements import EngagementLoader
from accord.exchange.errors import BrokenMission
from accord.exchange.folder import MissionFolder, open_folder
from accord.exchange.permissions import Permission
from accord.exchange.rules import problems_of
from accord.exchange.writing import Counts, Writer
from accord.kernel.actor import Actor
from accord.kernel.clock import today
from accord.mandate.events import GROUND, GroundShifted
from accord.mandate.models import Mission
from accord.notices.phrases import Phrase
from accord.wall.standing import door


@dataclass(frozen=True, slots=True)
class LoadReport:
    mission: str
    digest: str
    counts: dict[str, Counts]

    @property
    def changed(self) -> bool:
        return any(c.created or c.updated or c.removed for c in self.counts.values())

    def plain(self) -> dict[str, Any]:
        return {
            "mission": self.mission,
            "digest": self.digest,
            "changed": self.changed,
            "counts": {kind: c.plain() for kind, c in self.counts.items()},
        }


@use_case(Permission.LOAD_MISSION, turn=GROUND)
def load_mission(*, actor: Actor, folder: Path) -> LoadReport:
    """Load a mission from its folder, or change what its files changed since; a broken folder changes nothing."""
    mission = open_folder(folder)
    _require_sound(mission)
    _refuse_another(mission)
    writer = Writer(mission)
    with door(replace(actor, side="system"), "load_mission"):  # who may load may load the markings too
        writer.write()
    if writer.problems:
        raise BrokenMission(writer.problems)
    _note_origin(mission)
    engagements = EngagementLoader(replace(actor, side="system"), mission)  # who may load may load engagements too
    engagements.load()
    if engagements.problems:
        raise BrokenMission(engagements.problems)
    report = LoadReport(mission.mission.code, mission.digest, {**writer.counts, "engagement": engagements.counts})
    counts = {kind: c.plain() for kind, c in report.counts.items() if c.created or c.updated or c.removed}
    record(actor, Mission.objects.get(), digest=mission.digest, counts=counts)
    if report.changed:
        announce(actor, GroundShifted(today(), "mission loaded"))
    return report


def _require_sound(mission: MissionFolder) -> None:
    problems = problems_of(mission)
    if problems:
        raise BrokenMission(problems)


def _refuse_another(mission: MissionFolder) -> None:
    present = Mission.objects.exclude(code=mission.mission.code).first()
    if present:
        message = Phrase(
            _("This database holds the mission “%(code)s”. Load another mission into a database of its own."),
            code=present.code,
        )
        raise BrokenMission([mission.of("mission")[0].problem(message, "code")])


def _note_origin(mission: MissionFolder) -> None:
    """What belongs to the folder as a whole: its sources and its digest."""
    sources = {"mission": mission.mission.source.model_dump(), **mission.sources}
    stale = Mission.objects.exclude(digest=mission.digest, sources=sources)
    stale.update(digest=mission.digest, sources=sources)
