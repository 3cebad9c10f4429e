"""Which identity providers the mission trusts: one file, checked before anybody relies on it."""

import logging
import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import get_language
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from accord.kernel.text import localised

logger = logging.getLogger(__name__)
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
Words = Annotated[dict[str, str], Field(min_length=1)]


class Broken(Exception):
    """The file cannot be relied on; the message names the provider, the field and what to do."""


def is_guarded(address: str) -> bool:
    """Encrypted on its way, or never leaving this machine."""
    parts = urlsplit(address)
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK))


def _issuer(value: str) -> str:
    if not is_guarded(value) or urlsplit(value).query or urlsplit(value).fragment:
        raise ValueError("begins with https:// and has neither query nor fragment")
    return value


def _scopes(value: tuple[str, ...]) -> tuple[str, ...]:
    if "openid" not in value:
        raise ValueError("name openid among them")
    return value


class Provider(BaseModel):
    """``code`` stands in addresses and sessions; ``sides`` says whose accounts its word opens.

    ``self_linking`` lets people link their own identity; otherwise only an administrator enters it at the invitation.
    ``contact`` says whom to ask, to a person whom nobody here knows.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    name: Words
    issuer: Annotated[str, Field(max_length=300), AfterValidator(_issuer)]
    client_id: Annotated[str, Field(min_length=1)]
    client_secret: Annotated[str, Field(min_length=16, repr=False)]
    scopes: Annotated[tuple[str, ...], AfterValidator(_scopes)] = ("openid",)
    sides: Annotated[frozenset[Literal["mission", "host", "partner"]], Field(min_length=1)] = frozenset(
        {"mission", "host", "partner"}
    )
    self_linking: bool = True
    contact: dict[str, str] = {}

    @property
    def method(self) -> str:
        """How a session says that its holder came in this way."""
        return f"oidc:{self.code}"

    @property
    def shown_name(self) -> str:
        return localised(self.name, get_language() or "en")

    @property
    def shown_contact(self) -> str:
        return localised(self.contact, get_language() or "en")


def read(path: Path, secrets: Mapping[str, str]) -> dict[str, Provider]:
    """The providers by code, none where there is no file; Broken when one of them does not hold."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as trouble:
        raise Broken(f"{path}: {trouble}") from trouble
    found = {code: _provider(path, code, table, secrets) for code, table in tables.items()}
    issuers = [provider.issuer for provider in found.values()]
    if len(issuers) != len(set(issuers)):
        raise Broken(f"{path}: two providers have the same issuer; keep one of them")
    return found


def _provider(path: Path, code: str, table: Any, secrets: Mapping[str, str]) -> Provider:
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,14}", code):
        raise Broken(f"{path}: [{code}]: a code has up to 15 small letters, digits and hyphens")
    if not isinstance(table, dict):
        raise Broken(f"{path}: {code}: every provider is a table of its own: [{code}]")
    fields = {name: value for name, value in table.items() if name != "client_secret_file"}
    if {"code", "client_secret"} & fields.keys():
        raise Broken(f"{path}: [{code}]: no client_secret in this file: name its file in client_secret_file")
    try:
        secret = _secret(path, code, table.get("client_secret_file"), secrets)
        return Provider.model_validate({**fields, "code": code, "client_secret": secret})
    except OSError as trouble:
        raise Broken(f"{path}: [{code}]: client_secret_file: {trouble}") from trouble
    except ValidationError as trouble:
        first = trouble.errors(include_input=False, include_url=False)[0]
        raise Broken(f"{path}: [{code}]: {'.'.join(map(str, first['loc']))}: {first['msg']}") from trouble


def _secret(path: Path, code: str, file: Any, secrets: Mapping[str, str]) -> str:
    if isinstance(file, str):
        return (path.parent / file).read_text(encoding="utf-8").strip()
    name = code.upper().replace("-", "_")
    if name not in secrets:
        raise Broken(f"{path}: [{code}]: name client_secret_file, or set ACCORD_CLIENT_SECRET_{name}")
    return secrets[name]


def providers() -> dict[str, Provider]:
    """Those of this installation. A broken file opens no door: the log and ``accord check`` say why."""
    path: Path = settings.IDENTITY_PROVIDERS
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        return {}
    return _kept(path, changed)


@lru_cache(maxsize=1)
def _kept(path: Path, _changed: int) -> dict[str, Provider]:
    try:
        return read(path, settings.CLIENT_SECRETS)
    except Broken as trouble:
        logger.error("Nobody can sign in by an identity provider: %s", trouble)  # noqa: TRY400 - the words are enough
        return {}
