"""S9: whatever goes wrong on the way to the provider and back, nobody is in and the page says what to do."""

import gzip
import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from django.test import Client

from accord.kernel.clock import fixed, now
from accord.web.federation import metadata, outbound
from tests.federation.conftest import SECRET, Configure, Person
from tests.federation.house import House, open_house, signed
from tests.federation.visit import Asked, Visit, assert_refused


@pytest.fixture(autouse=True)
def _somebody(visit: Visit, house: House, person: Person) -> None:
    """Whoever is let in although he should not be finds an account to enter."""
    person("alpha", issuer=house.issuer, subject="one")


def granted(visit: Visit, house: House) -> Asked:
    """A try whose token the provider is ready to give out."""
    asked = visit.ask()
    house.grants(signed(house.claims(asked.nonce)))
    return asked


# What is asked --------------------------------------------------------------------------------------------------------


def test_asks_with_proof_key_state_and_nonce_and_never_with_the_secret(visit: Visit, house: House) -> None:
    first, second = visit.ask(), visit.ask()
    assert first.address.startswith(f"{house.issuer}/authorize?")
    assert "code_challenge_method=S256" in first.address
    assert "response_type=code" in first.address
    assert SECRET not in first.address
    assert first.redirect_uri == "http://testserver/sign-in/with/loose/back/"
    assert {first.state, first.nonce, first.challenge}.isdisjoint({second.state, second.nonce, second.challenge})
    assert min(map(len, (first.state, first.nonce, first.challenge))) >= 43


def test_redeems_the_code_with_the_verifier_and_the_same_return_address(visit: Visit, house: House) -> None:
    asked = granted(visit, house)
    visit.bring(state=asked.state, code="the code")
    assert house.sent["code"] == "the code"
    assert house.sent["redirect_uri"] == asked.redirect_uri
    assert create_s256_code_challenge(house.sent["code_verifier"]) == asked.challenge


@pytest.mark.parametrize("name", ["redirect_uri", "state", "nonce", "scope", "client_id", "response_type"])
def test_what_a_link_adds_is_not_passed_on(visit: Visit, name: str) -> None:
    asked = visit.ask(**{name: "https://evil.example.org/"})
    assert "evil" not in asked.address


def test_another_host_name_is_refused_before_it_becomes_a_return_address(visit: Visit) -> None:
    response = visit.client.get("/sign-in/with/loose/", headers={"host": "evil.example.org"})
    assert response.status_code == 400
    assert "location" not in response.headers


# State ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [None, "", "a state of nobody", "' OR '1'='1", "s" * 10_000])
def test_state_missing_or_wrong(visit: Visit, house: House, state: str | None) -> None:
    granted(visit, house)
    sent = {} if state is None else {"state": state}
    assert_refused(visit, visit.bring(**sent), 400)
    assert "/token" not in house.called


def test_state_used_before(visit: Visit, house: House) -> None:
    asked = granted(visit, house)
    visit.bring(state=asked.state)
    visit.client.post("/sign-out/")
    assert_refused(visit, visit.bring(state=asked.state), 400)
    assert house.called.count("/token") == 1


def test_state_of_another_browser(visit: Visit, house: House) -> None:
    """A link with somebody's code in it signs nobody into that somebody's account."""
    asked = granted(visit, house)
    victim = Visit(Client())
    assert_refused(victim, victim.bring(state=asked.state), 400)
    victim.ask()
    assert_refused(victim, victim.bring(state=asked.state), 400)


def test_state_too_old(visit: Visit, house: House) -> None:
    asked = granted(visit, house)
    with fixed(now() + timedelta(minutes=10, seconds=1)):
        assert_refused(visit, visit.bring(state=asked.state), 400)


def test_state_twice(visit: Visit, house: House) -> None:
    asked = granted(visit, house)
    assert_refused(visit, visit.bring(state=[asked.state, "another"]), 400)


def test_a_browser_keeps_few_tries(visit: Visit, house: House) -> None:
    oldest = granted(visit, house)
    for _ in range(5):
        visit.ask()
    assert_refused(visit, visit.bring(state=oldest.state), 400)


def test_nonce_of_an_earlier_try(visit: Visit, house: House) -> None:
    """A token that was good once is not good again."""
    asked = granted(visit, house)
    visit.bring(state=asked.state)
    visit.client.post("/sign-out/")
    assert_refused(visit, visit.bring(state=visit.ask().state), 400)


# Who answers ----------------------------------------------------------------------------------------------------------


def test_answer_of_another_issuer(visit: Visit, house: House) -> None:
    asked = granted(visit, house)
    assert_refused(visit, visit.bring(state=asked.state, iss="https://evil.example.org"), 400)
    assert "/token" not in house.called


