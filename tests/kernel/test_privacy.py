"""The register of personal data: nothing unclassified, nothing stale, nothing of a person without a rule."""

import pytest

from accord.kernel.privacy import BASES, Erase, Held, Keep, Kind, Purpose, Register, Rule, deeds, impersonal

RULE = Rule(Purpose.PEOPLE, Keep.CONTACT, Erase.DELETE)
VISITOR = {"gate.Visitor": ("id", "name", "badge", "created_at")}
SAID = Held("gate.Visitor", RULE, "Visitors", {Kind.IDENTIFYING: "name", Kind.ORGANISATIONAL: "badge"})


def register(*held: Held) -> Register:
    return Register(held, {Kind.TECHNICAL: "id", Kind.LINK: "account"}, "created_at")


def test_a_register_in_order_has_no_problems() -> None:
    assert not list(register(SAID).problems(VISITOR))


def test_a_table_nobody_described_is_named() -> None:
    (problem,) = register().problems(VISITOR)
    assert problem.startswith("gate.Visitor is not in the register")


def test_a_new_field_is_named() -> None:
    (problem,) = register(SAID).problems({"gate.Visitor": (*VISITOR["gate.Visitor"], "telephone")})
    assert problem.startswith("gate.Visitor.telephone is not classified")


@pytest.mark.parametrize("tables", [{"gate.Visitor": ("id", "name", "created_at")}, {}])
def test_a_field_that_is_gone_is_named(tables: dict[str, tuple[str, ...]]) -> None:
    assert any(p.startswith("gate.Visitor.badge is classified but does not") for p in register(SAID).problems(tables))


def test_a_field_said_twice_is_named() -> None:
    again = impersonal("gate.Visitor", "badge")
    (problem,) = register(SAID, again).problems(VISITOR)
    assert problem.startswith("gate.Visitor.badge is classified more than once")


def test_a_person_in_a_table_without_a_rule_is_named() -> None:
    (problem,) = register(impersonal("gate.Door", "number")).problems({"gate.Door": ("id", "number", "account")})
    assert problem.startswith("gate.Door.account is of a person")


def test_common_names_join_the_part_with_a_rule_and_follow_what_it_is_about() -> None:
    impersonal_part = impersonal("gate.Visitor", "badge")
    personal_part = Held("gate.Visitor", RULE, "Visitors", {Kind.IDENTIFYING: "name"})
    first, second = register(impersonal_part, personal_part).completed(VISITOR)
    assert first == impersonal_part
    assert dict(second.pairs) == {"name": Kind.IDENTIFYING, "id": Kind.TECHNICAL, "created_at": Kind.ABOUT}
    (place,) = register(impersonal("gate.Place", "name")).completed({"gate.Place": ("id", "name", "created_at")})
    assert dict(place.pairs)["created_at"] == Kind.ORGANISATIONAL


def test_what_a_table_says_itself_comes_first() -> None:
    own = Held("gate.Visitor", RULE, "Visitors", {Kind.IDENTIFYING: "id name", Kind.ORGANISATIONAL: "badge created_at"})
    (found,) = register(own).completed(VISITOR)
    assert found == own


def test_every_purpose_has_a_basis() -> None:
    assert set(BASES) == set(Purpose)


def test_deeds_are_kept_for_the_same_purpose_everywhere() -> None:
    assert deeds("a.Step", {}).rule == deeds("b.Step", {}).rule
    assert deeds("a.Step", {}).what == deeds("b.Step", {}).what
