"""Readings of why the mission exists, what it is and under which rules."""

from datetime import date

from accord.publishing.bindings.reading import Day, Options, Reading
from accord.publishing.records import VersionFact
from accord.publishing.wording import dated, listed, said


def launch(day: Day, options: Options) -> Reading | None:
    """Request, invitation and decision of a mandate version: ``version`` by number, else the first."""
    version = _version(day, options)
    if version is None or version.decision is None or _decided(version) > day.on:
        return None
    acts = (version.request, version.invitation, version.decision)
    return Reading.of(acts, month=dated(_decided(version), "month"), title=said(version.decision.name))


def expansion(day: Day, options: Options) -> Reading | None:
    """A later mandate version: when it was decided, at which request, and which institutions it added."""
    version = _version(day, options)
    if version is None or version.decision is None or max(_decided(version), _begun(version)) > day.on:
        return None
    earlier = {i.code for i in day.register.institutions if i.version < version.number}
    added = [i for i in day.register.institutions if i.version == version.number and i.code not in earlier]
    return Reading.of(
        (version.request, version.decision, *added),
        month=dated(_decided(version), "month"),
        day=dated(_decided(version), version.decision.precision),
        institutions=listed({i.code: i.name for i in added}, options),
    )


def established(day: Day, _options: Options) -> Reading | None:
    mission = day.register.mission
    if mission.established_on > day.on:
        return None
    first = next((p for p in day.register.postures if mission.established_on in p.period), None)
    if first is None:
        return None
    precision = str(mission.parameters.get("established_precision", "day"))
    return Reading.of((mission, first), when=dated(mission.established_on, precision), place=said(first.name))


def posture(day: Day, options: Options) -> Reading | None:
    """Where the mission works from, said only for the ``kinds`` of posture named. Each may have a variant of its own,
    and a ``precision`` where its first day is not known."""
    found = next((p for p in day.among(day.register.postures) if p.posture in options.get("kinds", [])), None)
    if found is None or found.period.start is None:
        return None
    variant = found.posture if found.posture in options.get("variants", {}) else ""
    since = dated(found.period.start, str(options.get("precision", {}).get(found.posture, "day")))
    return Reading.of((found,), variant=variant, place=said(found.name), since=since)


def nature(day: Day, options: Options) -> Reading | None:
    """Activities the rules allow; ``types`` lists those the sentence may name, each with its code and its words."""
    version = day.version
    allowed = day.register.mission.parameters.get("activity_types", [])
    named = {known["code"]: known["words"] for known in options.get("types", []) if known["code"] in allowed}
    if version is None or not named:
        return None
    clauses = [c for c in day.register.clauses if c.version == version.number and c.code in options.get("clauses", [])]
    reading = Reading.of(clauses, activities=listed(named, options))
    return Reading(reading.slots, (*reading.records, day.parameter("activity_types")), reading.sources)


def clause(day: Day, options: Options) -> Reading | None:
    """The sentence stands as long as the mandate version of the day has all these clauses."""
    version = day.version
    if version is None:
        return None
    wanted = list(options.get("clauses", []))
    found = {c.code: c for c in day.register.clauses if c.version == version.number and c.code in wanted}
    return Reading.of(found[code] for code in wanted) if wanted and set(found) == set(wanted) else None


def _version(day: Day, options: Options) -> VersionFact | None:
    versions = day.register.versions
    number = options.get("version", versions[0].number if versions else None)
    return next((v for v in versions if v.number == number), None)


def _decided(version: VersionFact) -> date:
    return (version.decision.on if version.decision else None) or _begun(version)


def _begun(version: VersionFact) -> date:
    return version.period.start or date.min
