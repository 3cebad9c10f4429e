"""What a provider says about itself, and its keys, kept for a while in this process."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from requests import RequestException

from accord.kernel.clock import now
from accord.web.federation.errors import Unreachable
from accord.web.federation.outbound import fetched
from accord.web.federation.providers import Provider, is_guarded

T = TypeVar("T")
KEPT = timedelta(hours=1)
# Anybody can send us a token that names an unknown key; the provider is not asked more often because of it.
PATIENCE = timedelta(seconds=20)
# Whoever did not answer is not asked again at once: waiting for it would keep others from their pages.
RESPITE = timedelta(seconds=5)
# Signatures that only the provider can make: no shared secret, no "none".
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")


@dataclass(frozen=True, slots=True)
class Metadata:
    """``names_itself`` promises that every answer says who answers (RFC 9207)."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str
    algorithms: tuple[str, ...]
    client_authentication: str
    names_itself: bool


_metadata: dict[str, tuple[datetime, Metadata]] = {}
_keys: dict[str, tuple[datetime, KeySet]] = {}
_failed: dict[str, datetime] = {}


def metadata_of(provider: Provider) -> Metadata:
    kept = _metadata.get(provider.issuer)
    if kept is None or now() - kept[0] > KEPT:
        address = f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration"
        kept = _metadata[provider.issuer] = (now(), _asked(address, lambda said: _judged(provider, said)))
    return kept[1]


def keys_of(provider: Provider, *, afresh: bool = False) -> KeySet:
    """The provider's keys; ``afresh`` when a token names one that is not among them."""
    kept = _keys.get(provider.issuer)
    if kept is None or now() - kept[0] > (PATIENCE if afresh else KEPT):
        address = metadata_of(provider).jwks_uri
        kept = _keys[provider.issuer] = (now(), _asked(address, KeySet.import_key_set))
    return kept[1]


def forget() -> None:
    """As a process that has just started."""
    _metadata.clear()
    _keys.clear()
    _failed.clear()


def _asked(address: str, understood: Callable[[Any], T]) -> T:
    if address in _failed and now() - _failed[address] < RESPITE:
        raise Unreachable("failed a moment ago")
    try:
        return understood(fetched(address))
    except (RequestException, JoseError, ValueError, TypeError, KeyError, AttributeError) as trouble:
        _failed[address] = now()
        raise Unreachable(f"discovery or keys: {type(trouble).__name__}") from trouble


def _judged(provider: Provider, said: dict[str, Any]) -> Metadata:
    if said.get("issuer") != provider.issuer:
        raise Unreachable("discovery document of another issuer")
    endpoints = {
        name: _endpoint(provider, said, name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")
    }
    offered = said.get("id_token_signing_alg_values_supported", ["RS256"])
    algorithms = tuple(name for name in ALGORITHMS if name in offered)
    if not algorithms:
        raise Unreachable("signs with no algorithm that is accepted here")
    ways = said.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    return Metadata(
        **endpoints,
        userinfo_endpoint=_endpoint(provider, said, "userinfo_endpoint") if said.get("userinfo_endpoint") else "",
        algorithms=algorithms,
        client_authentication="client_secret_basic" if "client_secret_basic" in ways else "client_secret_post",
        names_itself=said.get("authorization_response_iss_parameter_supported") is True,
    )


def _endpoint(provider: Provider, said: dict[str, Any], name: str) -> str:
    """Never unencrypted, except where the issuer itself is on this machine."""
    address = said.get(name)
    if not isinstance(address, str) or not is_guarded(address):
        raise Unreachable(f"{name} missing or unencrypted")
    if provider.issuer.startswith("https://") and not address.startswith("https://"):
        raise Unreachable(f"{name} unencrypted")
    return address
