"""An identity provider of our own that can be made to misbehave, on loopback, and tokens honest or forged."""

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jws
from joserfc.jwk import ECKey, Key, RSAKey

OURS = RSAKey.generate_key(2048, {"kid": "ours"})
NEXT = RSAKey.generate_key(2048, {"kid": "next"})
CURVE = ECKey.generate_key("P-256", {"kid": "curve"})
FORGED = RSAKey.generate_key(2048, {"kid": "ours"})
FORGED_CURVE = ECKey.generate_key("P-256", {"kid": "ours"})

Claims = dict[str, Any]


@dataclass
class House:
    """``answers`` replaces what a path gives: a dict as JSON, bytes as they are, a number as a bare status."""

    issuer: str = ""
    keys: list[Key] = field(default_factory=lambda: [OURS, CURVE])
    discovery: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    delays: dict[str, float] = field(default_factory=dict)
    called: list[str] = field(default_factory=list)
    sent: dict[str, str] = field(default_factory=dict)

    def answer(self, path: str) -> Any:
        if path in self.answers:
            return self.answers[path]
        if path == "/.well-known/openid-configuration":
            return {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "userinfo_endpoint": f"{self.issuer}/userinfo",
                "id_token_signing_alg_values_supported": ["RS256", "ES256", "HS256", "none"],
                **self.discovery,
            }
        if path == "/keys":
            return {"keys": [key.as_dict(private=False) for key in self.keys]}
        return 404

    def claims(self, nonce: str, /, **changes: Any) -> Claims:
        """Of an honest ID token, with changes; a claim changed to None is left out."""
        now = int(time.time())
        honest = {"iss": self.issuer, "sub": "one", "aud": "accord", "iat": now, "exp": now + 300, "nonce": nonce}
        return {name: value for name, value in {**honest, **changes}.items() if value is not None}

    def grants(self, id_token: Any) -> None:
        """From now on the token endpoint answers with this ID token."""
        self.answers["/token"] = {"access_token": "an access token", "token_type": "Bearer", "id_token": id_token}


def signed(claims: Claims, key: Key = OURS, algorithm: str = "RS256", /, **header: Any) -> str:
    given = {"alg": algorithm, "kid": key.kid, **header}
    registry = _Anything(algorithms=[algorithm], strict_check_header=False)
    kept = {name: value for name, value in given.items() if value is not None}
    return jws.serialize_compact(kept, json.dumps(claims), key, registry=registry)


class _Anything(jws.JWSRegistry):
    """Signs whatever header a forger likes."""

    max_header_length = 10_000

    def check_header(self, header: dict[str, Any]) -> None:
        """Nothing is refused here."""


def unsigned(claims: Claims, algorithm: str) -> str:
    return f"{_part({'alg': algorithm})}.{_part(claims)}."


def confused(claims: Claims, secret: bytes) -> str:
    """Signed with a secret that everybody knows, in the hope that it is taken for the key."""
    body = f"{_part({'alg': 'HS256', 'kid': 'ours'})}.{_part(claims)}"
    return f"{body}.{_text(hmac.digest(secret, body.encode(), hashlib.sha256))}"


def altered(compact: str, claims: Claims) -> str:
    """Another content under an honest signature."""
    header, _payload, signature = compact.split(".")
    return f"{header}.{_part(claims)}.{signature}"


def _part(value: Claims) -> str:
    return _text(json.dumps(value).encode())


def _text(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


@contextmanager
def open_house() -> Iterator[House]:
    house = House()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._reply()

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            house.sent = {name: values[0] for name, values in parse_qs(body).items()}
            self._reply()

        def _reply(self) -> None:
            path = urlsplit(self.path).path
            house.called.append(path)
            time.sleep(house.delays.get(path, 0))
            found = house.answer(path)
            status = found if isinstance(found, int) else 400 if isinstance(found, dict) and "error" in found else 200
            body = b"" if isinstance(found, int) else found if isinstance(found, bytes) else json.dumps(found).encode()
            try:
                self.send_response(status)
                for name, value in {"content-length": str(len(body)), **house.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                self.close_connection = True  # whoever asked has given up, as he should

        def log_message(self, *_arguments: Any) -> None:
            """Quietly."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        house.issuer = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield house
        finally:
            server.shutdown()
            thread.join()
