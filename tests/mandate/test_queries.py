"""Reading the mandate: what each query tells as of a day, in a language, to a reader."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accord.kernel.actor import Actor
from accord.kernel.clock import today
from accord.kernel.errors import NotFound
from accord.kernel.keys import new_key
from accord.kernel.period import Period
from accord.mandate.models import Accord, AccordStep, ControlStatus, HostRequest, MandateVersion, Mission
from accord.mandate.queries.accords import accord_for, accord_page, accords, state_shown
from accord.mandate.queries.areas import areas, ground
from accord.mandate.queries.authorities import authorities, has_authority
from accord.mandate.queries.awaiting import keys_expiring
from accord.mandate.queries.consent import consent_at_a_glance, next_expiring
from accord.mandate.queries.control import control_register, status_history
from accord.mandate.queries.expansions import expansion_for, expansions
from accord.mandate.queries.ground import conditions, flag_for, operations_flags, posture_on, postures
from accord.mandate.queries.mission import mission_shown, rule_clauses
from accord.mandate.queries.options import (
    every_place,
    institution_chosen,
    institutions_chosen,
    place_chosen,
    places_of_work,
    text_languages,
)
from accord.mandate.queries.requests import request_for, request_page, requests
from accord.mandate.queries.timeline import timeline
from accord.mandate.queries.versions import comparison, version_for, version_in_force, version_page, versions
from accord.people.models import Organisation
from tests.web.conftest import Mission as Loaded
from tests.web.conftest import load_nmi

LATE = date(2026, 11, 1)
NOBODY = UUID("00000000-0000-7000-8000-000000000000")


@pytest.fixture
def nmi(db: None) -> Loaded:
    return load_nmi()


@pytest.fixture
def host(nmi: Loaded) -> Actor:
    return nmi.actor("host")


@pytest.fixture
def auditor(nmi: Loaded) -> Actor:
    return nmi.actor("auditor")


def accord(code: str) -> UUID:
    return Accord.objects.get(code=code).pk


# Versions ----------------------------------------


@pytest.mark.parametrize(
    ("day", "number"), [(date(2018, 10, 1), 1), (date(2021, 2, 17), 1), (date(2021, 2, 18), 2), (date(2023, 8, 17), 3)]
)
def test_version_in_force_on_a_day(nmi: Loaded, day: date, number: int) -> None:
    found = version_in_force("en", day)
    assert found is not None
    assert found.row.number == number
    assert found.is_complete


def test_no_version_before_the_mission(nmi: Loaded) -> None:
    assert version_in_force("en", date(2018, 9, 30)) is None
    assert versions("en", date(2018, 9, 30)) == []


def test_versions_of_the_past_are_superseded_and_drafts_are_known_only_today(nmi: Loaded) -> None:
    MandateVersion.objects.create(number=9, title={"en": "Draft"})
    assert [(v.number, v.state) for v in versions("en", date(2022, 1, 1))] == [(2, "in_force"), (1, "superseded")]
    assert versions("en", today())[0].state == "draft"


def test_comparison_finds_what_was_added_changed_and_removed(nmi: Loaded) -> None:
    third = MandateVersion.objects.get(number=3)
    third.clauses.filter(code="S8").delete()
    third.clauses.create(code="S99", order=99, text={"en": "New", "ar": "جديد"})
    second = MandateVersion.objects.get(number=2)
    found = comparison(second.pk, third.pk, "en", today())
    changes = {c.clause: c.change for c in found.clauses}
    assert (changes["S8"], changes["S99"], changes["S6"], changes["S4"]) == ("removed", "added", "changed", "same")
    added = {c.title for c in found.institutions if c.change == "added"}
    assert added == {"Ministry of Interior", "Federal Police Command"}


def test_a_version_speaks_the_readers_language_and_dates_acts_as_exactly_as_known(nmi: Loaded) -> None:
    found = version_page(MandateVersion.objects.get(number=1).pk, "ar", today())
    assert found.row.title == "بعثة في بغداد"
    invitation = next(a for a in found.acts if a.kind == "invitation")
    assert invitation.on is not None
    assert invitation.on.precision == "month"


# Requests ----------------------------------------


def test_requests_have_the_state_of_the_day(nmi: Loaded) -> None:
    before = {r.title: r.state for r in requests("en", date(2021, 2, 1))}
    after = {r.title: r.state for r in requests("en", date(2021, 2, 18))}
    assert before["Expansion of the mission"] == "submitted"
    assert after["Expansion of the mission"] == "accepted"
    assert [r.title for r in requests("en", date(2021, 2, 1), state="submitted")] == ["Expansion of the mission"]


def test_a_request_is_open_to_the_commander_and_later_to_nobody(nmi: Loaded, host: Actor) -> None:
    waiting = HostRequest.objects.get(code="requirement-example-school").pk
    assert "accept" in request_page(nmi.actor("commander"), waiting, "en", today()).open_steps
    assert request_page(host, waiting, "en", today()).open_steps == frozenset()
    decided = HostRequest.objects.get(code="requirement-defence").pk
    assert request_page(nmi.actor("commander"), decided, "en", today()).open_steps == frozenset()


# Accords ----------------------------------------


@pytest.mark.parametrize(
    ("recorded", "day", "shown"),
    [
        ("in_force", date(2024, 1, 1), "agreed"),
        ("in_force", date(2024, 3, 1), "in_force"),
        ("in_force", date(2024, 3, 31), "in_force"),
        ("in_force", date(2024, 4, 1), "expired"),
        ("withdrawn", date(2024, 3, 5), "withdrawn"),
    ],
)
def test_state_shown_follows_the_days_as_the_gate_does(recorded: str, day: date, shown: str) -> None:
    assert state_shown(recorded, Period(date(2024, 3, 1), date(2024, 4, 1)), day) == shown


def test_accords_of_a_day(nmi: Loaded) -> None:
    found = {a.id: a.state for a in accords("en", date(2022, 1, 1))}
    assert found[accord("accord-institutions-2018")] == "expired"
    assert found[accord("accord-institutions-2021")] == "in_force"
    assert accord("accord-interior-2023") not in found


def test_accords_are_found_by_state_and_institution(nmi: Loaded) -> None:
    interior = Organisation.objects.get(code="ministry-of-interior").pk
    assert [a.id for a in accords("en", LATE, institution=interior)] == [accord("accord-interior-2023")]
    assert {a.state for a in accords("en", LATE, state="expired")} == {"expired"}


def test_a_withdrawal_to_come_stands_apart_from_what_happened(nmi: Loaded, auditor: Actor) -> None:
    key = accord("accord-interior-2023")
    AccordStep.objects.create(
        id=new_key(), accord_id=key, name="withdraw", origin="in_force", target="withdrawn",
        effective_on=today() + timedelta(days=5), actor_name="Host", reason="Later",
    )  # fmt: skip
    found = accord_page(auditor, key, "en", today())
    assert found.row.state == "in_force"
    assert [s.remark for s in found.coming] == ["Later"]
    assert found.last_step is not None
    assert found.last_step.name == "enter_into_force"


def test_open_steps_of_an_accord_in_force_by_reader(nmi: Loaded, host: Actor) -> None:
    key = accord("accord-interior-2023")
    assert accord_page(host, key, "en", today()).open_steps == {"suspend", "withdraw"}
    assert accord_page(nmi.actor("legal"), key, "en", today()).open_steps == {"amend"}
    assert accord_page(nmi.actor("auditor"), key, "en", today()).open_steps == frozenset()


def test_signatures_name_the_post_that_signed_to_the_host_as_well(nmi: Loaded, host: Actor) -> None:
    found = accord_page(host, accord("accord-institutions-2021"), "en", LATE)
    mission = next(s for s in found.signatures if s.side == "mission")
    assert mission.post == "Deputy Commander"
    assert mission.on == date(2021, 2, 23)


# Control status ----------------------------------------


def test_the_register_puts_missing_statuses_first(nmi: Loaded) -> None:
    rows = control_register("en", LATE)
    missing = [r.entry is None for r in rows]
    assert missing == sorted(missing, reverse=True)
    assert "Example unit without control status (fictional)" in [r.institution.name for r in rows if r.entry is None]


def test_a_status_that_covers_subordinates_counts_for_them(nmi: Loaded) -> None:
    ministry = Organisation.objects.get(code="ministry-of-defence")
    unit = Organisation.objects.get(code="example-unit-without-status")
    ControlStatus.objects.filter(institution=ministry, period__contains=LATE).update(with_subordinates=True)
    row = next(r for r in control_register("en", LATE) if r.institution.id == unit.pk)
    assert row.entry is not None
    assert row.above is not None
    assert row.above.id == ministry.pk


def test_history_ends_on_the_day(nmi: Loaded) -> None:
    ministry = Organisation.objects.get(code="ministry-of-defence").pk
    assert len(status_history("en", date(2022, 1, 1), ministry)) == 2
    assert len(status_history("en", LATE, ministry)) == 3


def test_a_status_about_to_end_is_marked(nmi: Loaded) -> None:
    row = next(r for r in control_register("en", date(2021, 9, 1)) if r.entry is not None)
    assert row.expires_soon
    assert row.last_day == date(2021, 9, 30)


# Ground ----------------------------------------


def test_conditions_of_a_day_and_before(nmi: Loaded, auditor: Actor) -> None:
    current, earlier = conditions(auditor, "en", date(2020, 2, 1))
    assert [(c.place.name, c.rating) for c in current] == [("Baghdad Governorate", "red")]
    assert len(earlier) == 2


@pytest.mark.parametrize(
    ("day", "kind", "where"),
    [
        (date(2019, 1, 1), "in_country", "Baghdad"),
        (date(2020, 2, 1), "suspended", "Baghdad"),
        (date(2026, 3, 20), "remote", "Naples"),
    ],
)
def test_where_was_the_headquarters(nmi: Loaded, day: date, kind: str, where: str) -> None:
    found = posture_on("en", day)
    assert found is not None
    assert (found.kind, found.headquarters.name) == (kind, where)


def test_no_posture_before_the_mission(nmi: Loaded) -> None:
    assert posture_on("en", date(2018, 1, 1)) is None
    assert postures("en", date(2018, 1, 1)) == []


def test_flags_name_who_noted_them_only_to_the_mission(nmi: Loaded, host: Actor, auditor: Actor) -> None:
    assert operations_flags(auditor, "en", LATE)[0].noted_by
    assert operations_flags(host, "en", LATE)[0].noted_by == ""
    assert operations_flags(host, "en", date(2026, 1, 1)) == []


# Areas and expansion ----------------------------------------


def test_places_inside_an_area_in_force(nmi: Loaded) -> None:
    found = ground("en", areas("en", LATE))
    names = {p.id: p.code for p in (*found.outlined, *found.sites)}
    inside = {names[key] for key, state in found.states.items() if state == "in_force" and key in names}
    assert {"baghdad-governorate", "taji", "al-rustamiyah"} <= inside
    assert "basra" not in inside


def test_no_area_before_the_mission(nmi: Loaded) -> None:
    found = areas("en", date(2018, 9, 1))
    assert found == []
    assert set(ground("en", found).states.values()) == {"out"}


def test_no_expansion_steps_yet(nmi: Loaded) -> None:
    assert expansions("en", LATE) == []


# At a glance ----------------------------------------


def test_consent_covers_the_institutions_of_the_mandate(nmi: Loaded) -> None:
    found = consent_at_a_glance("en", LATE)
    assert {c.institution.name for c in found if c.named} >= {"Ministry of Interior", "Ministry of Defence"}
    assert all(c.accord for c in found)
    gap = consent_at_a_glance("en", date(2021, 2, 28))
    assert gap, "the mandate names institutions on that day too"


def test_the_keys_that_end_first_and_are_not_followed(nmi: Loaded) -> None:
    keys = next_expiring("en", date(2024, 2, 20), limit=50)
    assert [k.last_day for k in keys] == sorted(k.last_day for k in keys)
    ends = {(k.kind, k.title): k.last_day for k in keys}
    assert ("conditions", "Baghdad Governorate") not in ends, "the next rating follows at once"
    assert ends["accord", "Accord on advice and training for defence and security institutions (2021)"] == date(
        2024, 2, 29
    )
    assert next(k for k in keys if k.kind == "accord").soon


# Timeline ----------------------------------------


def test_the_timeline_ends_on_the_day_and_begins_with_the_newest(nmi: Loaded) -> None:
    events = timeline("en", date(2021, 6, 30))
    assert all(e.on.day <= date(2021, 6, 30) for e in events)
    assert [e.on.day for e in events] == sorted((e.on.day for e in events), reverse=True)
    assert events[0].title.endswith("Michael Lollesgaard")


def test_groups_of_the_timeline(nmi: Loaded) -> None:
    assert {e.kind for e in timeline("en", LATE, group="command")} == {"command"}
    assert {e.kind for e in timeline("en", LATE, group="consent")} <= {"accord", "suspension", "withdrawal"}


def test_only_the_beginning_of_the_mission_is_known_to_the_month(nmi: Loaded) -> None:
    roughly = {(e.kind, e.on.day) for e in timeline("en", LATE) if e.on.precision == "month"}
    assert ("decision", date(2018, 7, 1)) in roughly
    assert ("posture", date(2018, 10, 1)) in roughly
    assert not [kind for kind, day in roughly if day > date(2018, 10, 1)]


def test_what_is_set_for_later_is_told_today_as_coming(nmi: Loaded) -> None:
    AccordStep.objects.create(
        id=new_key(), accord_id=accord("accord-interior-2023"), name="suspend", origin="in_force", target="suspended",
        effective_on=today() + timedelta(days=5), actor_name="Host",
    )  # fmt: skip
    assert timeline("en", today())[0].is_future
    assert not any(e.is_future for e in timeline("en", LATE))


# Authority, choices, records ----------------------------------------


def test_authority_belongs_to_the_side_of_the_actor(nmi: Loaded, host: Actor) -> None:
    assert has_authority(host, "control_status", today())
    assert not has_authority(nmi.actor("advisor"), "conditions", today())
    assert has_authority(nmi.actor("chief"), "conditions", today())
    assert authorities(host, "en", LATE)[0].side == "host"


def test_places_of_work_lie_in_the_host_nation(nmi: Loaded) -> None:
    names = {name for _key, name in places_of_work("en")}
    assert "Baghdad" in names
    assert not names & {"Naples", "Brussels", "Iraq"}
    assert "Naples" in {name for _key, name in every_place("en")}


def test_an_empty_installation_still_answers(db: None) -> None:
    assert mission_shown() is None
    assert rule_clauses() == {}
    assert text_languages() == ("en",)
    assert places_of_work("en") == []


def test_texts_are_written_in_the_missions_two_languages(nmi: Loaded) -> None:
    assert text_languages() == ("en", "ar")
    Mission.objects.update(languages=["fr", "ar", "en"])
    assert text_languages() == ("fr", "ar")


def test_institutions_of_the_mission_cannot_be_chosen_as_the_hosts(nmi: Loaded) -> None:
    own = Organisation.objects.get(code="nmi").pk
    assert institutions_chosen([own]) == []
    with pytest.raises(NotFound):
        institution_chosen(own)


@pytest.mark.parametrize(
    "read", [accord_for, request_for, version_for, expansion_for, flag_for, institution_chosen, place_chosen]
)
def test_a_record_that_does_not_exist_is_not_found(db: None, read: object) -> None:
    with pytest.raises(NotFound):
        read(NOBODY)  # type: ignore[operator]


def test_pages_of_what_was_not_known_yet_are_not_found(nmi: Loaded, auditor: Actor) -> None:
    early = date(2018, 1, 1)
    with pytest.raises(NotFound):
        accord_page(auditor, accord("accord-interior-2023"), "en", early)
    with pytest.raises(NotFound):
        request_page(auditor, HostRequest.objects.get(code="requirement-defence").pk, "en", early)
    with pytest.raises(NotFound):
        version_page(MandateVersion.objects.get(number=2).pk, "en", early)


def test_keys_about_to_expire_wait_for_whoever_renews_them(nmi: Loaded, host: Actor) -> None:
    day = date(2021, 9, 1)
    assert {k.kind for k in keys_expiring(host, "en", day)} == {"control"}
    chief = nmi.actor("chief")
    assert {k.title for k in keys_expiring(chief, "en", date(2026, 9, 20))} == set(), "the next rating follows"
    assert {k.title for k in keys_expiring(chief, "en", date(2027, 9, 20))} == {
        "Baghdad Governorate",
        "Basra Governorate",
    }
    assert keys_expiring(nmi.actor("advisor"), "en", day) == []


def test_keys_about_to_expire_cost_the_same_however_many(nmi: Loaded, host: Actor) -> None:
    with CaptureQueriesContext(connection) as few:
        keys_expiring(host, "en", date(2019, 1, 1))
    with CaptureQueriesContext(connection) as many:
        assert len(keys_expiring(host, "en", date(2021, 9, 1))) > 10
    assert len(few) == len(many)
