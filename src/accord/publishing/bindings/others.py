"""Readings of nations and of the organisations around the mission."""

from accord.people.choices import NationStatusKind
from accord.publishing.bindings.reading import Day, Options, Reading
from accord.publishing.records import NationFact
from accord.publishing.wording import Slot, counted, dated, listed, said


def allies(day: Day, options: Options) -> Reading | None:
    """How many Allies contribute. The forms ``all`` and ``some`` word the count for all Allies and for part of them."""
    statuses = _by_status(day, NationStatusKind.ALLY)
    contributing = _contributing(day, statuses)
    if not contributing:
        return None
    forms = options.get("forms", {}).get("all" if len(contributing) == len(statuses) else "some", {})
    cited = [fact for code in contributing for fact in (statuses[code], contributing[code])]
    return Reading.of(cited, allies=counted(len(contributing), forms), names=_names(contributing, options))


def partners(day: Day, options: Options) -> Reading | None:
    statuses = _by_status(day, NationStatusKind.PARTNER)
    contributing = _contributing(day, statuses)
    if not contributing:
        return None
    cited = [fact for code in contributing for fact in (statuses[code], contributing[code])]
    count = counted(len(contributing), options.get("forms", {}).get("count", {}))
    return Reading.of(cited, partners=count, names=_names(contributing, options))


def relation(day: Day, options: Options) -> Reading | None:
    """Dated relations of one ``kind``, of ``subject`` (else the mission) to ``targets`` (else to any)."""
    subject = options.get("subject", day.register.mission.organisation)
    targets = options.get("targets")
    found = [
        fact
        for fact in day.among(day.register.relations)
        if fact.relation == options.get("kind") and fact.subject == subject and (not targets or fact.target in targets)
    ]
    if not found:
        return None
    return Reading.of(
        found,
        names=listed({fact.target: fact.target_name for fact in found}, options),
        subject=said(found[0].subject_name),
        means=said(found[0].means),
        since=dated(min(fact.period.start or day.on for fact in found), "month"),
    )


def _by_status(day: Day, status: str) -> dict[str, NationFact]:
    return {n.code: n for n in day.among(day.register.statuses) if n.status == status}


def _contributing(day: Day, statuses: dict[str, NationFact]) -> dict[str, NationFact]:
    return {n.code: n for n in day.among(day.register.contributions) if n.code in statuses}


def _names(nations: dict[str, NationFact], options: Options) -> Slot:
    return listed({code: fact.name for code, fact in nations.items()}, options)
