"""The register as it stands: complete, in the closed lists, and on its pages."""

import json

import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import isolate_apps

from accord.access.models import Account
from accord.config import postgres, privacy
from accord.config.cli import main
from accord.config.cli.exits import Exit
from accord.kernel.privacy import Erase, Keep, Kind, Purpose, Register
from accord.people.models import Person
from tests.architecture.source import ROOT
from tests.owner import as_owner

HELD = privacy.holdings()


@pytest.fixture
def _database_of_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "ensure_running", lambda: None)


@pytest.mark.django_db
def test_every_field_of_every_table_is_classified() -> None:
    assert not list(privacy.problems())


@isolate_apps("accord.people")
def test_a_model_nobody_classified_is_found() -> None:
    class Visitor(models.Model):
        name = models.CharField(max_length=20)

        class Meta:
            app_label = "people"

        def __str__(self) -> str:
            return self.name

    found = list(privacy.REGISTER.problems(privacy.all_tables() | privacy.tables([Visitor])))
    assert len(found) == 1
    assert "people.Visitor is not in the register" in found[0]


def test_every_part_of_the_register_is_needed() -> None:
    """Take any table's part away, and its own fields are missed."""
    tables = privacy.all_tables()
    for one in privacy.REGISTER.held:
        rest = Register(
            tuple(other for other in privacy.REGISTER.held if other is not one),
            privacy.REGISTER.common,
            privacy.REGISTER.following,
        )
        assert list(rest.problems(tables)), one


def test_rules_come_from_the_closed_lists_and_say_what_is_kept() -> None:
    for one in HELD:
        if one.rule:
            assert isinstance(one.rule.purpose, Purpose)
            assert isinstance(one.rule.keep, Keep)
            assert isinstance(one.rule.erase, Erase)
            assert one.what
            assert any(kind.is_personal for _name, kind in one.pairs), f"{one.table} has a rule for nothing"
        assert all(isinstance(kind, Kind) for kind in one.fields)


def test_what_leads_to_a_person_is_never_passed_as_harmless() -> None:
    kinds = {(one.table, name): kind for one in HELD for name, kind in one.pairs}
    ways = [
        (model._meta.label, field.name)
        for model in apps.get_models()
        for field in model._meta.local_fields
        if field.related_model in {Account, Person}
    ]
    assert len(ways) > 10
    assert not [way for way in ways if not kinds[way].is_personal]


def test_secrets_are_credentials() -> None:
    secret = ("password", "digest", "seed", "public_key", "session_key")
    kinds = {
        name: kind
        for one in HELD
        for name, kind in one.pairs
        if one.table.startswith(("access.", "sessions.")) and any(word in name for word in secret)
    }
    assert len(kinds) >= 4
    assert set(kinds.values()) == {Kind.CREDENTIAL}


def test_the_written_register_names_every_table_that_holds_something_of_persons() -> None:
    page = (ROOT / "docs" / "generated" / "personal-data.md").read_text()
    about_persons = page.split("## Nothing about people")[0]
    assert all(f"| `{one.table}` |" in about_persons for one in HELD if one.rule)
    assert all(f"`{name}`" in page for one in HELD for name, _kind in one.pairs)


@pytest.fixture
def _a_stray_table(db: None) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE forgotten_list (name text)")


@pytest.mark.usefixtures("_database_of_the_test", "_a_stray_table")
def test_accord_check_names_a_table_without_a_model(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--json"]) == Exit.REFUSED
    found = [f for f in json.loads(capsys.readouterr().out)["findings"] if f["check"] == "personal data"]
    assert [f["message"].split(" has")[0] for f in found] == ["table forgotten_list"]


@pytest.mark.django_db
@pytest.mark.usefixtures("_database_of_the_test")
def test_accord_check_names_a_field_nobody_classified(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tables = privacy.all_tables() | {"people.Contact": ("person", "email", "telephone", "home_address")}
    monkeypatch.setattr(privacy, "all_tables", lambda: tables)
    assert main(["check"]) == Exit.REFUSED
    said = capsys.readouterr().out
    assert "✗ personal data" in said
    assert "people.Contact.home_address is not classified" in said
