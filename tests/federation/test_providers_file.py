"""The file of identity providers: what it may say, and that a broken one opens no door but is told of."""

import json
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from accord.config import postgres
from accord.config.cli import main
from accord.web.federation.providers import Broken, providers, read
from tests.federation.conftest import Configure

SECRETS = {"HOME": "a-secret-from-the-environment"}
HOME = 'name = { en = "Home" }\nissuer = "https://id.example.org"\nclient_id = "accord"\n'


def written(folder: Path, text: str) -> Path:
    file = folder / "identity-providers.toml"
    file.write_text(text)
    return file


def test_says_what_it_says(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("a-secret-from-a-file\n")
    other_house = HOME.replace("https://id.example.org", "http://localhost:1")
    text = f'[home]\n{HOME}[other]\nclient_secret_file = "secret"\n{other_house}'
    found = read(written(tmp_path, text), SECRETS)
    assert list(found) == ["home", "other"]
    home, other = found.values()
    assert (home.client_secret, other.client_secret) == (SECRETS["HOME"], "a-secret-from-a-file")
    assert (home.method, home.scopes, home.self_linking) == ("oidc:home", ("openid",), True)
    assert home.sides == {"mission", "host", "partner"}
    assert SECRETS["HOME"] not in repr(home)


def test_no_file_is_no_provider(tmp_path: Path) -> None:
    assert read(tmp_path / "absent.toml", {}) == {}


BROKEN = {
    "no TOML": ("[home", "identity-providers.toml"),
    "no table": ('home = "https://id.example.org"', "[home]"),
    "code in capitals": (f"[Home]\n{HOME}", "a code has"),
    "code too long for a session": (f"[h{'o' * 15}]\n{HOME}", "a code has"),
    "issuer unencrypted": (f"[home]\n{HOME}".replace("https:", "http:"), "issuer"),
    "issuer with a query": (f"[home]\n{HOME}".replace("example.org", "example.org/?a=1"), "issuer"),
    "no issuer": ('[home]\nname = { en = "Home" }\nclient_id = "accord"\n', "issuer"),
    "no name": (f"[home]\n{HOME}".replace('{ en = "Home" }', "{}"), "name"),
    "no client": (f"[home]\n{HOME}".replace('"accord"', '""'), "client_id"),
    "no openid": (f'[home]\n{HOME}scopes = ["profile"]\n', "openid"),
    "unknown side": (f'[home]\n{HOME}sides = ["everybody"]\n', "sides"),
    "nobody's side": (f"[home]\n{HOME}sides = []\n", "sides"),
    "a word that does not exist": (f"[home]\n{HOME}link_by_email = true\n", "link_by_email"),
    "secret in the file": (f'[home]\n{HOME}client_secret = "not-here-not-here"\n', "client_secret_file"),
    "secret file absent": (f'[home]\n{HOME}client_secret_file = "absent"\n', "absent"),
    "no secret": (f"[other]\n{HOME}", "ACCORD_CLIENT_SECRET_OTHER"),
    "one issuer twice": (f"[home]\n{HOME}[home-b]\n{HOME}", "same issuer"),
}


@pytest.mark.parametrize(("text", "told"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_refused_with_place_and_reason(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(Broken) as caught:
        read(written(tmp_path, text), {**SECRETS, "HOME_B": "another-secret-from-there"})
    assert told in str(caught.value)
    assert "secret-from" not in str(caught.value)


def test_a_short_secret_is_refused_without_being_told(tmp_path: Path) -> None:
    with pytest.raises(Broken) as caught:
        read(written(tmp_path, f"[home]\n{HOME}"), {"HOME": "hunter2"})
    assert "hunter2" not in str(caught.value)


@pytest.mark.django_db
def test_check_tells_of_a_broken_file_and_the_pages_go_on(
    tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "ensure_running", lambda: None)
    settings.IDENTITY_PROVIDERS = written(tmp_path, "[home")
    assert main(["check", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [one["check"] for one in found if "identity-providers.toml" in one["message"]] == ["identity providers"]
    page = Client().get("/sign-in/")
    assert page.status_code == 200
    assert "Sign in with" not in page.content.decode()


@pytest.mark.django_db
def test_without_providers_nothing_shows(settings: Settings, tmp_path: Path) -> None:
    settings.IDENTITY_PROVIDERS = tmp_path / "absent.toml"
    assert "Sign in with" not in Client().get("/sign-in/").content.decode()
    assert Client().get("/sign-in/with/home/").status_code == 404


def test_a_change_counts_at_once(configured: Configure) -> None:
    configured(home="http://127.0.0.1:1")
    assert list(providers()) == ["home"]
    configured(other="http://127.0.0.1:1")
    assert list(providers()) == ["other"]
