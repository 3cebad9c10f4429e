"""Each rule of the gate, alone: it allows, it refuses, it cites its clause, says what is missing and who can help."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils.functional import Promise
from hypothesis import given
from hypothesis import strategies as st

from accord.mandate import gate
from accord.mandate.choices import AccordState, ActivityType, Mode, PostureKind
from accord.mandate.rules import (
    RULES,
    Consent,
    Control,
    Facts,
    Growth,
    Party,
    Question,
    Requirement,
    Scope,
    Spot,
    Verdict,
    judge,
)
from accord.notices.phrases import Phrase
from tests.cast import CLAUSES, PARAMETERS

DAY = date(2025, 6, 2)
GOVERNMENT, DEFENCE, COLLEGE, BRIGADE, INTERIOR, UNION = (uuid4() for _ in range(6))
LAND, PROVINCE, CAPITAL, COAST, PORT = (uuid4() for _ in range(5))


def party(key: UUID, *above: UUID, side: str = "host", name: str = "Institution") -> Party:
    return Party(key, {"en": name, "ar": f"مؤسسة {name}"}, side, (key, *above))


DEFENCE_PARTY = party(DEFENCE, GOVERNMENT, name="Defence")
COLLEGE_PARTY = party(COLLEGE, DEFENCE, GOVERNMENT, name="College")
BRIGADE_PARTY = party(BRIGADE, DEFENCE, GOVERNMENT, name="Brigade")
INTERIOR_PARTY = party(INTERIOR, GOVERNMENT, name="Interior")
UNION_PARTY = party(UNION, side="partner", name="Union")
IN_CAPITAL = Spot(CAPITAL, {"en": "Capital", "ar": "العاصمة"}, (CAPITAL, PROVINCE, LAND))
IN_PORT = Spot(PORT, {"en": "Port", "ar": "الميناء"}, (PORT, COAST, LAND))
ASKED = Question("advise", DAY, DEFENCE_PARTY, IN_CAPITAL)
ALL_TYPES = frozenset(ActivityType.values)


def under(*keys: UUID, deep: bool = True) -> Scope:
    return Scope(frozenset(keys), frozenset(keys) if deep else frozenset())


CONSENT = Consent(
    uuid4(), {"en": "Accord", "ar": "اتفاق"}, "in_force", under(DEFENCE), ALL_TYPES, frozenset({LAND}), True
)
FACTS = Facts(
    clauses=CLAUSES,
    clause_texts={code: {"en": f"Clause {code}"} for code in CLAUSES.values()},
    types=ALL_TYPES,
    keys=frozenset({"requirement", "consent", "conditions"}),
    worst_conditions="amber",
    posture_modes={kind: frozenset(modes) for kind, modes in PARAMETERS["postures"].items()},  # type: ignore[attr-defined]
    has_version=True,
    named=under(DEFENCE),
    areas=frozenset({PROVINCE}),
    growth=(),
    posture="in_country",
    consents=(CONSENT,),
    requirements=(Requirement({"en": "Asked"}, under(DEFENCE), ALL_TYPES),),
    controls=tuple(Control(key, False, "under_control") for key in (DEFENCE, COLLEGE, BRIGADE)),
    on_operations=frozenset(),
    conditions={PROVINCE: "green"},
)


def refused(verdict: Verdict) -> set[str]:
    return {r.rule for r in verdict.refusals}


def asking(**changes: Any) -> Question:
    return replace(ASKED, **changes)


def knowing(**changes: Any) -> Facts:
    return replace(FACTS, **changes)


def test_what_stands_on_everything_is_allowed_and_names_its_accord() -> None:
    verdict = judge(ASKED, FACTS)
    assert verdict.allowed
    assert verdict.accord_id == CONSENT.id
    assert {rule for rule, _clause in verdict.passed} == set(RULES)


REFUSED: dict[str, tuple[dict[str, Any], dict[str, Any], set[str]]] = {
    "type outside the list": ({"type": "combat"}, {}, {"types", "consent", "keys"}),
    "type by another spelling": ({"type": "Advise"}, {}, {"types", "consent", "keys"}),
    "no type": ({"type": ""}, {}, {"types", "consent", "keys"}),
    "type the mission does not do": ({"type": "train"}, {"types": frozenset({"advise"})}, {"types"}),
    "type only a file invented": ({"type": "strike"}, {"types": frozenset({"strike"})}, {"types", "consent", "keys"}),
    "unknown institution": ({"institution": None, "institution_words": "Nobody"}, {}, {"institution", "consent"}),
    "institution of no version": ({"institution": INTERIOR_PARTY}, {}, {"institution", "consent", "control", "keys"}),
    "no version in force": ({}, {"has_version": False, "named": Scope()}, {"institution"}),
    "government above the named one": (
        {"institution": party(GOVERNMENT)}, {}, {"institution", "consent", "control", "keys"},
    ),
    "school of an institution named alone": (
        {"institution": COLLEGE_PARTY}, {"named": under(DEFENCE, deep=False)}, {"institution"},
    ),
    "partner, anything but coordination": ({"institution": UNION_PARTY}, {}, {"institution", "consent"}),
    "unit of another ministry at the table": (
        {"units": (INTERIOR_PARTY,)}, {}, {"institution", "consent", "control", "keys"},
    ),
    "unknown place": ({"place": None, "place_words": "Nowhere"}, {}, {"place", "consent"}),
    "place outside the area": ({"place": IN_PORT}, {}, {"place", "keys"}),
    "place above the area": ({"place": Spot(LAND, {"en": "Land"}, (LAND,))}, {}, {"place", "keys"}),
    "no consent": ({}, {"consents": ()}, {"consent"}),
    "consent for other kinds": ({}, {"consents": (replace(CONSENT, types=frozenset({"train"})),)}, {"consent"}),
    "consent for other places": ({}, {"consents": (replace(CONSENT, places=frozenset({COAST})),)}, {"consent"}),
    "consent for others": ({}, {"consents": (replace(CONSENT, scope=under(INTERIOR)),)}, {"consent"}),
    "consent for the ministry alone, unit at the table": (
        {"units": (COLLEGE_PARTY,)}, {"consents": (replace(CONSENT, scope=under(DEFENCE, deep=False)),)}, {"consent"},
    ),
    "consent outside its days": ({}, {"consents": (replace(CONSENT, in_period=False),)}, {"consent"}),
    "control status unknown": ({}, {"controls": ()}, {"control"}),
    "control status of a unit unknown": (
        {"units": (BRIGADE_PARTY,)}, {"controls": (Control(DEFENCE, False, "under_control"),)}, {"control"},
    ),
    "not under control": ({}, {"controls": (Control(DEFENCE, True, "not_under_control"),)}, {"control"}),
    "institution on operations": ({}, {"on_operations": frozenset({DEFENCE})}, {"operations"}),
    "unit on operations": ({"units": (BRIGADE_PARTY,)}, {"on_operations": frozenset({BRIGADE})}, {"operations"}),
    "what stands above it on operations": (
        {"institution": COLLEGE_PARTY}, {"on_operations": frozenset({DEFENCE})}, {"operations"},
    ),
    "topic about going along": ({"topic": "Accompany the brigade on patrol"}, {}, {"operations"}),
    "nobody asked": ({}, {"requirements": ()}, {"keys"}),
    "asked for other kinds": (
        {}, {"requirements": (Requirement({"en": "Asked"}, under(DEFENCE), frozenset({"train"})),)}, {"keys"},
    ),
    "asked for elsewhere": (
        {}, {"requirements": (Requirement({"en": "Asked"}, under(DEFENCE), ALL_TYPES, frozenset({COAST})),)}, {"keys"},
    ),
    "a unit nobody asked for": (
        {"units": (BRIGADE_PARTY,)},
        {"requirements": (Requirement({"en": "Asked"}, under(DEFENCE, deep=False), ALL_TYPES),)},
        {"keys"},
    ),
    "conditions not assessed": ({}, {"conditions": {}}, {"keys"}),
    "conditions too bad": ({}, {"conditions": {PROVINCE: "red"}}, {"keys"}),
    "conditions worse than this mission accepts": (
        {}, {"conditions": {PROVINCE: "amber"}, "worst_conditions": "green"}, {"keys"},
    ),
    "conditions bad right there": ({}, {"conditions": {PROVINCE: "green", CAPITAL: "red"}}, {"keys"}),
    "no posture": ({}, {"posture": None}, {"posture"}),
    "in person from afar": ({}, {"posture": "remote"}, {"posture"}),
    "everything suspended": ({"mode": "remote"}, {"posture": "suspended"}, {"posture"}),
    "a mode nobody knows": ({"mode": "hybrid"}, {}, {"posture"}),
    "a posture nobody knows": ({}, {"posture_modes": {}}, {"posture"}),
}  # fmt: skip


@pytest.mark.parametrize(("question", "facts", "rules"), REFUSED.values(), ids=REFUSED)
def test_refused(question: dict[str, Any], facts: dict[str, Any], rules: set[str]) -> None:
    verdict = judge(asking(**question), knowing(**facts))
    assert refused(verdict) == rules
    assert verdict.accord_id is None
    for refusal in verdict.refusals:
        assert refusal.clause == CLAUSES[refusal.rule]
        assert refusal.clause_text == {"en": f"Clause {refusal.clause}"}
        assert all(isinstance(said, Promise | Phrase) for said in (refusal.message, refusal.record, refusal.who))
        assert str(refusal.message).strip()
        assert "%(" not in str(refusal.message)


@pytest.mark.parametrize(("question", "facts", "_rules"), REFUSED.values(), ids=REFUSED)
def test_refusals_are_said_in_every_language(question: dict[str, Any], facts: dict[str, Any], _rules: set[str]) -> None:
    plain = gate.plain(judge(asking(**question), knowing(**facts)))
    assert plain["allowed"] is False
    for refusal in plain["refusals"]:
        for said in (refusal["message"], refusal["record"], refusal["who"]):
            assert set(said) == {"en", "ar"}
            assert all(words.strip() for words in said.values())


ALLOWED: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "a school under the ministry": ({"institution": COLLEGE_PARTY}, {}),
    "its unit at the table": ({"units": (BRIGADE_PARTY, COLLEGE_PARTY)}, {}),
    "amber where amber is accepted": ({}, {"conditions": {PROVINCE: "amber"}}),
    "green right there in a red province": ({}, {"conditions": {PROVINCE: "red", CAPITAL: "green"}}),
    "remote without any assessment": ({"mode": "remote"}, {"conditions": {}}),
    "remote in bad conditions": ({"mode": "remote"}, {"conditions": {PROVINCE: "red"}}),
    "remote from afar": ({"mode": "remote"}, {"posture": "remote"}),
    "in person while partly relocated": ({}, {"posture": "partial"}),
    "without keys the mission does not ask for": ({}, {"keys": frozenset(), "requirements": (), "conditions": {}}),
    "another unit on operations": ({}, {"on_operations": frozenset({BRIGADE})}),
    "one suspended consent beside one in force": (
        {}, {"consents": (replace(CONSENT, state="suspended", id=uuid4()), CONSENT)},
    ),
    "asked for right there": (
        {}, {"requirements": (Requirement({"en": "Asked"}, under(DEFENCE), ALL_TYPES, frozenset({PROVINCE})),)},
    ),
    "under control through what stands above": (
        {"institution": COLLEGE_PARTY}, {"controls": (Control(DEFENCE, True, "under_control"),)},
    ),
    "coordination with a partner the accord names": (
        {"institution": UNION_PARTY, "type": "coordinate"}, {"consents": (replace(CONSENT, scope=under(UNION)),)},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("question", "facts"), ALLOWED.values(), ids=ALLOWED)
def test_allowed(question: dict[str, Any], facts: dict[str, Any]) -> None:
    verdict = judge(asking(**question), knowing(**facts))
    assert verdict.refusals == ()
    assert verdict.accord_id


@pytest.mark.parametrize("state", [s for s in AccordState.values if s != "in_force"])
def test_consent_in_any_other_state_says_which(state: str) -> None:
    verdict = judge(ASKED, knowing(consents=(replace(CONSENT, state=state),)))
    assert refused(verdict) == {"consent"}
    assert "Accord" in str(verdict.refusals[0].message)


@pytest.mark.parametrize(
    ("controls", "is_allowed"),
    [
        ([(COLLEGE, False, "under_control")], True),
        ([(COLLEGE, False, "not_under_control"), (DEFENCE, True, "under_control")], False),
        ([(COLLEGE, False, "under_control"), (DEFENCE, True, "not_under_control")], True),
        ([(DEFENCE, True, "under_control")], True),
        ([(DEFENCE, False, "under_control")], False),
        ([(DEFENCE, False, "not_under_control"), (GOVERNMENT, True, "under_control")], True),
        ([(GOVERNMENT, True, "not_under_control")], False),
        ([(INTERIOR, True, "under_control")], False),
    ],
)
def test_nearest_control_status_upward_decides(controls: list[tuple[UUID, bool, str]], is_allowed: bool) -> None:
    facts = knowing(controls=tuple(Control(*c) for c in controls))
    assert judge(asking(institution=COLLEGE_PARTY), facts).allowed is is_allowed


GROWN = Growth(under(INTERIOR), frozenset({"train"}), frozenset({COAST}))


@pytest.mark.parametrize(
    ("question", "rules"),
    [
        ({"type": "train", "institution": INTERIOR_PARTY}, set()),
        ({"type": "train", "place": IN_PORT}, set()),
        ({"type": "advise", "institution": INTERIOR_PARTY}, {"institution"}),
        ({"type": "advise", "place": IN_PORT}, {"place"}),
        ({"type": "advise"}, set()),
    ],
)
def test_expansion_adds_its_own_kinds_of_activity_only(question: dict[str, Any], rules: set[str]) -> None:
    everywhere = replace(CONSENT, scope=under(GOVERNMENT))
    facts = knowing(
        growth=(GROWN,),
        consents=(everywhere,),
        requirements=(Requirement({"en": "Asked"}, under(GOVERNMENT), ALL_TYPES),),
        controls=(Control(GOVERNMENT, True, "under_control"),),
        conditions={LAND: "green"},
    )
    assert refused(judge(asking(**question), facts)) == rules
    assert INTERIOR in facts.institutions.exact


@pytest.mark.parametrize("kind", PostureKind.values)
@pytest.mark.parametrize("mode", Mode.values)
def test_posture_decides_the_mode(kind: str, mode: str) -> None:
    verdict = judge(asking(mode=mode), knowing(posture=kind))
    assert verdict.allowed == (mode in PARAMETERS["postures"][kind])  # type: ignore[index]
    if kind == "remote" and mode == "in_person":
        assert "remote" in str(verdict.refusals[0].who)


def test_all_that_is_missing_is_said_at_once() -> None:
    nothing = knowing(
        has_version=False, named=Scope(), areas=frozenset(), posture=None, consents=(), requirements=(), controls=(),
        conditions={}, types=frozenset(), on_operations=frozenset({DEFENCE}),
    )  # fmt: skip
    assert refused(judge(ASKED, nothing)) == set(RULES)


LISTS = st.lists(st.sampled_from([DEFENCE, COLLEGE, BRIGADE, INTERIOR, GOVERNMENT]), max_size=3).map(frozenset)
CONSENTS = st.builds(
    Consent,
    st.uuids(),
    st.just({"en": "Accord"}),
    st.sampled_from([*AccordState.values, "nonsense"]),
    st.builds(Scope, LISTS, LISTS),
    st.frozensets(st.sampled_from([*ActivityType.values, "combat"])),
    st.frozensets(st.sampled_from([LAND, PROVINCE, CAPITAL, COAST])),
    st.booleans(),
)
QUESTIONS = st.builds(
    Question,
    st.sampled_from([*ActivityType.values, "combat", "accompany", ""]),
    st.just(DAY),
    st.none() | st.sampled_from([DEFENCE_PARTY, COLLEGE_PARTY, INTERIOR_PARTY, UNION_PARTY]),
    st.none() | st.sampled_from([IN_CAPITAL, IN_PORT]),
    st.sampled_from([*Mode.values, "", "hybrid"]),
    st.lists(st.sampled_from([DEFENCE_PARTY, BRIGADE_PARTY, INTERIOR_PARTY, UNION_PARTY]), max_size=2).map(tuple),
)


@given(QUESTIONS, st.lists(CONSENTS, max_size=3).map(tuple))
def test_a_yes_always_rests_on_a_consent_in_force_that_covers_everybody(
    question: Question, consents: tuple[Consent, ...]
) -> None:
    generous = knowing(
        named=under(GOVERNMENT), areas=frozenset({LAND}), consents=consents,
        requirements=(Requirement({"en": "Asked"}, under(GOVERNMENT), ALL_TYPES),),
        controls=(Control(GOVERNMENT, True, "under_control"),), conditions={LAND: "green"},
    )  # fmt: skip
    verdict = judge(question, generous)
    if not verdict.allowed:
        assert verdict.accord_id is None
        return
    held = next(c for c in consents if c.id == verdict.accord_id)
    assert held.state == "in_force"
    assert held.in_period
    assert question.type in held.types & ALL_TYPES
    assert question.institution
    assert question.place
    assert set(question.place.line) & held.places
    for there in (question.institution, *question.units):
        assert there.id in held.scope.exact or set(there.line) & held.scope.deep


@given(QUESTIONS, st.sampled_from(list(RULES)))
def test_no_question_slips_through_when_one_rule_says_no(question: Question, rule: str) -> None:
    """Every rule is HARD: whatever the others say, one refusal is a no."""
    nothing: dict[str, dict[str, Any]] = {
        "types": {"types": frozenset()},
        "institution": {"has_version": False, "named": Scope()},
        "place": {"areas": frozenset()},
        "consent": {"consents": ()},
        "control": {"controls": ()},
        "operations": {"on_operations": frozenset({GOVERNMENT, UNION})},
        "keys": {"requirements": ()},
        "posture": {"posture": "suspended"},
    }
    verdict = judge(question, knowing(**nothing[rule]))
    partner_only = question.institution == UNION_PARTY and not any(u.side == "host" for u in question.units)
    if rule in {"institution", "control", "keys"} and (partner_only or question.institution is None):
        return
    assert not verdict.allowed
    assert rule in refused(verdict) or question.institution is None
