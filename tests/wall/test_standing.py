"""The session of the database always knows who is looking now, and forgets who looked before."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from threading import Thread
from typing import Any, cast

import pytest
from django.db import DatabaseError, InternalError, connection, transaction

from accord.access.models import Account, Compartment, Level, Marking
from accord.audit import usecase
from accord.audit.services import record
from accord.audit.usecase import use_case
from accord.kernel.actor import PUBLIC, Actor, system
from accord.mandate.models import Instrument
from accord.notices.models import Notice
from accord.wall import standing as ambient
from accord.wall.standing import door, house, standing
from tests.cast import START

SECRET = "zq-nobody-else-may-read-this"


@pytest.fixture
def one(db: None) -> Actor:
    return holder("one")


@pytest.fixture
def two(db: None) -> Actor:
    return holder("two")


def note(actor: Actor, message: str) -> Notice:
    """Write a notice to somebody."""
    return Notice.objects.create(account=Account(pk=actor.account_id), text={"message": message})


def holder(name: str) -> Actor:
    """Somebody with an account and one notice of his own, who may write nothing."""
    account = Account.objects.create(username=name, display_name=f"{name} (fictional)")
    actor = Actor(name=name, side="mission", account_id=account.pk, markings=frozenset({"public"}))
    note(actor, name)
    return actor


def seen() -> set[str]:
    """Whose notices PostgreSQL shows now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT text ->> 'message' FROM notices_notice")
        return {name for (name,) in cursor.fetchall()}


@pytest.fixture
def nobody_looks() -> Iterator[None]:
    """Without the standing that tests otherwise have."""
    token = ambient._standing.set(None)
    yield
    ambient._standing.reset(token)


def fail(actor: Actor, *, looking: bool = True) -> None:
    """A transaction that is rolled back, after somebody has looked in it or not."""
    with standing(actor), transaction.atomic():
        if looking:
            seen()
        raise ZeroDivisionError


def divide_by_zero() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")


def test_it_changes_from_one_statement_to_the_next(one: Actor, two: Actor) -> None:
    with standing(one):
        assert seen() == {"one"}
        with standing(two):
            assert seen() == {"two"}
        assert seen() == {"one"}
        with house("a test"):
            assert seen() == {"one", "two"}
        with standing(PUBLIC):
            assert seen() == set()


def test_nobody_sees_nothing(one: Actor, nobody_looks: None) -> None:
    assert seen() == set()
    assert not Notice.objects.exists()


def test_an_error_on_the_way_gives_the_standing_back(one: Actor, two: Actor) -> None:
    with standing(one):
        with pytest.raises(ZeroDivisionError):
            fail(two)
        assert seen() == {"one"}


@pytest.mark.parametrize("looked_inside", [True, False])
def test_a_rollback_to_a_savepoint_takes_no_standing_with_it(one: Actor, two: Actor, looked_inside: bool) -> None:
    with standing(one):
        assert seen() == {"one"}
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            fail(two, looking=looked_inside)
        assert seen() == {"one"}
    with standing(two):
        assert seen() == {"two"}


def test_a_statement_that_fails_leaves_the_right_standing(one: Actor, two: Actor) -> None:
    with standing(one):
        with pytest.raises(DatabaseError), transaction.atomic(), standing(two):
            divide_by_zero()
        assert seen() == {"one"}


def test_in_an_aborted_transaction_nothing_is_shown_until_it_is_rolled_back(one: Actor, two: Actor) -> None:
    with standing(one), transaction.atomic():
        point = transaction.savepoint()
        with pytest.raises(DatabaseError):
            divide_by_zero()
        with standing(two), pytest.raises(InternalError):
            seen()
        transaction.savepoint_rollback(point)
        assert seen() == {"one"}


@pytest.fixture
def committed(transactional_db: None) -> tuple[Actor, Actor]:
    connection.close()
    return holder("one"), holder("two")


def in_thread(act: Callable[[], Any]) -> Any:
    """What it returns in a thread of its own, which begins with nobody's standing and hands its session back."""
    found = []

    def run() -> None:
        try:
            found.append(act())
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    thread.join()
    return found[0]


def handed_on(session: int, actor: Actor | None) -> set[str]:
    """What is seen once the pool hands on just this session; it may have others to choose from."""
    for _time in range(50):
        process_now, found = in_thread(lambda: looks(actor))
        if process_now == session:
            return cast(set[str], found)
    raise AssertionError("the pool never handed the session on")


