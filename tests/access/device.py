"""An authenticator in software: it holds keys, counts, knows its holder, and lies where a test tells it to."""

import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import CoseKey
from fido2.utils import sha256, websafe_decode, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

FLAG = AuthenticatorData.FLAG
ORIGIN = "http://localhost"
Options = dict[str, Any]


@dataclass
class Device:
    """``lies``: origin, rp, challenge, flags, counter, type, cross_origin, handle, key, public_key, rawId."""

    counter: int = 0
    keys: dict[bytes, ec.EllipticCurvePrivateKey] = field(default_factory=dict)
    holders: dict[bytes, bytes] = field(default_factory=dict)

    @property
    def credential(self) -> bytes:
        return next(iter(self.keys))

    def enrol(self, options: Options, **lies: Any) -> str:
        asked = options["publicKey"]
        credential, key = secrets.token_bytes(32), ec.generate_private_key(ec.SECP256R1())
        self.keys[credential], self.holders[credential] = key, websafe_decode(asked["user"]["id"])
        public = lies.get("public_key") or _public(key)
        data = AttestedCredentialData.create(Aaguid.NONE, credential, public)
        flags = lies.get("flags", FLAG.UP | FLAG.UV | FLAG.AT)
        shown = AuthenticatorData.create(
            sha256(lies.get("rp", asked["rp"]["id"]).encode()), flags, self.counter, data if flags & FLAG.AT else b""
        )
        client = _client(asked["challenge"], "webauthn.create", lies)
        attested = lies.get("attestation", AttestationObject.create("none", shown, {}))
        response = {"clientDataJSON": websafe_encode(client), "attestationObject": websafe_encode(attested)}
        return _written(lies.get("rawId", credential), response)

    def answer(self, options: Options, **lies: Any) -> str:
        asked, credential = options["publicKey"], lies.get("credential", self.credential)
        self.counter += 1
        shown = AuthenticatorData.create(
            sha256(lies.get("rp", asked["rpId"]).encode()),
            lies.get("flags", FLAG.UP | FLAG.UV),
            lies.get("counter", self.counter),
        )
        client = _client(asked["challenge"], "webauthn.get", lies)
        key = lies.get("key", self.keys[self.credential])
        response = {
            "clientDataJSON": websafe_encode(client),
            "authenticatorData": websafe_encode(shown),
            "signature": websafe_encode(key.sign(shown + client.hash, ec.ECDSA(SHA256()))),
            "userHandle": websafe_encode(lies.get("handle", self.holders[self.credential])),
        }
        return _written(credential, response)


def _public(key: ec.EllipticCurvePrivateKey) -> CoseKey:
    numbers = key.public_key().public_numbers()
    return CoseKey.parse({1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")})


def altered(written: str, **parts: Any) -> str:
    """An answer with other bytes in a part of it, as somebody on the way would put them there."""
    found = json.loads(written)
    found["response"] |= {name: websafe_encode(part) for name, part in parts.items()}
    return json.dumps(found)


def part(written: str, name: str) -> bytes:
    return websafe_decode(json.loads(written)["response"][name])


def _client(challenge: str, kind: str, lies: dict[str, Any]) -> CollectedClientData:
    return CollectedClientData.create(
        lies.get("type", kind), lies.get("challenge", challenge), lies.get("origin", ORIGIN),
        lies.get("cross_origin", False),
    )  # fmt: skip


def _written(credential: bytes, response: dict[str, str]) -> str:
    key = websafe_encode(credential)
    return json.dumps(
        {"id": key, "rawId": key, "type": "public-key", "clientExtensionResults": {}, "response": response}
    )
