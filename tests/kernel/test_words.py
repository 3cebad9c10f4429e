"""Actors, sources, errors, and dates and numbers as each language writes them."""

from datetime import date

from accord.kernel.actor import PUBLIC, Actor, system
from accord.kernel.errors import GateRefused, Invalid
from accord.kernel.source import Source
from accord.kernel.writing import written_day, written_list, written_month, written_number


def test_the_public_may_nothing_and_the_system_what_the_code_asks() -> None:
    assert not PUBLIC.may("mandate.read")
    assert system("loader").may("anything")
    host = Actor(name="x", side="host", permissions=frozenset({"a"}))
    assert host.may("a")
    assert not host.may("b")
    assert host.is_host


def test_errors_say_their_message_and_carry_what_a_form_needs() -> None:
    assert Invalid("no", {"day": ["wrong"]}).fields == {"day": ["wrong"]}
    assert Invalid("no").fields == {}
    assert str(GateRefused("no", "verdict")) == "no"


def test_sources_are_plain_data() -> None:
    assert Source.of({"kind": "seed", "ref": "S4"}).plain() == {"kind": "seed", "ref": "S4"}
    assert Source.of(None) == Source("record")


def test_days_numbers_and_lists_by_language() -> None:
    assert written_day(date(2021, 6, 30), "en") == "30 June 2021"
    assert "٢٠٢١" in written_day(date(2021, 6, 30), "ar")
    assert "٢٠٢١" in written_month(date(2021, 6, 30), "ar-IQ")
    assert written_number(1234, "en") == "1,234"
    assert written_number(33, "ar") == "٣٣"
    assert written_list(["a", "b", "c"], "en") == "a, b and c"
