"""The door to every change: permission, one transaction, a trail row, and its turn."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from accord.access.models import Account
from accord.audit import usecase
from accord.audit.events import announce, listen
from accord.audit.models import Entry
from accord.audit.services import record
from accord.audit.usecase import REGISTRY, NoTrail, use_case
from accord.kernel.actor import Actor, system
from accord.kernel.errors import Refused
from accord.wall.standing import house

DOER = Actor(name="Doer (fictional)", side="mission", permissions=frozenset({"do"}), roles=("advisor",), channel="page")


@pytest.fixture(autouse=True)
def _registry_stays_clean(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usecase, "REGISTRY", dict(REGISTRY))


def made(name: str) -> Account:
    return Account.objects.create(username=name, display_name=name)


@use_case("do")
def open_one(*, actor: Actor, name: str, fail: bool = False) -> Account:
    """Open one."""
    account = made(name)
    record(actor, account, reason="because", name=name, kinds={"x"})
    if fail:
        raise ValueError(name)
    return account


@pytest.fixture(autouse=True, scope="module")
def _registry_without_this_module() -> Iterator[None]:
    yield
    for key in [k for k, v in REGISTRY.items() if v.name == "open_one"]:
        del REGISTRY[key]


@pytest.mark.django_db
def test_it_happens_and_leaves_its_row() -> None:
    account = open_one(actor=DOER, name="one")
    entry = Entry.objects.get()
    assert (entry.action, entry.object_id, entry.actor_name, entry.channel) == (
        "open_one", account.pk, DOER.name, "page",
    )  # fmt: skip
    assert (entry.reason, entry.changes, entry.actor_roles) == ("because", {"name": "one", "kinds": ["x"]}, ["advisor"])


@pytest.mark.django_db
def test_refused_without_permission_and_nothing_happens() -> None:
    stranger = Actor(name="Stranger", side="mission", permissions=frozenset({"else"}))
    with pytest.raises(Refused):
        open_one(actor=stranger, name="one")
    assert not Account.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_failure_takes_its_trail_row_back() -> None:
    with pytest.raises(ValueError, match="one"):
        open_one(actor=DOER, name="one", fail=True)
    assert not Account.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_row_of_a_failed_inner_use_case_does_not_speak_for_the_outer_one() -> None:
    @use_case("do")
    def outer(*, actor: Actor) -> None:
        """Try, and go on without a word."""
        with pytest.raises(ValueError, match="inner"):
            open_one(actor=actor, name="inner", fail=True)
        made("outer")

    with pytest.raises(NoTrail):
        outer(actor=DOER)
    assert not Account.objects.exists()


@pytest.mark.django_db
def test_inner_use_case_keeps_its_own_name_and_rolls_back_with_the_outer_one() -> None:
    @use_case("do")
    def outer(*, actor: Actor, fail: bool) -> None:
        """Both, or none."""
        inner = open_one(actor=actor, name="inner")
        record(actor, inner)
        if fail:
            raise ValueError("late")

    with pytest.raises(ValueError, match="late"):
        outer(actor=DOER, fail=True)
    assert not Entry.objects.exists()
    outer(actor=DOER, fail=False)
    assert list(Entry.objects.order_by("id").values_list("action", flat=True)) == ["open_one", "outer"]


@pytest.mark.django_db
def test_listeners_act_in_the_same_transaction() -> None:
    class Happened: ...

    def fail(_actor: Actor, _event: Any) -> None:
        raise ValueError("listener")

    listen(Happened, fail)

    @use_case("do")
    def outer(*, actor: Actor) -> None:
        """Announce."""
        record(actor, made("announced"))
        announce(actor, Happened())

    with pytest.raises(ValueError, match="listener"):
        outer(actor=DOER)
    assert not Account.objects.exists()


def test_arguments_are_keywords_with_actor_first() -> None:
    with pytest.raises(TypeError, match="actor"):

        @use_case("do")
        def no_actor(*, name: str) -> None:
            """Nothing."""

    with pytest.raises(TypeError, match="keyword-only"):

        @use_case("do")
        def positional(actor: Actor, name: str) -> None:
            """Nothing."""

    with pytest.raises(TypeError, match="keyword"):
        open_one(DOER, name="x")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="keyword"):
        open_one(name="x")  # type: ignore[call-arg]


def test_permission_and_summary_are_on_record() -> None:
    found = next(u for u in REGISTRY.values() if u.name == "stop_accord")
    assert found.permission == "mandate.stop_accord"
    assert found.summary.startswith("Suspend or withdraw")
    assert all(u.summary for u in REGISTRY.values() if u.name != "open_one")


@pytest.mark.django_db
def test_a_very_long_name_does_not_stop_anybody() -> None:
    open_one(actor=system("x" * 30), name="short")
    record(Actor(name="n" * 400, side="system", channel="page"), Account.objects.get(), action="note")
    assert max(len(e.actor_name) for e in Entry.objects.all()) == 200


@pytest.mark.django_db(transaction=True)
def test_those_of_one_turn_run_one_after_the_other() -> None:
    inside, go_on, order = threading.Event(), threading.Event(), []

    @use_case("do", turn="table")
    def first(*, actor: Actor) -> None:
        """Hold the turn until told."""
        record(actor, made("first"))
        inside.set()
        assert go_on.wait(20)
        order.append("first")

    @use_case("do", turn="table")
    def second(*, actor: Actor) -> None:
        """Wait, then see what the first has done."""
        order.append("second" if Account.objects.filter(username="first").exists() else "too early")
        record(actor, made("second"))

    def in_thread() -> None:
        try:
            with house("tests", writes=True):
                first(actor=DOER)
        finally:
            connection.close()

    thread = threading.Thread(target=in_thread)
    thread.start()
    assert inside.wait(20)
    threading.Timer(0.3, go_on.set).start()
    second(actor=DOER)
    thread.join(20)
    assert order == ["first", "second"]


@pytest.mark.django_db(transaction=True)
def test_turn_ends_with_the_transaction() -> None:
    @use_case("do", turn="table")
    def brief(*, actor: Actor) -> None:
        """Take and give back."""
        record(actor, made(f"n{Account.objects.count()}"))

    with transaction.atomic():
        brief(actor=DOER)
        brief(actor=DOER)  # the same session may take its turn again
    held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
    with connection.cursor() as cursor:
        cursor.execute(held)
        assert cursor.fetchone() == (0,)
