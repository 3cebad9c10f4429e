"""Telling people, each in the language they read."""

from datetime import date, timedelta

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy

from accord.kernel.actor import PUBLIC, Actor
from accord.kernel.clock import fixed
from accord.kernel.errors import Refused
from accord.notices.models import Notice
from accord.notices.phrases import Phrase
from accord.notices.queries import notices_for, unread_count
from accord.notices.services import in_every_language, mark_read, tell
from tests.cast import TODAY, World

NAME = {"en": "Accord", "ar": "اتفاق"}


def test_phrase_fills_its_slots_in_the_language_of_the_reader() -> None:
    phrase = Phrase("%(name)s, %(day)s: %(kind)s", name=NAME, day=date(2025, 6, 2), kind=gettext_lazy("Advising"))
    said = in_every_language(phrase)
    assert set(said) == {"en", "ar"}
    assert said["en"].startswith("Accord, 2 June 2025")
    assert said["ar"].startswith("اتفاق")
    assert "٢٠٢٥" in said["ar"]
    assert str(phrase) in repr(phrase)


def test_phrase_is_put_into_words_late() -> None:
    phrase = Phrase("%(name)s", name=NAME)
    with translation.override("ar"):
        assert str(phrase) == "اتفاق"
    with translation.override("en"):
        assert str(phrase) == "Accord"


def test_each_is_told_once_and_reads_in_his_language(world: World) -> None:
    host = world.account["host"].pk
    assert tell([host, host, world.account["chief"].pk], Phrase("%(n)s", n=NAME), link="accord:1", urgent=True) == 2
    (row,) = notices_for(world.actor("host"), "ar")
    assert (row.text, row.link, row.urgent, row.is_read) == ("اتفاق", "accord:1", True, False)
    assert notices_for(world.actor("press"), "en") == []


def test_read_is_read_and_only_ones_own(world: World) -> None:
    tell([world.account["host"].pk, world.account["chief"].pk], "One")
    with fixed(TODAY + timedelta(days=1)):
        tell([world.account["host"].pk], "Two")
    assert unread_count(world.actor("host")) == 2
    assert [n.text for n in notices_for(world.actor("host"), "en")] == ["Two", "One"]
    assert mark_read(actor=world.actor("host")) == 2
    assert unread_count(world.actor("host")) == 0
    assert unread_count(world.actor("chief")) == 1
    assert mark_read(actor=world.actor("host")) == 0


def test_nobody_without_an_account_has_notices(world: World) -> None:
    nobody = Actor(name="x", side="mission", permissions=frozenset({"notices.read"}))
    assert unread_count(PUBLIC) == 0
    with pytest.raises(Refused):
        mark_read(actor=nobody)
    assert not Notice.objects.exists()
