"""To the provider and back: authorization code with PKCE, bound to this browser by state and to this try by nonce."""

import secrets
from dataclasses import asdict, dataclass
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from django.http import HttpRequest, QueryDict
from requests import RequestException

from accord.kernel.clock import now
from accord.web.federation.errors import Declined, Unfit, Unreachable
from accord.web.federation.metadata import Metadata, metadata_of
from accord.web.federation.outbound import fetched, guarded
from accord.web.federation.providers import Provider
from accord.web.federation.tokens import Identity, identity_in

TRIES_KEY = "federation"
TRIES = 5  # at once in one browser: several tabs, not a heap
TOKEN_ERRORS = {"invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type"}
GOOD_FOR = 600  # seconds that a person may take at the provider


@dataclass(frozen=True, slots=True)
class Try:
    """One way to the provider. ``account`` is the key of who links, empty when somebody signs in."""

    provider: str
    nonce: str
    verifier: str
    returning: str
    onward: str
    account: str
    begun: int


def begin(request: HttpRequest, provider: Provider, *, returning: str, onward: str = "", account: str = "") -> str:
    """The address at the provider to go to; ``returning`` is ours, and has to be the same to the letter later."""
    metadata = metadata_of(provider)
    state = secrets.token_urlsafe(32)
    started = Try(
        provider.code, secrets.token_urlsafe(32), secrets.token_urlsafe(64), returning, onward, account,
        int(now().timestamp()),
    )  # fmt: skip
    underway = list(request.session.get(TRIES_KEY, {}).items())
    request.session[TRIES_KEY] = dict([*underway[1 - TRIES :], (state, asdict(started))])
    # Who links an identity for good proves it now, not by a sign-in that somebody left open at the provider.
    proof = {"prompt": "login"} if account else {}
    with _client(provider, metadata, returning) as client:
        address, _state = client.create_authorization_url(
            metadata.authorization_endpoint, state=state, nonce=started.nonce, code_verifier=started.verifier, **proof
        )
    return str(address)


def take(request: HttpRequest, provider: Provider) -> Try:
    """The try that this answer belongs to; it is used up, whatever the answer says."""
    underway = request.session.get(TRIES_KEY, {})
    kept = underway.pop(_one(request.GET, "state"), None)
    request.session[TRIES_KEY] = underway
    if kept is None:
        raise Unfit("state unknown in this browser")
    found = Try(**kept)
    if found.provider != provider.code:
        raise Unfit("state of a try at another provider")
    if int(now().timestamp()) - found.begun > GOOD_FOR:
        raise Unfit("the try took too long")
    return found


def complete(provider: Provider, started: Try, answer: QueryDict) -> Identity:
    """Who came back, from the answer in the address."""
    metadata = metadata_of(provider)
    named = _one(answer, "iss")
    if named != provider.issuer and (named or metadata.names_itself):
        raise Unfit("answer of another issuer")
    if "error" in answer:
        raise Declined("the provider answers with an error")
    code = _one(answer, "code")
    if not code:
        raise Unfit("no code")
    try:
        with _client(provider, metadata, started.returning) as client:
            found = client.fetch_token(
                metadata.token_endpoint,
                grant_type="authorization_code",
                code=code,
                code_verifier=started.verifier,
            )
    except AuthlibBaseError as trouble:
        raise Unfit(f"token endpoint: {trouble.error if trouble.error in TOKEN_ERRORS else 'an error'}") from trouble
    except (RequestException, ValueError, RecursionError) as trouble:
        raise Unreachable(f"token endpoint: {type(trouble).__name__}") from trouble
    return identity_in(provider, found, started.nonce)


def name_of(provider: Provider, identity: Identity) -> str:
    """How the provider calls its person, to be recognised by him; the bare subject where it does not tell."""
    address = metadata_of(provider).userinfo_endpoint
    if not address or not identity.access_token:
        return identity.subject
    try:
        said = fetched(address, bearer=identity.access_token)
    except RequestException as trouble:
        raise Unreachable(f"userinfo: {type(trouble).__name__}") from trouble
    if said.get("sub") != identity.subject:
        raise Unfit("userinfo of another subject")
    told = [said.get(claim) for claim in ("preferred_username", "name", "email")]
    return next((name[:200] for name in told if isinstance(name, str) and name.isprintable()), identity.subject)


def _client(provider: Provider, metadata: Metadata, returning: str) -> Any:
    client = OAuth2Session(
        provider.client_id,
        provider.client_secret,
        token_endpoint_auth_method=metadata.client_authentication,
        scope=" ".join(provider.scopes),
        redirect_uri=returning,
        code_challenge_method="S256",
    )
    guarded(client)
    return client


def _one(query: QueryDict, name: str) -> str:
    """A parameter that may come once: two of them are two readings of one answer."""
    values = query.getlist(name)
    if len(values) > 1:
        raise Unfit(f"{name} given twice")
    return str(values[0]) if values else ""
