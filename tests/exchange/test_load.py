"""Loading: all of it, again, changed, shrunk; and what people wrote since stays."""

from datetime import date
from pathlib import Path

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from accord.audit.models import Entry
from accord.exchange.errors import BrokenMission
from accord.exchange.kinds import ENGAGEMENT, KINDS
from accord.exchange.models import LoadedRecord
from accord.exchange.permissions import Permission
from accord.exchange.services import LoadReport, load_mission
from accord.kernel.actor import PUBLIC, Actor
from accord.kernel.errors import Refused
from accord.mandate.facts import accord_states_on
from accord.mandate.models import Accord, AccordStep, ControlStatus, Mission, Posture
from accord.people.models import Nation, Organisation, OrganisationAlias, Person, Position, Tour
from accord.places.models import Place
from tests.exchange import folders
from tests.exchange.conftest import LOADER

pytestmark = pytest.mark.django_db


def load(folder: Path) -> LoadReport:
    return load_mission(actor=LOADER, folder=folder)


def test_a_load_leaves_one_line_in_the_trail_with_counts_and_digest(velmora: Path) -> None:
    report = load(velmora)
    entry = Entry.objects.get(action="load_mission")
    assert entry.changes["digest"] == report.digest == Mission.objects.get().digest
    assert entry.changes["counts"]["place"]["created"] == 5
    assert entry.actor_name == "load"


def test_a_second_load_changes_nothing_and_says_so(velmora: Path) -> None:
    first, second = load(velmora), load(velmora)
    assert first.changed
    assert not second.changed
    assert second.counts["place"].plain() == {"created": 0, "updated": 0, "unchanged": 5, "removed": 0}
    assert second.plain()["changed"] is False


def test_only_what_the_files_changed_is_changed(velmora: Path) -> None:
    load(velmora)
    before = {place.code: place.pk for place in Place.objects.all()}
    folders.change(velmora, "places.yaml", "Port Arden, fr: Port-Arden", "Port of Arden, fr: Port-Arden")
    report = load(velmora)
    assert [kind for kind, c in report.counts.items() if c.updated or c.created or c.removed] == ["place"]
    assert report.counts["place"].updated == 1
    assert Place.objects.get(code="port-arden").name["en"] == "Port of Arden"
    assert {place.code: place.pk for place in Place.objects.all()} == before


def test_spellings_follow_names(velmora: Path) -> None:
    load(velmora)
    aliases = OrganisationAlias.objects.filter(organisation__code="ministry-of-justice")
    assert {"MoJ", "Ministère de la Justice"} <= set(aliases.values_list("text", flat=True))
    folders.change(velmora, "organisations.yaml", ", MoJ]", "]")
    load(velmora)
    assert not aliases.filter(text="MoJ").exists()


def test_what_left_the_files_leaves_the_database(velmora: Path) -> None:
    load(velmora)
    folders.change(velmora, "relations.yaml", (velmora / "relations.yaml").read_text(encoding="utf-8"), "")
    folders.change(velmora, "pairings.yaml", (velmora / "pairings.yaml").read_text(encoding="utf-8"), "")
    report = load(velmora)
    assert (report.counts["relation"].removed, report.counts["pairing"].removed) == (1, 1)
    assert not LoadedRecord.objects.filter(kind__in=["relation", "pairing"]).exists()


def test_what_people_rest_on_cannot_leave(velmora: Path) -> None:
    load(velmora)
    person = Person.objects.get(code="head-one")
    academy = Position.objects.get(code="academy-director")
    Tour.objects.create(position=academy, person=person, period=DateRange(date(2026, 1, 1), None))
    text = (velmora / "positions.yaml").read_text(encoding="utf-8")
    folders.change(velmora, "positions.yaml", text[text.index("- code: academy-director") :], "")
    with pytest.raises(BrokenMission) as broken:
        load(velmora)
    assert [p.file for p in broken.value.problems] == ["positions.yaml"]
    assert Tour.objects.filter(position=academy).exists()


def test_what_people_wrote_since_stays(velmora: Path) -> None:
    load(velmora)
    academy = Position.objects.get(code="academy-director")
    host = Person.objects.get(code="host-one")
    tour = Tour.objects.create(position=academy, person=host, period=DateRange(date(2026, 1, 1), None))
    own = Organisation.objects.create(
        code="made-here", name={"en": "Made here"}, kind="unit", side="host", period=DateRange(date(2026, 1, 1), None)
    )
    folders.change(velmora, "positions.yaml", "Director of the Academy", "Head of the Academy")
    load(velmora)
    academy.refresh_from_db()
    assert academy.title["en"] == "Head of the Academy"
    assert Tour.objects.filter(pk=tour.pk).exists()
    assert Organisation.objects.filter(pk=own.pk).exists()


def test_a_code_made_in_accord_is_not_taken_over(velmora: Path) -> None:
    Nation.objects.create(code="XES", name={"en": "Made here"})
    with pytest.raises(BrokenMission) as broken:
        load(velmora)
    assert "made in Accord" in str(broken.value)


