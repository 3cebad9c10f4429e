"""S3c: nothing that can be read in the database signs anybody in."""

import base64
from collections.abc import Iterator

import pyotp
import pytest
from django.conf import settings
from django.db import connection

from accord.access import services
from accord.access.models import Account, Invitation, Session, Token
from accord.access.queries import bearer, invited, scopes_of, secret_to_confirm
from accord.access.services import Code
from accord.config.postgres.server import SUPERUSER
from accord.kernel.actor import system
from accord.kernel.clock import now, today
from accord.kernel.errors import Invalid, NotFound
from tests.access.conftest import PASSWORD, acting, browser, is_in, signed_in, with_passkey, with_password
from tests.owner import as_owner

# Not Django's own lists, which are the same in every installation and published with its source.
TABLES = """
SELECT oid::regclass::text FROM pg_class
 WHERE relkind = 'r' AND relnamespace = ANY ('{public,wall}'::regnamespace[]) AND has_table_privilege(oid, 'SELECT')
   AND relname NOT IN ('auth_permission', 'django_content_type', 'django_migrations')
"""


def readable() -> set[str]:
    """Every text, number and string of bytes in every table the application may read, bytes also as base64 and base32.

    It is read as the software, which sees more than anybody: here nothing lies in a compartment.
    """
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        tables = [table for (table,) in cursor.fetchall()]
    return {word for table in tables for row in rows(table) for value in row for word in words_of(value)}


def rows(table: str) -> list[tuple[object, ...]]:
    every = f"SELECT * FROM {table}"  # noqa: S608 - a name from the catalogue
    with connection.cursor() as cursor:
        cursor.execute(every)
        found: list[tuple[object, ...]] = cursor.fetchall()
        with as_owner(SUPERUSER):
            cursor.execute(every)
            assert len(cursor.fetchall()) == len(found), table
    return found


def words_of(value: object) -> Iterator[str]:
    if isinstance(value, bytes | memoryview):
        raw = bytes(value)
        yield from (raw.decode("latin-1"), raw.hex(), base64.urlsafe_b64encode(raw).decode())
        yield base64.b32encode(raw).decode()
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from words_of(one)
    elif value is not None:
        yield str(value)


@pytest.fixture
def furnished(somebody: Account) -> Account:
    """An account with everything: sessions, a passkey, a code app, recovery codes, a token; and somebody invited."""
    actor = acting(somebody)
    services.prepare_code_app(actor=actor)
    app = pyotp.TOTP(secret_to_confirm(actor))
    services.confirm_code_app(actor=actor, code=app.at(now()))
    with_passkey(somebody)
    services.renew_recovery_codes(actor=actor)
    services.create_token(actor=actor, name="Diary", scopes=[next(iter(scopes_of(actor))).value], last_day=today())
    services.invite(actor=system("tests"), username="two", name="Two (fictional)")
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


def test_readable_words_are_no_token_and_no_invitation(furnished: Account) -> None:
    for word in readable():
        assert bearer(word) is None
        with pytest.raises(NotFound):
            invited(word)
    token, link = Token.objects.get(), Invitation.objects.get()
    client = browser()
    for word in (token.digest, f"accord_{token.digest}", str(token.pk)):
        assert client.get("/account/", headers={"Authorization": f"Bearer {word}"}).status_code == 401
    for word in (link.digest, str(link.pk)):
        assert client.get(f"/invitation/{word}/").status_code == 404


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
