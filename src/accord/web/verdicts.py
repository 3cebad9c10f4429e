"""Verdicts of the gate as templates show them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from accord.kernel.text import localised
from accord.mandate.choices import ActivityType, Mode
from accord.mandate.rules import Verdict
from accord.web import words

RULE_WORDS = {
    "types": lambda: _("The kind of activity is one the mission may do."),
    "institution": lambda: _("The mandate of that day names the institution."),
    "place": lambda: _("The place lies inside an area in force."),
    "consent": lambda: _("The host government has agreed to it."),
    "control": lambda: _("Everybody taking part is under the government’s direct control."),
    "operations": lambda: _("Nobody taking part is on operations."),
    "keys": lambda: _("Requirement and conditions are on record."),
    "posture": lambda: _("The mission’s posture allows it."),
}


def shown(verdict: Verdict) -> dict[str, Any]:
    """Arguments of the verdict macro, in the reader's language."""
    q = verdict.question
    language = words.language()
    kind = ActivityType(q.type).label if q.type in ActivityType.values else q.type
    institution = localised(q.institution.name, language) if q.institution else q.institution_words
    place = localised(q.place.name, language) if q.place else q.place_words
    mode = Mode(q.mode).label if q.mode in Mode.values else q.mode
    return {
        "allowed": verdict.allowed,
        "question": _("%(kind)s · %(institution)s · %(place)s · %(mode)s")
        % {"kind": kind, "institution": institution, "place": place, "mode": mode},
        "on": words.day(q.on),
        "refusals": [
            {
                "clause": r.clause,
                "title": localised(r.clause_text, language),
                "sentence": str(r.message),
                "record": str(r.record),
                "supplier": str(r.who),
                "hard": True,
            }
            for r in verdict.refusals
        ],
        "checks": [{"clause": clause, "sentence": RULE_WORDS[rule]()} for rule, clause in verdict.passed],
    }


def reasons(hold: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The reasons kept with an engagement on hold, as the macros show refusals."""
    language = words.language()
    return [
        {
            "clause": r["clause"],
            "title": localised(r["clause_text"], language),
            "sentence": localised(r["message"], language),
            "record": localised(r["record"], language),
            "supplier": localised(r["who"], language),
        }
        for r in hold
    ]