def looks(actor: Actor | None) -> tuple[int, set[str]]:
    """The server process that answered, and what was seen in it."""
    if actor is None:
        return process(), seen()
    with standing(actor):
        return process(), seen()


def process() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def test_the_pool_hands_on_no_standing(committed: tuple[Actor, Actor]) -> None:
    one, two = committed
    first, seen_first = in_thread(lambda: looks(one))
    assert (seen_first, handed_on(first, None), handed_on(first, two)) == ({"one"}, set(), {"two"})


def test_a_whole_rollback_leaves_the_next_request_its_own_standing(committed: tuple[Actor, Actor]) -> None:
    one, two = committed

    def fails() -> None:
        with pytest.raises(ZeroDivisionError):
            fail(one)

    in_thread(fails)
    assert in_thread(lambda: looks(None))[1] == set()
    assert in_thread(lambda: looks(two))[1] == {"two"}


def test_threads_do_not_see_with_each_others_eyes(committed: tuple[Actor, Actor]) -> None:
    one, two = committed
    with standing(one):
        assert in_thread(seen) == set()
        assert in_thread(lambda: looks(two))[1] == {"two"}
        assert seen() == {"one"}


def test_outside_a_use_case_nothing_is_written_and_the_words_tell_nothing(one: Actor) -> None:
    for reader in (one, replace(one, permissions=frozenset({"access.manage_accounts"}))):
        with standing(reader), pytest.raises(DatabaseError) as refusal, transaction.atomic():
            note(one, SECRET)
        assert "row-level security" in str(refusal.value)
        assert SECRET not in str(refusal.value)
        with standing(reader):
            assert Notice.objects.update(link="/x/") == 0
            assert Notice.objects.all().delete()[0] == 0
    with house("only reads"), pytest.raises(DatabaseError), transaction.atomic():
        note(one, "")


def test_a_use_case_is_the_door_and_closes_behind_itself(one: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usecase, "REGISTRY", {})

    @use_case("")
    def write_note(*, actor: Actor) -> Notice:
        """Write a note."""
        written = note(actor, "written")
        record(actor, written)
        return written

    allowed = replace(one, permissions=frozenset({""}))
    with standing(allowed):
        write_note(actor=allowed)
        assert seen() == {"one", "written"}
        with pytest.raises(DatabaseError), transaction.atomic():
            note(one, "")


@pytest.fixture
def closed(db: None) -> Instrument:
    """A record in a compartment."""
    Level.objects.create(code="low", rank=1, name={})
    Compartment.objects.create(code="contracts", name={}, purpose={}, steward_role="chief")
    Marking.objects.create(code="bought", order=1, name={}, level="low", releasable_to=[], compartments=["contracts"])
    return Instrument.objects.create(code="deed", kind="decision", title={}, issued_on=START, marking="bought")


def let_in(actor: Actor, *, emergency: bool) -> Actor:
    circles, codes = frozenset({"contracts"}), frozenset({"bought"})
    let = replace(actor, compartments=circles, markings=codes)
    return replace(let, emergency=circles, emergency_markings=codes) if emergency else let


@pytest.mark.parametrize("emergency", [True, False])
def test_an_emergency_opens_a_compartment_for_reading_only(one: Actor, closed: Instrument, emergency: bool) -> None:
    actor = let_in(one, emergency=emergency)
    with standing(actor):
        assert Instrument.objects.filter(pk=closed.pk).exists()
        assert Instrument.objects.filter(pk=closed.pk).update(reference="x") == 0
    with door(actor, "test"):
        assert Instrument.objects.filter(pk=closed.pk).update(reference="x") == (0 if emergency else 1)


def test_no_use_case_of_a_person_opens_a_compartment_by_its_marking(one: Actor, closed: Instrument) -> None:
    with door(one, "test"):
        assert not Instrument.objects.filter(pk=closed.pk).exists()
        assert Marking.objects.filter(code="bought").update(compartments=[]) == 0
        assert Marking.objects.filter(code="bought").delete()[0] == 0
        assert not Instrument.objects.filter(pk=closed.pk).exists()
    with door(system("load"), "load_mission"):
        assert Marking.objects.filter(code="bought").update(compartments=[]) == 1
