"""Readings of whom the mission advises, on what, under whose command and in which size."""

import re

from accord.publishing.bindings.reading import Day, Options, Reading
from accord.publishing.records import InstitutionFact
from accord.publishing.wording import Slot, counted, listed, said


def advised(day: Day, options: Options) -> Reading | None:
    """Institutions of the mandate version of the day, schools apart."""
    found = [i for i in _institutions(day) if i.form != "school"]
    return Reading.of(found, institutions=_names(found, options)) if found else None


def schools(day: Day, options: Options) -> Reading | None:
    """Schools of the mandate version of the day that lie in the area ``area``, while that is in force."""
    area = next((a for a in day.among(day.register.areas) if a.code == options.get("area")), None)
    if area is None:
        return None
    found = [i for i in _institutions(day) if i.form == "school" and i.place in area.places]
    return Reading.of((area, *found), area=said(area.name), schools=_names(found, options)) if found else None


def focus(day: Day, options: Options) -> Reading | None:
    found = day.among(day.register.focus)
    if not found:
        return None
    forms = options.get("forms", {})
    names = listed({f.code: f.name for f in found}, options)
    return Reading.of(found, areas=names, count=counted(len(found), forms.get("count", {})))


def incumbent(day: Day, options: Options) -> Reading | None:
    """Who holds the public position ``position``; the variant ``unknown`` is for a day without a name on record."""
    held = [t for t in day.register.tours if t.position == options.get("position")]
    tour = next(iter(day.among(held)), None)
    if tour is None:
        return Reading(variant="unknown")
    return Reading.of((tour,), rank=said(tour.rank), name=said(tour.name), nation=said(tour.nation))


def size(day: Day, _options: Options) -> Reading | None:
    """The public wording of the mission's size. A number is never published, not even if the wording has one (S18)."""
    wording = day.register.mission.parameters.get("size_wording", {})
    if not wording or any(re.search(r"\d", words) for words in wording.values()):
        return None
    return Reading({"size": said(wording)}, (day.parameter("size_wording"),))


def _institutions(day: Day) -> list[InstitutionFact]:
    version = day.version
    return [i for i in day.among(day.register.institutions) if version and i.version == version.number]


def _names(found: list[InstitutionFact], options: Options) -> Slot:
    return listed({i.code: i.name for i in found}, options)
