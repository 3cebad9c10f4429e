"""The same form sent twice at the same moment, by two threads with sessions of their own: one effect."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pyotp
import pytest
from django.db import connection
from django.test import Client

from accord.access import services as access
from accord.access.models import Account, Compartment, RecoveryCode, Session
from accord.access.queries import secret_to_confirm
from accord.audit.models import Entry
from accord.kernel.clock import fixed, now
from accord.mandate.models import AccordStep
from accord.mandate.services import propose_accord
from accord.people.services import let_into_compartment
from accord.wall.standing import house
from tests.authz_writes.stage import LATER, PASSWORD, need_to_know
from tests.cast import START, TODAY, World, standing_world

PATIENCE = 60
TEXT = {"en": "Words", "ar": "كلمات"}
Post = Callable[[], Any]


@pytest.fixture
def world(transactional_db: None) -> Iterator[World]:
    """The small world, committed, so that every session sees it."""
    with standing_world() as built:
        with fixed(START):
            need_to_know()
        yield built


def twice(*posts: Post) -> list[int]:
    """The statuses of two answers to what is sent at one moment."""
    gate = threading.Barrier(2, timeout=PATIENCE)

    def run(post: Post) -> int:
        try:
            with fixed(TODAY), house("tests", writes=True):
                gate.wait()
                return int(post().status_code)
        finally:
            connection.close()

    one, other = posts if len(posts) == 2 else (posts[0], posts[0])
    with ThreadPoolExecutor(2) as pool:
        return sorted(future.result(PATIENCE) for future in [pool.submit(run, one), pool.submit(run, other)])


def browsers(world: World, name: str) -> tuple[Client, Client]:
    """The same person at two machines, so that nothing of one request waits for the other."""
    return world.client(name), world.client(name)


def lines(action: str) -> int:
    return Entry.objects.filter(action=action).count()


def test_an_accord_is_signed_once(world: World) -> None:
    accord = propose_accord(
        actor=world.actor("legal"), title=TEXT, text=TEXT, institutions=[world.org["defence"]],
        activity_types=["advise"], places=[world.place["capital"]], start=TODAY, end=LATER,
    )  # fmt: skip
    one, other = browsers(world, "host")
    path = f"/accords/{accord.pk}/sign/"
    assert twice(lambda: one.post(path), lambda: other.post(path)) == [302, 302]
    assert AccordStep.objects.filter(accord=accord, name="sign_for_host").count() == 1
    assert lines("sign_accord") == 1


def test_an_invitation_is_taken_up_once(world: World) -> None:
    account, secret = access.invite(actor=world.actor("administrator"), username="new", name="New (fictional)")
    path = f"/invitation/{secret}/"

    def with_password(password: str) -> Post:
        return lambda: Client().post(path, {"new": password, "again": password})

    statuses = twice(with_password("the first long password"), with_password("the other long password"))
    assert statuses[0] == 200
    assert statuses[1] in {404, 422}, "who comes second is told so"
    assert lines("accept_invitation") == 1
    assert Account.objects.get(pk=account.pk).has_usable_password()


def test_a_grant_is_seconded_once(world: World) -> None:
    grant = let_into_compartment(
        actor=world.actor("administrator"), account=world.account["advisor"],
        compartment=Compartment.objects.get(code="vetting"), purpose="Helps", last_day=LATER,
    )  # fmt: skip
    one, other = world.client("legal"), world.client("commander")
    path = f"/access/grants/{grant.pk}/answer/"
    twice(lambda: one.post(path, {"answer": "yes"}), lambda: other.post(path, {"answer": "yes"}))
    grant.refresh_from_db()
    assert grant.state == "in_force"
    assert lines("answer_grant") == 1


def test_a_recovery_code_is_good_once(world: World) -> None:
    account = world.account["advisor"]
    account.set_password(PASSWORD)
    account.save()
    codes = access.renew_recovery_codes(actor=_with_a_code_app(world))
    one, other = Client(), Client()
    for client in (one, other):
        assert client.post("/sign-in/", {"username": "advisor", "password": PASSWORD}).status_code == 200
    path, sent = "/sign-in/second-step/", {"proof_code": codes[0]}
    statuses = twice(lambda: one.post(path, sent), lambda: other.post(path, sent))
    assert statuses == [302, 422]
    assert RecoveryCode.objects.filter(account=account, used_at__isnull=False).count() == 1
    assert lines("sign_in") == 1


def _with_a_code_app(world: World) -> Any:
    actor = world.actor("advisor")
    access.prepare_code_app(actor=actor)
    access.confirm_code_app(actor=actor, code=pyotp.TOTP(secret_to_confirm(actor)).at(now()))
    return actor


def test_a_session_is_ended_once(world: World) -> None:
    one, other = browsers(world, "advisor")
    known = set(Session.objects.values_list("pk", flat=True))
    world.client("advisor")
    third = Session.objects.exclude(pk__in=known).get()
    path = f"/account/sessions/{third.pk}/end/"
    assert twice(lambda: one.post(path), lambda: other.post(path)) == [302, 404]
    assert not Session.objects.filter(pk=third.pk).exists()
    assert lines("end_session") == 1
