"""S3c: nothing that can be read in the database signs anybody in."""

import base64

import pyotp
import pytest
from django.apps import apps
from django.conf import settings

from accord.access import services
from accord.access.models import Account, Session
from accord.access.queries import secret_to_confirm
from accord.access.services import Code
from accord.kernel.clock import now
from accord.kernel.errors import Invalid
from tests.access.conftest import PASSWORD, acting, browser, is_in, signed_in, with_passkey, with_password


def readable() -> set[str]:
    """Every text, number and string of bytes in every table, bytes also as base64 and base32."""
    found: set[str] = set()
    for model in apps.get_models():
        for row in model._default_manager.values_list():
            for value in row:
                if isinstance(value, bytes | memoryview):
                    raw = bytes(value)
                    found |= {raw.decode("latin-1"), raw.hex(), base64.urlsafe_b64encode(raw).decode()}
                    found.add(base64.b32encode(raw).decode())
                elif isinstance(value, dict | list):
                    found |= {str(one) for one in (value.values() if isinstance(value, dict) else value)}
                elif value is not None:
                    found.add(str(value))
    return found


@pytest.fixture
def furnished(somebody: Account) -> Account:
    """An account with everything: sessions, a passkey, a code app, recovery codes."""
    actor = acting(somebody)
    services.prepare_code_app(actor=actor)
    app = pyotp.TOTP(secret_to_confirm(actor))
    services.confirm_code_app(actor=actor, code=app.at(now()))
    with_passkey(somebody)
    services.renew_recovery_codes(actor=actor)
    assert is_in(signed_in(somebody))
    assert with_password(browser()) == 200  # one that waits for the second step
    return somebody


def test_readable_words_open_no_session(furnished: Account) -> None:
    words = readable()
    assert Session.objects.get(account=furnished).digest in words
    client = browser()
    for word in words:
        client.cookies[settings.SESSION_COOKIE_NAME] = word.encode("ascii", "ignore").decode().replace("\n", "")
        assert not is_in(client), word


def test_readable_words_are_no_code_and_no_password(furnished: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accord.access.services.tries.TRIES", 10**6)
    monkeypatch.setattr("accord.access.services.tries.TRIES_OF_A_NETWORK", 10**6)
    actor, words = acting(furnished), readable()
    for word in words:
        with pytest.raises(Invalid):
            services.enter(actor=actor, proof=Code(word))
        assert with_password(browser(), "one", word[:200] or "-") == 422
    assert PASSWORD not in words


def test_readable_words_are_no_seed_of_the_code_app(furnished: Account) -> None:
    actor, tried = acting(furnished), 0
    for word in readable():
        try:
            code = pyotp.TOTP(word).at(now())
        except (ValueError, UnicodeEncodeError):
            continue  # no seed at all
        tried += 1
        with pytest.raises(Invalid):
            services.sign_in(actor=actor, proof=Code(code))
    assert tried