@pytest.mark.parametrize("iss", [None, "", "https://evil.example.org"])
def test_a_provider_that_names_itself_always_does(visit: Visit, house: House, iss: str | None) -> None:
    house.discovery = {"authorization_response_iss_parameter_supported": True}
    asked = granted(visit, house)
    assert_refused(visit, visit.bring(state=asked.state, **({} if iss is None else {"iss": iss})), 400)
    assert "/token" not in house.called


def test_a_try_at_one_provider_does_not_end_at_another(visit: Visit, house: House, configured: Configure) -> None:
    """Mix-up: the code of the honest provider never reaches the other."""
    with open_house() as evil:
        configured(loose=house.issuer, evil=evil.issuer)
        asked = granted(visit, house)
        assert_refused(visit, visit.bring("evil", state=asked.state), 400)
        assert "/token" not in evil.called
        assert_refused(visit, visit.bring(state=asked.state), 400)


def test_a_provider_nobody_configured(visit: Visit) -> None:
    for address in ("/sign-in/with/nobody/", "/sign-in/with/nobody/back/?state=a&code=b"):
        assert visit.client.get(address).status_code == 404
    assert visit.client.post("/sign-out/from/nobody/").status_code == 404


# What it answers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["", ["one", "two"]])
def test_code_missing_or_twice(visit: Visit, house: House, code: object) -> None:
    asked = granted(visit, house)
    assert_refused(visit, visit.bring(state=asked.state, code=code), 400)
    assert "/token" not in house.called


def test_an_error_is_told_in_our_own_words(visit: Visit, house: House, caplog: pytest.LogCaptureFixture) -> None:
    asked = granted(visit, house)
    planted = "<script>planted</script>\nERROR planted"
    words = assert_refused(visit, visit.bring(state=asked.state, error=planted, error_description=planted), 403)
    assert "planted" not in words + "".join(record.getMessage() for record in caplog.records)
    assert "did not let you in" in words
    assert_refused(visit, visit.bring(state=asked.state), 400)


def test_an_error_without_a_try_is_no_answer(visit: Visit) -> None:
    assert_refused(visit, visit.bring(error="access_denied"), 400)


TOKEN_ANSWERS: dict[str, tuple[Any, int]] = {
    "code used before": ({"error": "invalid_grant"}, 400),
    "verifier refused": ({"error": "invalid_grant", "error_description": "PKCE"}, 400),
    "client refused": ({"error": "invalid_client"}, 400),
    "no id token": ({"access_token": "an access token", "token_type": "Bearer"}, 400),
    "nothing": ({}, 400),
    "a list": ([1, 2], 502),
    "a page": (b"<html>", 502),
    "not a text": (b"\xff\xfe\x00", 502),
    "broken": (500, 502),
    "busy": (503, 502),
    "heavy": (b" " * (outbound.LARGEST + 1), 502),
    "deep": (b"[" * 100_000, 502),
}


@pytest.mark.parametrize(("said", "status"), TOKEN_ANSWERS.values(), ids=TOKEN_ANSWERS)
def test_token_endpoint(visit: Visit, house: House, said: object, status: int) -> None:
    asked = visit.ask()
    house.answers["/token"] = said
    assert_refused(visit, visit.bring(state=asked.state), status)


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/keys", "/token"])
def test_sent_elsewhere_nobody_goes(visit: Visit, house: House, path: str) -> None:
    """Neither to another host nor to another page, with whatever the request carried."""
    if path.startswith("/.well-known"):
        house.answers[path], house.headers = 302, {"location": f"{house.issuer}/elsewhere"}
        words = refused_at_the_start(visit)
    else:
        asked = granted(visit, house)
        house.answers[path], house.headers = 307, {"location": f"{house.issuer}/elsewhere"}
        words = assert_refused(visit, visit.bring(state=asked.state), 502)
    assert "cannot be reached" in words
    assert "/elsewhere" not in house.called


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/keys", "/token"])
def test_slow_answers_are_not_waited_for(
    visit: Visit, house: House, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbound, "SECONDS", 0.2)
    asked = None if path.startswith("/.well-known") else granted(visit, house)
    house.delays[path] = 1
    if asked is None:
        refused_at_the_start(visit)
    else:
        assert_refused(visit, visit.bring(state=asked.state), 502)


def test_nobody_waits_longer_than_five_seconds() -> None:
    assert outbound.SECONDS == 5


@pytest.mark.parametrize(
    "said", [404, 500, b"<html>", {}, {"keys": []}, {"keys": "all"}, {"keys": [{"kty": "RSA", "kid": "ours"}]}, [1]]
)
def test_keys_out_of_reach_or_beyond_understanding(visit: Visit, house: House, said: object) -> None:
    asked = granted(visit, house)
    house.answers["/keys"] = said
    assert_refused(visit, visit.bring(state=asked.state), 502)


