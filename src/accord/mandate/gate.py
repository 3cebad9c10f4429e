"""The gate: the one function that says whether an activity may happen on a day. Every channel must pass it.

``ask`` reads the facts of that day and lets the rules judge. There is no way around it: use cases that plan, conduct,
import or synchronise call it inside their own transaction and refuse on anything but a yes.
"""

from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accord.kernel.errors import GateRefused
from accord.mandate.choices import Mode
from accord.mandate.facts import facts_on
from accord.mandate.rules import Facts, Party, Question, Spot, Verdict, judge
from accord.notices.services import in_every_language
from accord.people.models import Organisation
from accord.people.queries import line_upward, organisation_named, parents_on
from accord.places.models import Place
from accord.places.queries import line_upward as place_line
from accord.places.queries import place_named


def ask(question: Question, facts: Facts | None = None) -> Verdict:
    """The verdict; who asks much about the same day brings its ``facts``."""
    return judge(question, facts or facts_on(question.on))


def demand(question: Question) -> Verdict:
    """The verdict if it is a yes; otherwise GateRefused, carrying it."""
    verdict = ask(question)
    if not verdict.allowed:
        raise GateRefused(_("The gate refuses this activity. Each reason says who can help."), verdict)
    return verdict


def question(
    *,
    type: str,  # noqa: A002 - the field's word
    on: date,
    institution: Organisation | None,
    place: Place | None,
    mode: str = Mode.IN_PERSON,
    units: tuple[Organisation, ...] = (),
    topic: str = "",
    institution_words: str = "",
    place_words: str = "",
) -> Question:
    """A question about records, as they stand in the tree of that day."""
    parents = parents_on(on)
    return Question(
        type=type,
        on=on,
        institution=_party(institution, parents) if institution else None,
        place=Spot(place.pk, place.name, tuple(place_line(place))) if place else None,
        mode=mode,
        units=tuple(_party(unit, parents) for unit in units),
        topic=topic,
        institution_words=institution_words,
        place_words=place_words,
    )


def question_in_words(
    *,
    type: str,  # noqa: A002 - the field's word
    on: date,
    institution: str,
    place: str,
    mode: str = Mode.IN_PERSON,
    topic: str = "",
) -> Question:
    """A question as a person asks it, by any spelling of institution and place."""
    return question(
        type=type.strip(),
        on=on,
        institution=organisation_named(institution, on),
        place=place_named(place),
        mode=mode,
        topic=topic,
        institution_words=institution,
        place_words=place,
    )


def plain(verdict: Verdict) -> dict[str, Any]:
    """The verdict as JSON-ready data, every sentence in every language of the installation."""
    q = verdict.question
    return {
        "allowed": verdict.allowed,
        "on": q.on.isoformat(),
        "type": q.type,
        "mode": q.mode,
        "institution": dict(q.institution.name) if q.institution else {"en": q.institution_words},
        "place": dict(q.place.name) if q.place else {"en": q.place_words},
        "accord": {"id": str(verdict.accord_id), "title": dict(verdict.accord_title)} if verdict.accord_id else None,
        "refusals": [
            {
                "rule": r.rule,
                "clause": r.clause,
                "clause_text": dict(r.clause_text),
                "message": in_every_language(r.message),
                "record": in_every_language(r.record),
                "who": in_every_language(r.who),
            }
            for r in verdict.refusals
        ],
        "passed": [{"rule": rule, "clause": clause} for rule, clause in verdict.passed],
    }


def _party(organisation: Organisation, parents: dict[UUID, UUID]) -> Party:
    return Party(organisation.pk, organisation.name, organisation.side, line_upward(organisation.pk, parents))
