"""The rule of markings: what joins, what opens and what may never open."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.access.rules import MarkingFacts, ReaderFacts, joined, may_read, readable, why

CIRCLES = ("contracts", "protection", "vetting")
RELEASES = ("mission", "host", "nation:DNK", "organisation:union")

sets_of_circles = st.frozensets(st.sampled_from(CIRCLES))
sets_of_releases = st.frozensets(st.sampled_from(RELEASES))
markings = st.builds(
    MarkingFacts,
    code=st.sampled_from(("public", "host", "mission", "vetting")),
    rank=st.integers(0, 4),
    releasable_to=sets_of_releases,
    compartments=sets_of_circles,
)
readers = st.builds(ReaderFacts, rank=st.integers(0, 4), releases=sets_of_releases, compartments=sets_of_circles)

INTERNAL = MarkingFacts("mission", 2, frozenset({"mission"}), frozenset())
VETTING = MarkingFacts("vetting", 2, frozenset({"mission"}), frozenset({"vetting"}))
OFFICER = ReaderFacts(2, frozenset({"mission"}), frozenset({"vetting"}))


@pytest.mark.parametrize(
    ("reader", "asked"),
    [
        (replace(OFFICER, rank=1), "level"),
        (replace(OFFICER, releases=frozenset({"host"})), "release"),
        (replace(OFFICER, compartments=frozenset({"contracts"})), "compartment:vetting"),
    ],
)
def test_each_thing_a_marking_asks_is_needed_and_named(reader: ReaderFacts, asked: str) -> None:
    assert may_read(OFFICER, VETTING)
    assert not may_read(reader, VETTING)
    assert [name for name, has in why(reader, VETTING) if not has] == [asked]


def test_a_marking_releasable_to_nobody_is_read_by_nobody() -> None:
    assert not may_read(OFFICER, replace(INTERNAL, releasable_to=frozenset()))


def test_readable_are_the_codes_of_what_may_be_read() -> None:
    secret = MarkingFacts("secret", 3, frozenset({"mission"}), frozenset())
    assert readable(OFFICER, [INTERNAL, VETTING, secret]) == {"mission", "vetting"}
    assert readable(replace(OFFICER, compartments=frozenset()), [INTERNAL, VETTING, secret]) == {"mission"}


@given(markings, markings, markings)
def test_joining_does_not_depend_on_order_or_repetition(a: MarkingFacts, b: MarkingFacts, c: MarkingFacts) -> None:
    assert joined(a, joined(b, c)) == joined(joined(a, b), c)
    assert joined(a, b) == joined(b, a)
    assert joined(a, a) == a
    assert joined(joined(a, b), b) == joined(a, b)


@given(readers, markings, markings)
def test_nothing_derived_stands_below_a_source(reader: ReaderFacts, a: MarkingFacts, b: MarkingFacts) -> None:
    if may_read(reader, joined(a, b)):
        assert may_read(reader, a)
        assert may_read(reader, b)


@given(readers, markings, st.sampled_from(CIRCLES))
def test_adding_a_compartment_to_a_marking_never_adds_a_reader(
    reader: ReaderFacts, marking: MarkingFacts, circle: str
) -> None:
    narrower = replace(marking, compartments=marking.compartments | {circle})
    assert may_read(reader, marking) or not may_read(reader, narrower)


@given(readers, st.lists(markings), st.sampled_from(CIRCLES))
def test_removing_a_grant_never_adds_a_row(reader: ReaderFacts, rows: list[MarkingFacts], circle: str) -> None:
    poorer = replace(reader, compartments=reader.compartments - {circle})
    assert [row for row in rows if may_read(poorer, row)] == [
        row for row in rows if may_read(reader, row) and may_read(poorer, row)
    ]
