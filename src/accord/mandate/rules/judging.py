"""Each rule returns a refusal or nothing; the verdict collects them all, so that a planner sees all that is missing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from accord.mandate.choices import ActivityType, ControlStatusKind, Mode, PostureKind, Rating
from accord.mandate.rules.terms import Consent, Facts, Party, Question, Refusal, Verdict
from accord.mandate.rules.wording import sounds_like_operations
from accord.notices.phrases import Phrase


@dataclass(frozen=True, slots=True)
class _No:
    message: Any
    record: Any
    who: Any


HOST = _("The host government, through its officials in Accord")
HOST_ASKS = _("The host government asks; then the mission’s authorities decide")
COMMANDER = _("The commander")
ASKER = _("You: correct what you entered")

Rule = Callable[[Question, Facts], _No | None]


def _types(q: Question, facts: Facts) -> _No | None:
    if q.type in facts.types and q.type in ActivityType.values:
        return None
    return _No(
        Phrase(
            _("“%(type)s” is not a kind of activity of this mission. It only advises, trains and builds capacity."),
            type=q.type,
        ),
        _("the closed list of non-combat activity types"),
        ASKER,
    )


def _parties(q: Question) -> tuple[Party, ...]:
    """The institution and every unit at the table, each once: what holds for one holds for all."""
    return tuple({party.id: party for party in (q.institution, *q.units) if party is not None}.values())


def _institution(q: Question, facts: Facts) -> _No | None:
    if q.institution is None:
        return _No(
            Phrase(_("“%(name)s” is not in the register of institutions."), name=q.institution_words or "?"),
            _("an institution in the register"),
            ASKER,
        )
    return next((no for party in _parties(q) if (no := _named(party, q, facts))), None)


def _named(party: Party, q: Question, facts: Facts) -> _No | None:
    if party.side == "partner":
        if q.type == ActivityType.COORDINATE:
            return None
        return _No(
            Phrase(
                _("%(name)s is a partner organisation: the mission coordinates with it and does nothing else."),
                name=party.name,
            ),
            _("activity type “coordinate”"),
            ASKER,
        )
    if not facts.has_version:
        return _No(
            Phrase(_("No version of the mandate is in force on %(day)s."), day=q.on),
            _("a mandate version with request, invitation and decision"),
            COMMANDER,
        )
    if facts.named.covers(party):
        return None
    grown = [g for g in facts.growth if g.scope.covers(party)]
    if any(q.type in g.types for g in grown):
        return None
    if grown:
        return _No(
            Phrase(
                _("The expansion step that adds %(name)s does not add this kind of activity on %(day)s."),
                name=party.name, day=q.on,
            ),
            _("an expansion step in force that names institution and kind of activity"),
            HOST_ASKS,
        )  # fmt: skip
    return _No(
        Phrase(_("%(name)s is not among the institutions the mandate names on %(day)s."), name=party.name, day=q.on),
        _("a mandate version or expansion step in force that names it"),
        HOST_ASKS,
    )


def _place(q: Question, facts: Facts) -> _No | None:
    if q.place is None:
        return _No(
            Phrase(_("“%(name)s” is not in the register of places."), name=q.place_words or "?"),
            _("a place in the register"),
            ASKER,
        )
    # Remote work counts where the host's people are: the area grows only step by step, whatever the medium.
    line = set(q.place.line)
    if line & facts.areas or any(line & g.places and q.type in g.types for g in facts.growth):
        return None
    if any(line & g.places for g in facts.growth):
        return _No(
            Phrase(
                _("The expansion step that adds %(place)s does not add this kind of activity on %(day)s."),
                place=q.place.name, day=q.on,
            ),
            _("an expansion step in force that names place and kind of activity"),
            HOST_ASKS,
        )  # fmt: skip
    return _No(
        Phrase(_("%(place)s lies outside every area in force on %(day)s."), place=q.place.name, day=q.on),
        _("an area in force that contains it; an area grows only by an expansion step the host asked for"),
        HOST_ASKS,
    )


def covering_consent(q: Question, facts: Facts) -> Consent | None:
    """The accord under which the activity may happen, if there is one."""
    return next((c for c in facts.consents if _in_scope(c, q) and c.state == "in_force" and c.in_period), None)


def _in_scope(consent: Consent, q: Question) -> bool:
    if q.institution is None or q.type not in consent.types:
        return False
    if not all(consent.scope.covers(party) for party in _parties(q)):
        return False
    return q.place is not None and any(place in consent.places for place in q.place.line)


def _consent(q: Question, facts: Facts) -> _No | None:
    if covering_consent(q, facts):
        return None
    near = next((c for c in facts.consents if _in_scope(c, q)), None)
    if near is None:
        return _No(
            Phrase(_("The host government has not agreed to this activity on %(day)s."), day=q.on),
            _("an accord in force whose scope covers institution, kind, place and day"),
            HOST,
        )
    states = {
        "proposed": _("is proposed but not agreed by both sides"),
        "agreed": _("is agreed but not yet in force"),
        "suspended": _("is suspended by the host government"),
        "withdrawn": _("has been withdrawn by the host government"),
        "amended": _("has been replaced by an amendment"),
        "expired": _("has expired"),
    }
    words = states.get(near.state, _("does not cover this day"))
    return _No(
        Phrase(_("The accord “%(title)s” %(state)s on %(day)s."), title=near.title, state=words, day=q.on),
        _("an accord in force on that day"),
        HOST,
    )


def _control(q: Question, facts: Facts) -> _No | None:
    for party in _parties(q):
        if party.side == "partner":
            continue
        status = _control_of(party, facts)
        if status is None:
            return _No(
                Phrase(
                    _("The control status of %(name)s is unknown or expired on %(day)s."), name=party.name, day=q.on
                ),
                _("a control status signed by the host authority and valid that day"),
                HOST,
            )
        if status != ControlStatusKind.UNDER_CONTROL:
            return _No(
                Phrase(
                    _("%(name)s is recorded as not under the government’s direct control on %(day)s."),
                    name=party.name, day=q.on,
                ),
                _("a control status “under direct control” valid that day"),
                HOST,
            )  # fmt: skip
    return None


def _control_of(party: Party, facts: Facts) -> str | None:
    """The nearest register entry upward decides; one above counts only if it says that it covers subordinates."""
    for organisation in party.line:
        for control in facts.controls:
            if control.institution == organisation and (organisation == party.id or control.with_subordinates):
                return control.status
    return None


def _operations(q: Question, facts: Facts) -> _No | None:
    for party in _parties(q):
        if any(o in facts.on_operations for o in party.line):
            return _No(
                Phrase(
                    _("%(name)s is on operations on %(day)s. The mission takes no part and meets it afterwards."),
                    name=party.name, day=q.on,
                ),
                _("the end of the operations flag"),
                HOST,
            )  # fmt: skip
    if q.topic and sounds_like_operations(q.topic):
        return _No(
            _("The topic reads as if mission personnel would go along on operations."),
            _("a topic that says what is advised or taught"),
            _("You: word it anew; the legal advisor can help"),
        )
    return None


def _keys(q: Question, facts: Facts) -> _No | None:
    parties = [party for party in _parties(q) if party.side != "partner"]
    if "requirement" in facts.keys:
        for party in parties:
            if not any(r.covers(party, q.type, q.place) for r in facts.requirements):
                return _No(
                    Phrase(
                        _("No accepted request of the host asks for this with %(name)s on %(day)s."),
                        name=party.name, day=q.on,
                    ),
                    _("key 1, requirement: an accepted host request valid that day"),
                    HOST,
                )  # fmt: skip
    if not parties:
        return None
    if "conditions" not in facts.keys or q.mode == Mode.REMOTE or q.place is None:
        return None
    rating = next((facts.conditions[p] for p in q.place.line if p in facts.conditions), None)
    if rating is None:
        return _No(
            Phrase(_("Conditions in %(place)s have not been assessed for %(day)s."), place=q.place.name, day=q.on),
            _("key 3, conditions: a rated assessment valid that day"),
            COMMANDER,
        )
    order = list(Rating.values)
    if order.index(rating) > order.index(facts.worst_conditions):
        return _No(
            Phrase(_("Conditions in %(place)s do not allow it on %(day)s."), place=q.place.name, day=q.on),
            _("key 3, conditions: an assessment that allows work"),
            COMMANDER,
        )
    return None


def _posture(q: Question, facts: Facts) -> _No | None:
    if facts.posture is None:
        return _No(
            Phrase(_("The mission has no posture on %(day)s: it is not established or has ended."), day=q.on),
            _("a posture in force that day"),
            COMMANDER,
        )
    modes = facts.posture_modes.get(facts.posture, frozenset())
    if q.mode in modes:
        return None
    if modes:
        return _No(
            Phrase(
                _("On %(day)s the mission’s posture is “%(posture)s”: this can only be done remotely."),
                day=q.on, posture=PostureKind(facts.posture).label,
            ),
            _("a posture that allows meeting in person, or the mode “remote”"),
            _("You: plan it as remote; or the commander changes the posture"),
        )  # fmt: skip
    return _No(
        Phrase(_("All activities of the mission are suspended on %(day)s."), day=q.on),
        _("a posture that allows activities"),
        COMMANDER,
    )


RULES: dict[str, Rule] = {
    "types": _types,
    "institution": _institution,
    "place": _place,
    "consent": _consent,
    "control": _control,
    "operations": _operations,
    "keys": _keys,
    "posture": _posture,
}


def judge(question: Question, facts: Facts) -> Verdict:
    """Ask every rule the mission has; nothing short of all of them saying nothing is a yes."""
    refusals: list[Refusal] = []
    passed: list[tuple[str, str]] = []
    for name, rule in RULES.items():
        clause = facts.clauses.get(name, "")
        no = rule(question, facts)
        if no is None:
            passed.append((name, clause))
        else:
            text = facts.clause_texts.get(clause, {})
            refusals.append(Refusal(name, clause, text, no.message, no.record, no.who))
    consent = covering_consent(question, facts) if not refusals else None
    return Verdict(
        question,
        tuple(refusals),
        tuple(passed),
        consent.id if consent else None,
        consent.title if consent else {},
    )
