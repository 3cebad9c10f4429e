"""The stage, built once for each module and undone at its end."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from pytest_django import DjangoDbBlocker

from accord.kernel.actor import Actor
from accord.web import pages, presence
from tests.authz_writes.stage import standing_stage
from tests.authz_writes.things import ISSUER, furnish
from tests.authz_writes.tries import Matrix

PROVIDER = f"""[home]
name = {{ en = "Home", ar = "الدار" }}
issuer = "{ISSUER}"
client_id = "accord"
client_secret_file = "secret"
"""


@pytest.fixture(scope="module")
def matrix_once(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Matrix]:
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(settings, "IDENTITY_PROVIDERS", _provider(tmp_path_factory.mktemp("provider")))
        with standing_stage() as stage:
            furnish(stage)
            yield Matrix(stage)
        transaction.set_rollback(True)


@pytest.fixture
def live(matrix_once: Matrix, db: None) -> Matrix:
    """As it is: what one request changes, the next one meets."""
    return matrix_once


@pytest.fixture
def matrix(live: Matrix, monkeypatch: pytest.MonkeyPatch) -> Matrix:
    """For tries that each begin from the same state: who is there is found out once for each browser."""

    def who_is_here(request: HttpRequest) -> Actor:
        browser = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        if presence.bears_token(request):
            return presence.who_is_here(request)
        if browser not in live.known:
            live.known[browser] = presence.who_is_here(request)
        return live.known[browser]

    monkeypatch.setattr(pages, "who_is_here", who_is_here)
    return live


def _provider(folder: Path) -> Path:
    (folder / "secret").write_text("a-client-secret-of-the-tests\n")
    file = folder / "providers.toml"
    file.write_text(PROVIDER)
    return file
