"""S10: limits on tries that lock nobody out from elsewhere, believe no header, and say nothing about who exists."""

import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from django.db import connection
from django.test import Client

from accord.access import limits, services
from accord.access.limits import TooManyTries
from accord.access.models import Account, Attempt
from accord.access.queries import secret_to_confirm
from accord.access.services.tries import counted
from accord.kernel.clock import fixed, now
from accord.kernel.errors import Invalid
from tests.access.conftest import PASSWORD, MakeAccount, acting, browser, is_in, with_passkey, with_password

ELSEWHERE = "198.51.100.9"


def fail(times: int = 10, username: str = "one", **where: str) -> list[int]:
    return [with_password(browser(**where), username, "wrong") for _n in range(times)]


def test_ten_tries_then_wait(somebody: Account) -> None:
    start = now()
    with fixed(start):
        assert fail() == [422] * 10
        client = browser()
        answer = client.post("/sign-in/", {"username": "ONE", "password": PASSWORD})
        assert answer.status_code == 429
        assert "Too many tries. Try again after" in answer.content.decode()
        assert Attempt.objects.count() == 10, "a try that was not looked at does not count"
    with fixed(start + timedelta(minutes=14, seconds=59)):
        assert with_password(browser()) == 429
    with fixed(start + timedelta(minutes=15)):
        assert with_password(browser()) == 302
        assert not Attempt.objects.exists(), "what is past is forgotten"


def test_owner_is_not_locked_out_by_an_attack_from_elsewhere(somebody: Account) -> None:
    fail(address=ELSEWHERE)
    assert with_password(browser(address=ELSEWHERE)) == 429
    assert with_password(browser(address="198.51.100.200")) == 429, "a neighbour of the attacker"
    assert with_password(browser()) == 302


def test_passkey_opens_while_the_password_is_under_attack(somebody: Account) -> None:
    device = with_passkey(somebody)
    fail()
    for n in range(10):
        fail(9, f"other{n}")
    client = browser()
    assert with_password(client) == 429
    for _n in range(11):
        assert client.post("/sign-in/passkey/", {"proof_passkey": "garbage"}).status_code == 422
    answer = device.answer(client.post("/sign-in/challenge/").json())
    assert client.post("/sign-in/passkey/", {"proof_passkey": answer}).status_code == 302
    assert is_in(client)


def test_network_has_a_wide_limit_of_its_own(somebody: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accord.access.services.tries.TRIES_OF_A_NETWORK", 20)
    for n in range(4):
        assert fail(5, f"name{n}") == [422] * 5
    assert with_password(browser()) == 429
    assert with_password(browser(address=ELSEWHERE)) == 302
    assert limits.TRIES_OF_A_NETWORK == 100


@pytest.mark.parametrize("header", ["198.51.100.{n}", "198.51.100.{n}, 192.0.2.7", "203.0.{n}.1, 203.0.113.5"])
def test_header_that_anybody_can_write_changes_nothing(somebody: Account, header: str) -> None:
    said = [with_password(browser(HTTP_X_FORWARDED_FOR=header.format(n=n)), "one", "wrong") for n in range(11)]
    assert said == [422] * 10 + [429]


def test_header_of_our_own_web_server_is_believed(somebody: Account, settings: Any) -> None:
    settings.ACCORD_PROXIES = ["203.0.113.0/24"]

    def via(client_address: str) -> Client:
        return browser(address="203.0.113.1", HTTP_X_FORWARDED_FOR=f"10.0.0.1, {client_address}")

    assert [with_password(via(ELSEWHERE), "one", "wrong") for _n in range(11)] == [422] * 10 + [429]
    assert with_password(via("192.0.2.7")) == 302


def _closed(account: Account) -> None:
    Account.objects.filter(pk=account.pk).update(is_active=False)


def _without_password(account: Account) -> None:
    account.set_unusable_password()
    account.save()


def _unknown(account: Account) -> None:
    account.delete()


@pytest.mark.parametrize("change", [_closed, _without_password, _unknown])
def test_who_may_not_enter_gets_the_answer_of_a_wrong_password(
    make_account: MakeAccount, change: Callable[[Account], None]
) -> None:
    make_account("one")
    change(make_account("two"))

    def answers(username: str, password: str) -> list[tuple[int, str]]:
        found = []
        for _n in range(11):
            client = browser()
            client.cookies["csrftoken"] = "c" * 32
            answer = client.post("/sign-in/", {"username": username, "password": password})
            found.append((answer.status_code, _masked(answer.content.decode(), username)))
        return found

    assert answers("one", "wrong") == answers("two", PASSWORD)


def _masked(text: str, username: str) -> str:
    lines = [line for line in text.replace(username, "NAME").split("\n") if "csrfmiddlewaretoken" not in line]
    return "\n".join(line for line in lines if "Try again after" not in line)


def test_unknown_name_takes_as_long_as_a_known_one(make_account: MakeAccount, settings: Any) -> None:
    """Each wrong try costs one Argon2 hash, whoever is named."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    known, closed = make_account("one"), make_account("two")
    _closed(closed)
    times: dict[str, list[float]] = {"one": [], "two": [], "nobody": []}
    for n in range(9):
        for name, found in times.items():
            start = time.perf_counter()
            with_password(browser(address=f"10.0.{n}.1"), name, "wrong")
            found.append(time.perf_counter() - start)
    middle = {name: statistics.median(found) for name, found in times.items()}
    assert (known.password or "").startswith("argon2")
    assert max(middle.values()) < 1.5 * min(middle.values()), middle


def test_second_step_has_a_limit_of_its_own_wherever_one_comes_from(somebody: Account) -> None:
    actor = acting(somebody)
    services.prepare_code_app(actor=actor)
    app = pyotp.TOTP(secret_to_confirm(actor))
    services.confirm_code_app(actor=actor, code=app.at(now() - timedelta(seconds=30)))
    for n in range(10):
        client = browser(address=f"10.0.{n}.1")
        assert with_password(client) == 200
        assert client.post("/sign-in/second-step/", {"proof_code": "12345x"}).status_code == 422
    client = browser(address="10.1.1.1")
    assert with_password(client) == 200
    answer = client.post("/sign-in/second-step/", {"proof_code": app.at(now())})
    assert answer.status_code == 429
    assert not is_in(client)


def test_step_up_has_a_limit(somebody: Account) -> None:
    client = browser()
    client.force_login(somebody)
    sent = {"resume": "/account/", "proof_password": "wrong"}
    assert [client.post("/account/prove/", sent).status_code for _n in range(11)] == [422] * 10 + [429]


@pytest.mark.django_db(transaction=True)
def test_many_tries_at_the_same_moment_get_no_further_than_one_by_one() -> None:
    looked_at: list[int] = []

    def attempt(n: int) -> bool:
        try:
            with counted("one", "192.0.2.0/24"):
                looked_at.append(n)
                raise Invalid("wrong")
        except TooManyTries:
            return False
        except Invalid:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as crowd:
        list(crowd.map(attempt, range(40)))
    assert len(looked_at) <= limits.TRIES
    assert Attempt.objects.count() == len(looked_at)