def suspended(accord: Accord) -> None:
    accord.state = "suspended"
    accord.save()
    AccordStep.objects.create(
        accord=accord, name="suspend", origin="in_force", target="suspended", effective_on=date(2026, 5, 1),
        actor_name="Host Official One (fictional)",
    )  # fmt: skip


def test_a_suspension_in_accord_survives_the_next_load(velmora: Path) -> None:
    load(velmora)
    suspended(Accord.objects.get(code="accord-justice"))
    folders.change(velmora, "accords.yaml", "Accord with the Ministry", "The accord with the Ministry")
    load(velmora)
    accord = Accord.objects.get(code="accord-justice")
    assert accord.state == "suspended"
    assert accord.title["en"].startswith("The accord")
    assert accord_states_on(date(2026, 6, 1))[accord.pk] == "suspended"


def test_a_file_does_not_overrule_what_happened_in_accord(velmora: Path) -> None:
    load(velmora)
    suspended(Accord.objects.get(code="accord-justice"))
    folders.change(
        velmora, "accords.yaml", "reason: Elections are over}", "reason: Over}\n    - {do: withdraw, on: 2026-06-01}"
    )
    folders.change(velmora, "accords.yaml", "reason: Over}", "reason: Elections are over}")
    with pytest.raises(BrokenMission) as broken:
        load(velmora)
    assert "moved on in Accord" in str(broken.value)
    assert Accord.objects.get(code="accord-justice").state == "suspended"


def test_steps_once_loaded_are_history(velmora: Path) -> None:
    load(velmora)
    folders.change(velmora, "accords.yaml", "do: suspend, on: 2025-08-01", "do: suspend, on: 2025-08-02")
    with pytest.raises(BrokenMission) as broken:
        load(velmora)
    assert [(p.file, p.field) for p in broken.value.problems] == [("accords.yaml", "steps")]


def test_steps_may_be_added_below(velmora: Path) -> None:
    load(velmora)
    folders.change(
        velmora,
        "accords.yaml",
        "reason: Elections are over}",
        "reason: Elections are over}\n    - {do: withdraw, on: 2026-06-01, reason: Over}",
    )
    load(velmora)
    accord = Accord.objects.get(code="accord-justice")
    assert accord.state == "withdrawn"
    states = [accord_states_on(date(2026, month, 1))[accord.pk] for month in (5, 7)]
    assert states == ["in_force", "withdrawn"]


def test_periods_may_move_past_each_other(velmora: Path) -> None:
    load(velmora)
    folders.change(velmora, "posture.yaml", "until: 2026-02-01", "until: 2026-04-01")
    folders.change(velmora, "posture.yaml", "from: 2026-02-01", "from: 2026-04-01")
    report = load(velmora)
    assert (report.counts["posture"].updated, report.counts["posture"].created) == (1, 1)
    assert Posture.objects.get(period__contains=date(2026, 3, 1)).kind == "in_country"


def test_versions_may_move_past_each_other(velmora: Path) -> None:
    path = velmora / "mandate.yaml"
    first = path.read_text(encoding="utf-8")
    second = first.replace("- number: 1", "- number: 2").replace("from: 2024-03-04}", "from: 2025-06-01}")
    first = first.replace("period: {from: 2024-03-04}", "period: {from: 2024-03-04, until: 2025-06-01}")
    path.write_text(first + second, encoding="utf-8")
    load(velmora)
    path.write_text((first + second).replace("2025-06-01", "2025-09-01"), encoding="utf-8")
    assert load(velmora).counts["version"].updated == 2


def test_another_mission_needs_another_database(velmora: Path) -> None:
    load(velmora)
    with pytest.raises(BrokenMission) as broken:
        load(folders.NMI)
    assert [(p.file, p.field) for p in broken.value.problems] == [("mission.yaml", "code")]
    assert ControlStatus.objects.count() == 2


def test_only_who_may_load_loads(velmora: Path) -> None:
    with pytest.raises(Refused):
        load_mission(actor=PUBLIC, folder=velmora)
    administrator = Actor(name="A", side="mission", permissions=frozenset({Permission.LOAD_MISSION}))
    assert load_mission(actor=administrator, folder=velmora).changed


def test_every_field_of_a_file_reaches_the_database() -> None:
    """A field that is neither a column nor read by a part would be accepted and forgotten."""
    beside = {"mission": {"other_languages", "source"}, "nation": set[str](), "partner_plan": {"code"}}
    signed = {"accord": {"signed_for_host", "signed_for_mission"}, "expansion": {"reviewed_on"}}
    for kind in (*KINDS, *[k for k in (ENGAGEMENT,) if k.parts]):
        columns = {field.name for field in kind.model._meta.get_fields()}
        known = columns | kind.entry.parts | beside.get(kind.name, set()) | signed.get(kind.name, set())
        assert set(kind.entry.model_fields) <= known, kind.name
