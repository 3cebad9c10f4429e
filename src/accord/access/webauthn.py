"""Passkeys as the WebAuthn standard has them, by way of the fido2 library: what to ask a browser, and what to believe.

A challenge is good once, for five minutes and for one purpose. The person must have been verified by the device (a
finger, a face, a PIN), so that a passkey is two factors in one. Attestation is neither asked for nor believed.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.utils.translation import gettext_lazy as _
from fido2 import cbor
from fido2.cose import CoseKey
from fido2.server import Fido2Server
from fido2.utils import websafe_decode
from fido2.webauthn import (
    Aaguid,
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from accord.access.limits import CHALLENGE_HOLDS, is_counter_rolled_back
from accord.kernel.clock import now
from accord.kernel.errors import Invalid

LONGEST_RESPONSE = 20_000  # characters; real ones have a tenth of it
VERIFIED = UserVerificationRequirement.REQUIRED
Challenge = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Party:
    """Who asks: the host name that passkeys are tied to, and the one address from which they may be used."""

    id: str
    origin: str


@dataclass(frozen=True, slots=True)
class Credential:
    id: bytes
    public_key: bytes
    signatures: int


def ask_to_enrol(
    party: Party, *, holder: bytes, username: str, name: str, known: Iterable[bytes]
) -> tuple[dict[str, Any], Challenge]:
    """What the browser needs to make a passkey, and the challenge to keep until it answers."""
    options, state = _server(party).register_begin(
        PublicKeyCredentialUserEntity(id=holder, name=username, display_name=name),
        [_descriptor(one) for one in known],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=VERIFIED,
    )
    return dict(options), _kept(state, "enrol")


def ask_to_prove(party: Party, *, known: Iterable[bytes] = ()) -> tuple[dict[str, Any], Challenge]:
    """What the browser needs to use a passkey; with none ``known`` it offers all it has for this host."""
    descriptors = [_descriptor(one) for one in known] or None
    options, state = _server(party).authenticate_begin(descriptors, user_verification=VERIFIED)
    return dict(options), _kept(state, "prove")


def enrolled(party: Party, challenge: Challenge | None, response: str) -> Credential:
    """The new passkey, once everything about the answer fits."""
    state = _good(challenge, "enrol")
    try:
        answer = RegistrationResponse.from_dict(json.loads(_short(response)))
        _demand(not answer.response.client_data.cross_origin)
        shown = _server(party).register_complete(state, answer)
        data = shown.credential_data
        if data is None or data.credential_id != answer.raw_id:
            raise ValueError
        _demand(data.public_key.ALGORITHM in CoseKey.supported_algorithms())
        return Credential(data.credential_id, cbor.encode(data.public_key), shown.counter)
    except Exception as error:  # whatever the library stumbles over is no passkey
        raise Invalid(_("The passkey could not be added. Try again.")) from error


def named_by(response: str) -> bytes:
    """The credential an answer claims to come from; empty where it names none."""
    try:
        return websafe_decode(str(json.loads(_short(response))["rawId"]))
    except (ValueError, KeyError, TypeError):
        return b""


def proven(party: Party, challenge: Challenge | None, response: str, credential: Credential, holder: bytes) -> int:
    """The passkey's new counter, once the answer proves that its holder is there; anything else raises Invalid."""
    state = _good(challenge, "prove")
    try:
        answer = AuthenticationResponse.from_dict(json.loads(_short(response)))
        _demand(not answer.response.client_data.cross_origin)
        _demand(answer.response.user_handle in {None, holder})
        key = CoseKey.parse(cast(Mapping[int, Any], cbor.decode(credential.public_key)))
        known = AttestedCredentialData.create(Aaguid.NONE, credential.id, key)
        _server(party).authenticate_complete(state, [known], answer)
        counter = int(answer.response.authenticator_data.counter)
        _demand(not is_counter_rolled_back(credential.signatures, counter))
    except Exception as error:  # whatever the library stumbles over is no proof
        raise not_proven() from error
    return counter


def not_proven() -> Invalid:
    return Invalid(_("The passkey was not accepted. Try again, or use another way."))


def _server(party: Party) -> Fido2Server:
    server = Fido2Server(
        PublicKeyCredentialRpEntity(id=party.id, name="Accord"), verify_origin=lambda origin: origin == party.origin
    )
    server.timeout = int(CHALLENGE_HOLDS.total_seconds() * 1000)  # type: ignore[assignment]  # inferred from None
    return server


def _descriptor(credential_id: bytes) -> PublicKeyCredentialDescriptor:
    return PublicKeyCredentialDescriptor(type=PublicKeyCredentialType.PUBLIC_KEY, id=credential_id)


def _kept(state: dict[str, Any], purpose: str) -> Challenge:
    return {**state, "purpose": purpose, "until": (now() + CHALLENGE_HOLDS).isoformat()}


def _good(challenge: Challenge | None, purpose: str) -> Challenge:
    if not challenge or challenge["purpose"] != purpose or now() >= datetime.fromisoformat(challenge["until"]):
        raise Invalid(_("That took too long. Try again."))
    return challenge


def _short(response: str) -> str:
    _demand(len(response) <= LONGEST_RESPONSE)
    return response


def _demand(fits: bool) -> None:
    if not fits:
        raise ValueError
