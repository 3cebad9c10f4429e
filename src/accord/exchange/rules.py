"""What must hold between entries of a mission, beyond shape: decisions over the folder, no database."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from accord.exchange.errors import Problem
from accord.exchange.folder import MissionFolder, Placed
from accord.mandate.choices import AccordState, ExpansionState, Matter, RequestState, VersionState
from accord.notices.phrases import Phrase
from accord.objectives.choices import Level, ObjectiveState
from accord.people.choices import Side
from accord.publishing.rules import problems_of as wording_problems

NEEDED_MARKINGS = {
    "public": {"public", "mission", "host", "partner"},
    "host": {"mission", "host"},
    "partners": {"mission", "partner"},
    "mission": {"mission"},
}
Rule = Callable[[MissionFolder], Iterator[Problem]]
_IN_USE = {AccordState.AGREED, AccordState.IN_FORCE, AccordState.SUSPENDED, AccordState.AMENDED, AccordState.EXPIRED}


def problems_of(folder: MissionFolder) -> list[Problem]:
    return [problem for rule in RULES for problem in rule(folder)]


def _clauses_exist(folder: MissionFolder) -> Iterator[Problem]:
    known = {clause.code for placed in folder.of("version") for clause in placed.entry.clauses}
    mission = folder.of("mission")[0]
    for rule, code in folder.mission.parameters.clauses.items():
        if code not in known:
            message = Phrase(_("No version of the mandate has a clause %(code)s. Add it to mandate.yaml."), code=code)
            yield mission.problem(message, "parameters", "clauses", rule)


def _no_circles(folder: MissionFolder) -> Iterator[Problem]:
    for kind, field in (("place", "parent"), ("objective", "parent"), ("accord", "amends")):
        above = {placed.key: getattr(placed.entry, field) for placed in folder.of(kind)}
        for placed in folder.of(kind):
            if _returns(placed.key, above):
                yield placed.problem(_("It comes back to itself. Correct the line upward."), field)


def _returns(start: str, above: Mapping[str, str | None]) -> bool:
    seen, code = {start}, above.get(start)
    while code and code not in seen:
        seen.add(code)
        code = above.get(code)
    return code == start


def _versions_are_complete(folder: MissionFolder) -> Iterator[Problem]:
    requests = folder.by_key("request")
    for placed in folder.of("version"):
        entry = placed.entry
        if entry.state != VersionState.IN_FORCE:
            continue
        for act in ("request", "invitation", "decision", "period"):
            if getattr(entry, act) is None:
                message = Phrase(_("A version in force needs its %(act)s. Add it, or keep it a draft."), act=act)
                yield placed.problem(message, act)
        if entry.request and requests[entry.request].state != RequestState.ACCEPTED:
            yield placed.problem(_("This request is not accepted, so no version can rest on it."), "request")


def _requests_are_the_hosts(folder: MissionFolder) -> Iterator[Problem]:
    positions, organisations = folder.by_key("position"), folder.by_key("organisation")
    for placed in folder.of("request"):
        entry = placed.entry
        if entry.state == RequestState.ACCEPTED and entry.validity is None:
            yield placed.problem(_("An accepted request needs its validity: the days it counts."), "steps")
        if entry.submitted_by:
            owner = organisations[positions[entry.submitted_by].organisation]
            submitted = entry.columns()["submitted_on"]
            if owner.side != Side.HOST:
                yield placed.problem(_("Only a post of the host nation submits a request."), "submitted_by")
            elif submitted:
                yield from _authority(folder, placed, entry.submitted_by, Matter.REQUEST, submitted, "submitted_by")


def _accords_are_signed(folder: MissionFolder) -> Iterator[Problem]:
    for placed in folder.of("accord"):
        entry = placed.entry
        for field in ("signed_for_host", "signed_for_mission"):
            signature = getattr(entry, field)
            if signature:
                yield from _authority(folder, placed, signature.position, Matter.ACCORD, signature.on, field)
            elif entry.state in _IN_USE:
                yield placed.problem(_("An accord beyond proposal is signed by both sides. Add the signature."), field)
        signed = [s.on for s in (entry.signed_for_host, entry.signed_for_mission) if s]
        for number, step in enumerate(entry.steps):
            if step.do == "agree" and any(step.on < day for day in signed):
                yield placed.problem(_("Agreed before both sides signed. Correct the day."), "steps", number, "on")
            if step.do == "enter_into_force" and step.on not in entry.period:
                yield placed.problem(_("It enters into force outside its period."), "steps", number, "on")
    yield from _types_are_allowed(folder)


def _types_are_allowed(folder: MissionFolder) -> Iterator[Problem]:
    allowed = set(folder.mission.parameters.activity_types)
    for kind in ("request", "accord", "expansion"):
        for placed in folder.of(kind):
            for number, type_ in enumerate(placed.entry.activity_types):
                if type_ not in allowed:
                    message = Phrase(
                        _("This mission has no activity type “%(type)s”; mission.yaml lists those it has."),
                        type=type_.value,
                    )
                    yield placed.problem(message, "activity_types", number)


def _registers_are_signed(folder: MissionFolder) -> Iterator[Problem]:
    for placed in folder.of("control"):
        entry = placed.entry
        yield from _authority(folder, placed, entry.signed_by, Matter.CONTROL_STATUS, entry.signed_on, "signed_by")
        if entry.period.end is None:
            yield placed.problem(_("A control status expires. Write “until”."), "period")
    for placed in folder.of("conditions"):
        entry = placed.entry
        yield from _authority(folder, placed, entry.assessed_by, Matter.CONDITIONS, entry.period.start, "assessed_by")
        if entry.period.end is None:
            yield placed.problem(_("An assessment of conditions expires. Write “until”."), "period")


def _authority(
    folder: MissionFolder, placed: Placed, position: str, matter: Matter, on: date, field: str
) -> Iterator[Problem]:
    held = (p.entry for p in folder.of("authority"))
    if not any(a.position == position and a.matter == matter and on in a.period for a in held):
        message = Phrase(
            _("The position “%(position)s” had no authority to sign “%(matter)s” on %(day)s. See authorities.yaml."),
            position=position,
            matter=str(matter.label),
            day=on,
        )
        yield placed.problem(message, field)


def _expansions_are_bounded(folder: MissionFolder) -> Iterator[Problem]:
    steps = sorted(folder.of("expansion"), key=lambda p: p.entry.number)
    before: Any = None
    for placed in steps:
        entry = placed.entry
        if entry.state != ExpansionState.PROPOSED:
            bounds = {"request": entry.request, "headcount_cap": entry.headcount_cap, "period": entry.period}
            for field, value in bounds.items():
                if value is None:
                    yield placed.problem(_("An expansion beyond proposal is bounded. Add this field."), field)
            if entry.period and entry.period.end is None:
                yield placed.problem(_("An expansion step ends some day. Write “until”."), "period")
            if not entry.institutions and not entry.places:
                yield placed.problem(_("An expansion step names institutions or places."), "institutions")
            if before is not None and before.state != ExpansionState.REVIEWED:
                yield placed.problem(_("The step before this one has not been reviewed."), "state")
        before = entry


def _objectives_are_owned(folder: MissionFolder) -> Iterator[Problem]:
    levels = {placed.key: placed.entry.level for placed in folder.of("objective")}
    above = {Level.WAY: Level.END, Level.MEANS: Level.WAY}
    positions, organisations = folder.by_key("position"), folder.by_key("organisation")
    for placed in folder.of("objective"):
        entry = placed.entry
        if entry.parent and levels[entry.parent] != above.get(entry.level):
            yield placed.problem(_("Ways hang on ends and means on ways."), "parent")
        if entry.host_owner and organisations[positions[entry.host_owner].organisation].side != Side.HOST:
            yield placed.problem(_("The owner is a post of the host nation."), "host_owner")
        if entry.level == Level.END or entry.state == ObjectiveState.PROPOSED:
            continue
        for field in ("host_owner", "exit_criterion"):
            if getattr(entry, field) is None:
                yield placed.problem(_("An open objective needs this field."), field)
        if not any(indicator.baseline for indicator in entry.indicators):
            yield placed.problem(_("An open objective needs an indicator with its baseline."), "indicators")


def _claims_can_be_read(folder: MissionFolder) -> Iterator[Problem]:
    for placed in folder.of("claim"):
        entry = placed.entry
        for trouble in wording_problems(entry.binding, entry.sentence, entry.options, folder.mission.languages):
            yield placed.problem(Phrase(_("This sentence cannot be read: %(trouble)s."), trouble=trouble), "sentence")


def _markings_admit_whom_they_must(folder: MissionFolder) -> Iterator[Problem]:
    """New records carry one of four markings, so each mission has them, and what is public is public."""
    markings, levels = folder.by_key("marking"), folder.by_key("level")
    for code in NEEDED_MARKINGS:
        if code not in markings:
            message = Phrase(_("Every mission has a marking “%(code)s”. Add it to markings.yaml."), code=code)
            yield folder.of("mission")[0].problem(message)
    lowest = min((level.rank for level in levels.values()), default=0)
    for placed in folder.of("marking"):
        sides = NEEDED_MARKINGS.get(placed.key)
        if sides and (set(placed.entry.releasable_to) != sides or placed.entry.compartments):
            message = Phrase(_("This marking admits exactly: %(sides)s."), sides=", ".join(sorted(sides)))
            yield placed.problem(message, "releasable_to")
        if placed.key == "public" and levels[placed.entry.level].rank != lowest:
            yield placed.problem(_("What is public carries the lowest level."), "level")


RULES: tuple[Rule, ...] = (
    _markings_admit_whom_they_must,
    _clauses_exist,
    _no_circles,
    _versions_are_complete,
    _requests_are_the_hosts,
    _accords_are_signed,
    _registers_are_signed,
    _expansions_are_bounded,
    _objectives_are_owned,
    _claims_can_be_read,
)