# What it says of itself -----------------------------------------------------------------------------------------------


def refused_at_the_start(visit: Visit) -> str:
    return assert_refused(visit, visit.client.get("/sign-in/with/loose/"), 502)  # type: ignore[arg-type] # what Django returns


DISCOVERIES: dict[str, Callable[[House], dict[str, Any]]] = {
    "another issuer": lambda _h: {"issuer": "https://elsewhere.example.org"},
    "issuer with a slash": lambda h: {"issuer": f"{h.issuer}/"},
    "no issuer": lambda _h: {"issuer": None},
    "token endpoint unencrypted": lambda _h: {"token_endpoint": "http://elsewhere.example.org/token"},
    "authorization endpoint unencrypted": lambda _h: {"authorization_endpoint": "http://elsewhere.example.org/"},
    "keys unencrypted": lambda _h: {"jwks_uri": "http://elsewhere.example.org/keys"},
    "userinfo unencrypted": lambda _h: {"userinfo_endpoint": "http://elsewhere.example.org/me"},
    "keys in a file": lambda _h: {"jwks_uri": "file:///etc/hostname"},
    "script for an address": lambda _h: {"authorization_endpoint": "javascript:alert(1)"},
    "token endpoint missing": lambda _h: {"token_endpoint": None},
    "endpoint a number": lambda _h: {"token_endpoint": 7},
    "shared secrets only": lambda _h: {"id_token_signing_alg_values_supported": ["HS256", "none"]},
    "algorithms a number": lambda _h: {"id_token_signing_alg_values_supported": 7},
}


@pytest.mark.parametrize("discovery", DISCOVERIES.values(), ids=DISCOVERIES)
def test_discovery_document(visit: Visit, house: House, discovery: Callable[[House], dict[str, Any]]) -> None:
    house.discovery = discovery(house)
    refused_at_the_start(visit)


@pytest.mark.parametrize("said", [404, 500, b"", b"<html>", [1], b"[" * 100_000, b" " * (outbound.LARGEST + 1)])
def test_discovery_out_of_reach(visit: Visit, house: House, said: object) -> None:
    house.answers["/.well-known/openid-configuration"] = said
    refused_at_the_start(visit)


def test_an_encrypted_issuer_never_sends_us_to_an_unencrypted_place(
    visit: Visit, configured: Configure, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even to this machine, which is guarded only where the issuer is there too."""
    issuer = "https://provider.example.org"
    said = {"issuer": issuer} | dict.fromkeys(("authorization_endpoint", "token_endpoint", "jwks_uri"), f"{issuer}/x")
    configured(loose=issuer)
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint"):
        metadata.forget()
        monkeypatch.setattr(
            "accord.web.federation.metadata.fetched", lambda _address, n=name: {**said, n: "http://127.0.0.1:9/x"}
        )
        refused_at_the_start(visit)


def test_a_packed_answer_counts_unpacked(visit: Visit, house: House) -> None:
    house.answers["/.well-known/openid-configuration"] = gzip.compress(b" " * 10_000_000)
    house.headers = {"content-encoding": "gzip"}
    refused_at_the_start(visit)


def test_nobody_listens(visit: Visit, configured: Configure) -> None:
    configured(loose="http://127.0.0.1:9")
    words = refused_at_the_start(visit)
    assert "cannot be reached" in words


def test_who_did_not_answer_gets_a_respite(visit: Visit, house: House) -> None:
    """A provider that is down holds up one visitor, not everybody; once it is back nobody waits long."""
    house.answers["/.well-known/openid-configuration"] = 503
    for _ in range(3):
        refused_at_the_start(visit)
    assert len(house.called) == 1
    del house.answers["/.well-known/openid-configuration"]
    with fixed(now() + timedelta(seconds=5)):
        visit.ask()


def test_it_is_asked_once_an_hour(visit: Visit, house: House) -> None:
    for _ in range(3):
        visit.ask()
    assert house.called.count("/.well-known/openid-configuration") == 1
    with fixed(now() + timedelta(minutes=61)):
        visit.ask()
    assert house.called.count("/.well-known/openid-configuration") == 2


def test_secrets_stay_out_of_the_log(visit: Visit, house: House, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    asked = granted(visit, house)
    visit.bring(state=asked.state, code="a secret code")
    told = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("accord"))
    assert not [secret for secret in (SECRET, "a secret code", asked.nonce, "an access token") if secret in told]


@pytest.mark.parametrize("method", ["post", "put", "delete", "head"])
def test_one_comes_and_goes_by_get_alone(visit: Visit, house: House, method: str) -> None:
    asked = granted(visit, house)
    for address in ("/sign-in/with/loose/", f"/sign-in/with/loose/back/?state={asked.state}&code=a"):
        assert getattr(visit.client, method)(address).status_code == 405
    assert visit.account == ""
