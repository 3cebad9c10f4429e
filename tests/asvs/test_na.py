"""What Accord does not have. When one of these things comes, its test fails and what the standard asks of it counts."""

import ast
import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from accord.config.browser import UNUSED
from tests.architecture.source import PACKAGE, ROOT, Module, modules
from tests.security.addresses import every_address

LOCKED = {line.split("==")[0].lower() for line in (ROOT / "requirements.txt").read_text().splitlines() if "==" in line}
SCRIPTS = "\n".join(path.read_text() for path in (PACKAGE / "web" / "static").rglob("*.js"))
TEMPLATES = "\n".join(path.read_text() for path in PACKAGE.rglob("*.html"))
ADDRESSES = " ".join(every_address().values())


def imports(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


IMPORTED = sorted({name for module in modules() for name in imports(module)})


def found(pattern: str, *places: object) -> list[str]:
    texts = (text for place in places for text in ([place] if isinstance(place, str) else map(str, place)))  # type: ignore[call-overload]  # any collection of texts
    return [hit for text in texts for hit in re.findall(pattern, text, re.IGNORECASE)]


def test_there_is_something_to_look_at() -> None:
    assert found("^django$", LOCKED)
    assert found("argon2", LOCKED)
    assert found("addEventListener", SCRIPTS)
    assert found("sign-in", ADDRESSES)
    assert found("^hashlib$", IMPORTED)


def test_no_graphql() -> None:
    assert not found("graphql|graphene|strawberry|ariadne", LOCKED, IMPORTED, ADDRESSES)


def test_no_websocket() -> None:
    assert not found(r"^channels\b|daphne|websocket|socketio", LOCKED, IMPORTED)
    assert not found("WebSocket|EventSource|ws-connect|hx-ext", SCRIPTS, TEMPLATES)
    assert not hasattr(settings, "ASGI_APPLICATION")


def test_no_webrtc() -> None:
    assert not found("webrtc|aiortc|turnserver", LOCKED, IMPORTED)
    assert not found("RTCPeerConnection|getUserMedia|<video|<audio", SCRIPTS, TEMPLATES)
    assert {"camera", "microphone"} <= set(UNUSED)


def test_no_saml() -> None:
    assert not found("saml|xmlsec", LOCKED, IMPORTED, ADDRESSES)


def test_not_an_authorization_server() -> None:
    assert not found("oauth-toolkit|oauth2-provider|oidc-provider", LOCKED)
    assert not found(r"AuthorizationServer|oauth2\.rfc6749.*Grant|jose.*encode|jwt\.encode", IMPORTED, _sources())
    assert not found(r"\.well-known|/authorize|/oauth/token|/jwks|/introspect", ADDRESSES)


def test_not_an_openid_provider() -> None:
    test_not_an_authorization_server()
    assert not found("/userinfo|openid-configuration", ADDRESSES)


def test_no_access_token_of_others_is_accepted() -> None:
    """What a program shows is looked up here; what a provider signs is read by its sign-in alone."""
    assert _importing(r"^(joserfc|authlib|jwt)\b") == {
        f"accord.web.federation.{n}" for n in ("flow", "metadata", "tokens")
    }
    read = {module.name for module in modules() if re.search(r"headers(\.get\(|\[)\"Authorization\"", module.text)}
    assert read == {"accord.web.presence"}
    assert not found("introspect_token|resource_protector", IMPORTED)


def test_no_token_that_speaks_for_itself_is_issued() -> None:
    test_not_an_authorization_server()
    assert not found(r"django\.core\.signing|itsdangerous", IMPORTED)


def test_files_are_never_kept() -> None:
    kept = [
        field
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.FileField)
    ]
    assert not kept
    assert not found(r"default_storage|FileSystemStorage|zipfile|tarfile|\bPIL\b|shutil\.copyfileobj", IMPORTED)


def test_one_form_takes_a_file_and_only_its_fingerprint() -> None:
    taking = [m for m in modules() if re.search(r"forms\.(File|Image|MultipleFile)Field", m.text)]
    assert [module.name for module in taking] == ["accord.web.mandate.forms"]
    assert taking[0].text.count("FileField") == 1
    assert [m.name for m in modules() if "request.FILES" in m.text] == ["accord.web.mandate.versions"]


def test_no_spreadsheets() -> None:
    assert not found(r"^csv|openpyxl|xlsx|pyexcel|odf", LOCKED, IMPORTED)


def test_no_rich_text() -> None:
    assert not found("bleach|nh3|tinymce|ckeditor|quill|markdown(?!-it-py)", LOCKED, IMPORTED)
    assert not found("contenteditable", TEMPLATES, SCRIPTS)


def test_no_codes_by_telephone_mail_or_push() -> None:
    """The only mail is the link of an invitation, and one page alone sends it."""
    assert _importing(r"django\.core\.mail|smtplib|imaplib") == {"accord.web.accounts.mail"}
    assert _importing(r"accord\.web\.accounts\.mail") == {"accord.web.accounts.inviting"}
    assert not found("twilio|vonage|messagebird|phonenumbers|pywebpush|firebase|apns", LOCKED, IMPORTED)
    assert not found("PushManager|serviceWorker|Notification", SCRIPTS)


def test_no_certificates_of_clients() -> None:
    assert not found(r"SSL_CLIENT|X_CLIENT_CERT|CERT_REQUIRED|verify_mode", _sources())


def test_no_key_is_made_from_a_password() -> None:
    assert not found(r"pbkdf2|scrypt|hkdf_from_password|argon2\.low_level", IMPORTED, _sources())


INTERPRETERS = {
    "ldap": "ldap",
    "xml": r"xpath|lxml|^xml\b|xml\.|defusedxml|xmltodict|elementtree",
    "latex": "latex|pdftex",
    "jndi": "jndi|jpype|py4j",
    "memcache": r"memcache|pylibmc|redis|django\.core\.cache",
    "markup": r"xslt|markdown(?!-it-py)|bbcode|docutils|mistune",
}


@pytest.mark.parametrize("kind", INTERPRETERS)
def test_no_interpreter_of(kind: str) -> None:
    assert not found(INTERPRETERS[kind], LOCKED, IMPORTED)


def _importing(pattern: str) -> set[str]:
    return {module.name for module in modules() if found(pattern, list(imports(module)))}


def _sources() -> list[str]:
    return [module.text for module in modules()]
