"""S9: passkeys let in whoever holds them, and nobody else."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from fido2.cose import CoseKey
from fido2.utils import websafe_decode

from accord.access.models import Account, Passkey, Session
from accord.audit.models import Entry
from accord.kernel.clock import fixed, now
from tests.access.conftest import MakeAccount, browser, is_in, signed_in, with_passkey, with_password
from tests.access.device import FLAG, Device, Options, altered, part

OPTIONS, ADD = "/account/security/passkeys/options/", "/account/security/passkeys/add/"


@pytest.fixture
def device(somebody: Account) -> Device:
    return with_passkey(somebody)


def asked(client: Client) -> Options:
    found: Options = client.post("/sign-in/challenge/").json()
    return found


def tried(client: Client, answer: str) -> int:
    return client.post("/sign-in/passkey/", {"proof_passkey": answer}).status_code


def test_passkey_alone_lets_in_and_is_noted(somebody: Account, device: Device) -> None:
    client = browser()
    assert tried(client, device.answer(asked(client))) == 302
    assert is_in(client)
    session = Session.objects.get(account=somebody, method="passkey")
    assert session.data
    entry = Entry.objects.get(action="sign_in")
    assert entry.changes == {"method": "passkey", "passkey": "Device"}
    assert entry.actor_name == "one (fictional)"
    assert Passkey.objects.get().used_at is not None


def test_passkey_of_a_known_account_is_asked_for_by_name(somebody: Account, device: Device) -> None:
    assert "allowCredentials" not in asked(browser())["publicKey"]
    options = asked(signed_in(somebody))
    assert len(options["publicKey"]["allowCredentials"]) == 1
    assert options["publicKey"]["userVerification"] == "required"


def test_device_without_a_counter_is_welcome_again_and_again(somebody: Account, device: Device) -> None:
    for _n in range(2):
        client = browser()
        assert tried(client, device.answer(asked(client), counter=0)) == 302


def _other_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _with_altered_flags(written: str) -> str:
    data = bytearray(part(written, "authenticatorData"))
    data[36] ^= 1  # the counter's last byte
    return altered(written, authenticatorData=bytes(data))


def _with_other_origin_on_the_way(written: str) -> str:
    said = json.loads(part(written, "clientDataJSON")) | {"origin": "http://localhost", "more": 1}
    return altered(written, clientDataJSON=json.dumps(said).encode())


def _without_signature(written: str) -> str:
    found = json.loads(written)
    del found["response"]["signature"]
    return json.dumps(found)


FORGED: dict[str, Callable[[Device, Options], str]] = {
    "another origin": lambda d, o: d.answer(o, origin="http://evil.example"),
    "another port": lambda d, o: d.answer(o, origin="http://localhost:8001"),
    "another scheme": lambda d, o: d.answer(o, origin="https://localhost"),
    "a name that begins like ours": lambda d, o: d.answer(o, origin="http://localhost.evil.example"),
    "another relying party": lambda d, o: d.answer(o, rp="evil.example"),
    "another challenge": lambda d, o: d.answer(o, challenge="x" * 43),
    "an empty challenge": lambda d, o: d.answer(o, challenge=""),
    "no user verification": lambda d, o: d.answer(o, flags=FLAG.UP),
    "no user presence": lambda d, o: d.answer(o, flags=FLAG.UV),
    "an answer to an enrolment": lambda d, o: d.answer(o, type="webauthn.create"),
    "from a frame of another site": lambda d, o: d.answer(o, cross_origin=True),
    "another holder": lambda d, o: d.answer(o, handle=b"0" * 16),
    "an unknown credential": lambda d, o: d.answer(o, credential=b"unknown credential"),
    "an empty credential": lambda d, o: d.answer(o, credential=b""),
    "another key": lambda d, o: d.answer(o, key=_other_key()),
    "an altered signature": lambda d, o: altered(d.answer(o), signature=b"0" * 70),
    "an empty signature": lambda d, o: altered(d.answer(o), signature=b""),
    "no signature": lambda d, o: _without_signature(d.answer(o)),
    "altered data": lambda d, o: _with_altered_flags(d.answer(o)),
    "altered words of the browser": lambda d, o: _with_other_origin_on_the_way(d.answer(o)),
    "cut data": lambda d, o: altered(d.answer(o), authenticatorData=b"short"),
    "words that are no JSON": lambda d, o: altered(d.answer(o), clientDataJSON=b"{"),
    "an id that is not the raw id": lambda d, o: json.dumps(json.loads(d.answer(o)) | {"id": "AAAA"}),
    "no JSON": lambda _d, _o: "not json",
    "a list": lambda _d, _o: "[]",
    "nothing": lambda _d, _o: "",
    "a number as raw id": lambda d, o: json.dumps(json.loads(d.answer(o)) | {"rawId": 7}),
    "letters that are no base64": lambda d, o: json.dumps(json.loads(d.answer(o)) | {"rawId": "é" * 9}),
    "far too much": lambda d, o: json.dumps(json.loads(d.answer(o)) | {"padding": "x" * 30_000}),
}


@pytest.mark.parametrize("name", FORGED)
def test_forged_answer_is_not_accepted(somebody: Account, device: Device, name: str) -> None:
    client = browser()
    assert tried(client, FORGED[name](device, asked(client))) == 422
    assert not is_in(client)
    assert not Entry.objects.filter(action="sign_in").exists()
    assert tried(client, device.answer(asked(client))) == 302, "and the honest one comes in afterwards"


def test_answer_is_good_once(somebody: Account, device: Device) -> None:
    client = browser()
    answer = device.answer(asked(client))
    assert tried(client, answer) == 302
    client.post("/sign-out/")
    assert tried(client, answer) == 422
    asked(client)
    assert tried(client, answer) == 422
    assert tried(browser(), answer) == 422


def test_challenges_are_long_and_never_the_same(somebody: Account) -> None:
    challenges = {asked(browser())["publicKey"]["challenge"] for _n in range(20)}
    assert len(challenges) == 20
    assert {len(websafe_decode(challenge)) for challenge in challenges} == {32}


def test_challenge_of_another_browser_or_none_is_not_accepted(somebody: Account, device: Device) -> None:
    mine, other = browser(), browser()
    asked(other)
    assert tried(other, device.answer(asked(mine))) == 422
    assert tried(browser(), device.answer(asked(mine))) == 422


def test_challenge_that_failed_once_is_void(somebody: Account, device: Device) -> None:
    client = browser()
    options = asked(client)
    assert tried(client, device.answer(options, origin="http://evil.example")) == 422
    assert tried(client, device.answer(options)) == 422


def test_challenge_expires(somebody: Account, device: Device) -> None:
    client = browser()
    answer = device.answer(asked(client))
    with fixed(now() + timedelta(minutes=5)):
        assert tried(client, answer) == 422


@pytest.mark.parametrize("counter", [0, 3, 5])
def test_counter_that_does_not_rise_is_a_copy(somebody: Account, device: Device, counter: int) -> None:
    Passkey.objects.update(signatures=5)
    client = browser()
    assert tried(client, device.answer(asked(client), counter=counter)) == 422
    assert Passkey.objects.get().signatures == 5
    assert tried(client, device.answer(asked(client), counter=6)) == 302


def test_challenge_for_enrolment_lets_nobody_in(somebody: Account, device: Device) -> None:
    client = signed_in(somebody)
    options = client.post(OPTIONS).json()
    options["publicKey"]["rpId"] = "localhost"
    assert tried(client, device.answer(options)) == 422


@pytest.mark.parametrize("change", [{"is_active": False}, {"verified_at": None}])
def test_account_that_may_not_be_used_stays_out(somebody: Account, device: Device, change: dict[str, Any]) -> None:
    Account.objects.filter(pk=somebody.pk).update(**change)
    client = browser()
    assert tried(client, device.answer(asked(client))) == 422
    assert not is_in(client)


def test_passkey_of_somebody_else_is_no_second_step(make_account: MakeAccount, device: Device) -> None:
    other = make_account("two")
    theirs = with_passkey(other)
    client = browser()
    assert with_password(client) == 200
    for lie in ({}, {"handle": device.holders[device.credential]}):
        answer = theirs.answer(asked(client), **lie)
        assert client.post("/sign-in/second-step/", {"proof_passkey": answer}).status_code == 422
    assert not is_in(client)
    answer = device.answer(asked(client))
    assert client.post("/sign-in/second-step/", {"proof_passkey": answer}).status_code == 302
    assert is_in(client)


def test_bare_number_and_plain_http_have_no_passkeys(somebody: Account, device: Device) -> None:
    for host in ("127.0.0.1", "testserver"):
        client = Client(HTTP_HOST=host)
        assert client.post("/sign-in/challenge/").status_code == 409
        assert "data-passkey" not in client.get("/sign-in/").content.decode()


def test_address_behind_a_web_server_is_the_listed_one(somebody: Account, settings: Any) -> None:
    settings.CSRF_TRUSTED_ORIGINS = ["https://accord.example.org"]
    for origin, expected in (
        ("https://accord.example.org", "accord.example.org"),
        ("https://evil.example", "localhost"),
    ):
        answer = browser().post("/sign-in/challenge/", headers={"origin": origin})
        assert answer.json()["publicKey"]["rpId"] == expected


# Enrolment ------------------------------------------------------------------------------------------------------------

BROKEN: dict[str, dict[str, Any]] = {
    "another origin": {"origin": "http://evil.example"},
    "another relying party": {"rp": "evil.example"},
    "another challenge": {"challenge": "x" * 43},
    "no user verification": {"flags": FLAG.UP | FLAG.AT},
    "no user presence": {"flags": FLAG.UV | FLAG.AT},
    "no credential in it": {"flags": FLAG.UP | FLAG.UV},
    "an answer to a sign-in": {"type": "webauthn.get"},
    "from a frame of another site": {"cross_origin": True},
    "another raw id": {"rawId": b"another"},
    "garbage for an attestation": {"attestation": b"\xa0garbage"},
    "an empty attestation": {"attestation": b""},
    "deeply nested rubbish": {"attestation": b"\x81" * 5000},
    "a key of an unknown kind": {"public_key": CoseKey({1: 2, 3: -65000})},
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_enrolment_adds_nothing(somebody: Account, name: str) -> None:
    client = signed_in(somebody)
    made = Device().enrol(client.post(OPTIONS).json(), **BROKEN[name])
    assert client.post(ADD, {"name": "Device", "proof_passkey": made}).status_code == 422
    assert not Passkey.objects.exists()


def test_enrolment_is_good_once_and_for_its_own_session(somebody: Account) -> None:
    client, other, device = signed_in(somebody), signed_in(somebody), Device()
    made = device.enrol(client.post(OPTIONS).json())
    assert other.post(ADD, {"name": "Device", "proof_passkey": made}).status_code == 422
    assert client.post(ADD, {"name": "Device", "proof_passkey": made}).status_code == 302
    assert client.post(ADD, {"name": "Again", "proof_passkey": made}).status_code == 422
    assert Passkey.objects.count() == 1


def test_credential_that_is_known_is_not_added_twice(make_account: MakeAccount, device: Device) -> None:
    other = make_account("two")
    client, liar = signed_in(other), Device()
    made = liar.enrol(client.post(OPTIONS).json())
    Passkey.objects.update(credential_id=liar.credential)
    answer = client.post(ADD, {"name": "Device", "proof_passkey": made})
    assert answer.status_code == 422
    assert "known already" in answer.content.decode()


def test_passkey_needs_a_name(somebody: Account) -> None:
    client = signed_in(somebody)
    made = Device().enrol(client.post(OPTIONS).json())
    assert client.post(ADD, {"name": " ", "proof_passkey": made}).status_code == 422
    assert not Passkey.objects.exists()


def test_enrolment_ends_every_other_session(somebody: Account) -> None:
    elsewhere, here = signed_in(somebody), signed_in(somebody)
    assert is_in(elsewhere)
    made = Device().enrol(here.post(OPTIONS).json())
    assert here.post(ADD, {"name": "Device", "proof_passkey": made}).status_code == 302
    assert is_in(here)
    assert not is_in(elsewhere)
