"""What a provider signs: who signed in, and who is to be signed out. Nothing here is believed before it is checked."""

from dataclasses import dataclass
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import ClaimError, InvalidKeyIdError, JoseError
from joserfc.jws import JWSRegistry

from accord.kernel.clock import now
from accord.web.federation.errors import Unfit
from accord.web.federation.metadata import keys_of, metadata_of
from accord.web.federation.providers import Provider

LEEWAY = 60  # seconds that clocks may differ
LONGEST = 255  # characters of a subject (OpenID Connect Core, section 2)
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"
MALFORMED = (JoseError, ValueError, TypeError, KeyError, AttributeError, RecursionError)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is, there. ``access_token`` may read no more than his name."""

    issuer: str
    subject: str
    access_token: str


@dataclass(frozen=True, slots=True)
class Logout:
    """``order`` is the identifier of the token, good once."""

    issuer: str
    subject: str
    order: str


def identity_in(provider: Provider, answer: dict[str, Any], nonce: str) -> Identity:
    """The identity in the answer of the token endpoint (OpenID Connect Core, section 3.1.3.7)."""
    access_token = answer.get("access_token")
    try:
        token = _opened(provider, answer.get("id_token"))
        claims = CodeIDToken(
            token.claims,
            token.header,
            _expected(provider, nonce={"essential": True, "value": nonce}),
            {"nonce": nonce, "client_id": provider.client_id, "access_token": access_token},
        )
        claims.validate(now=int(now().timestamp()), leeway=LEEWAY)
    except MALFORMED as trouble:
        raise Unfit(f"id token: {_said(trouble)}") from trouble
    return Identity(provider.issuer, _plain(claims["sub"]), access_token if isinstance(access_token, str) else "")


def logout_in(provider: Provider, compact: str) -> Logout:
    """The order in a logout token (OpenID Connect Back-Channel Logout, section 2.6); it must name the subject."""
    try:
        token = _opened(provider, compact)
        expected = _expected(provider, jti={"essential": True}, events={"essential": True})
        jwt.JWTClaimsRegistry(int(now().timestamp()), LEEWAY, **expected).validate(token.claims)
    except MALFORMED as trouble:
        raise Unfit(f"logout token: {_said(trouble)}") from trouble
    events = token.claims["events"]
    if not isinstance(events, dict) or not isinstance(events.get(LOGOUT_EVENT), dict):
        raise Unfit("logout token: it does not order a logout")
    if "nonce" in token.claims or str(token.header.get("typ", "JWT")).lower() not in {"jwt", "logout+jwt"}:
        raise Unfit("logout token: it is a token of another kind")
    return Logout(provider.issuer, _plain(token.claims["sub"]), _plain(token.claims["jti"]))


def _opened(provider: Provider, compact: Any) -> jwt.Token:
    """What the token says, its signature verified with the provider's own keys; addresses of keys in it are ignored."""
    if not isinstance(compact, str):
        raise Unfit("no token")
    registry = JWSRegistry(algorithms=metadata_of(provider).algorithms, strict_check_header=False)
    try:
        return jwt.decode(compact, keys_of(provider), registry=registry)
    except InvalidKeyIdError:
        return jwt.decode(compact, keys_of(provider, afresh=True), registry=registry)


def _expected(provider: Provider, **more: jwt.ClaimsOption) -> dict[str, jwt.ClaimsOption]:
    return {
        "iss": {"essential": True, "value": provider.issuer},
        "aud": {"essential": True, "value": provider.client_id},
        "sub": {"essential": True},
        "exp": {"essential": True},
        "iat": {"essential": True},
        **more,
    }


def _plain(value: Any) -> str:
    """A name as the database can keep it and a person can read it."""
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST or not value.isprintable():
        raise Unfit("a subject or identifier that no provider would choose")
    return value


def _said(trouble: Exception) -> str:
    """For the log: the kind of trouble and the claim, which are the library's words, but nothing that was sent."""
    kind = type(trouble).__name__
    return f"{kind} {trouble.claim}" if isinstance(trouble, ClaimError) else kind
