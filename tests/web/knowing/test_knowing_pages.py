"""The pages of need-to-know: who reads what of a compartment, and what each may do there."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accord.access.models import BreakGlass, Compartment, CompartmentGrant
from accord.access.services import answer_emergency, ask_emergency
from accord.kernel.clock import fixed
from accord.people.services import let_into_compartment
from tests.cast import TODAY, World

REASON = "A threat to a counterpart was reported and cannot wait"
LAST_DAY = TODAY + timedelta(days=60)


@pytest.fixture
def contracts(world: World) -> Compartment:
    return circle("contracts", needs_two=True)


def circle(code: str, *, needs_two: bool = False) -> Compartment:
    return Compartment.objects.create(
        code=code, name={"en": code.title(), "ar": "دائرة"}, steward_role="chief", needs_two=needs_two
    )


def grant(world: World, compartment: Compartment, who: str = "advisor") -> CompartmentGrant:
    return let_into_compartment(
        actor=world.actor("administrator"), account=world.account[who], compartment=compartment, purpose="Writes them",
        last_day=LAST_DAY,
    )  # fmt: skip


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def test_everybody_reads_whether_he_is_in_and_whom_to_ask_and_no_names(world: World, contracts: Compartment) -> None:
    grant(world, contracts)
    for who in ("advisor", "second-advisor", "auditor", "press"):
        client = world.client(who)
        for path in ("/access/compartments/", "/access/compartments/contracts/"):
            shown = text(client, path)
            assert "You are not in" in shown
            assert "Administrator" in shown
            assert ("Advisor One (fictional)" in shown) == (who == "advisor")  # his own name, in the frame
    assert "Writes them" not in text(world.client("advisor"), "/access/compartments/contracts/")


@pytest.mark.parametrize("who", ["administrator", "chief", "legal"])
def test_granter_steward_and_those_who_see_readers_read_who_is_in(
    world: World, contracts: Compartment, who: str
) -> None:
    grant(world, contracts)
    shown = text(world.client(who), "/access/compartments/contracts/")
    assert "Advisor One (fictional)" in shown
    assert "Waits for a second person" in shown


@pytest.mark.parametrize("path", ["/access/compartments/", "/access/compartments/contracts/", "/access/waiting/"])
def test_the_host_reads_nothing_of_it(world: World, contracts: Compartment, path: str) -> None:
    assert "Contracts" not in text(world.client("host"), path, 403)


def test_let_in_agree_confirm_and_end(world: World, contracts: Compartment) -> None:
    administrator, legal = world.client("administrator"), world.client("legal")
    answer = administrator.post(
        "/access/compartments/contracts/grant/",
        {"account": str(world.account["advisor"].pk), "purpose": "Writes them", "last_day": LAST_DAY.isoformat()},
    )
    assert (answer.status_code, answer["Location"]) == (302, "/access/compartments/contracts/")
    key = CompartmentGrant.objects.get().pk
    for path in ("/", "/access/waiting/"):
        assert f"/access/grants/{key}/answer/" in text(legal, path)
        assert f"/access/grants/{key}/answer/" not in text(world.client("press"), path)
    asked = text(legal, f"/access/grants/{key}/answer/")
    assert "Administrator (fictional) wants to let Advisor One (fictional) into Contracts until 1 August 2025." in asked
    assert legal.post(f"/access/grants/{key}/answer/", {"answer": "yes"}).status_code == 302
    assert "You are in" in text(world.client("advisor"), "/access/compartments/contracts/")
    with fixed(TODAY + timedelta(days=26)):
        chief = world.client("chief")
        for path in ("/", "/access/waiting/"):
            assert f"/access/grants/{key}/confirm/" in text(chief, path)
        assert chief.post(f"/access/grants/{key}/confirm/", {"answer": "yes"}).status_code == 302
        assert f"/access/grants/{key}/confirm/" not in text(chief, "/")
    administrator = world.client("administrator")  # his session of weeks ago is over
    assert administrator.post(f"/access/grants/{key}/end/", {"reason": "Moved on"}).status_code == 302
    assert "You are not in" in text(world.client("advisor"), "/access/compartments/contracts/")


def test_a_form_says_what_to_put_right(world: World, contracts: Compartment) -> None:
    client = world.client("administrator")
    gone = (TODAY - timedelta(days=1)).isoformat()
    answer = client.post(
        "/access/compartments/contracts/grant/",
        {"account": str(world.account["advisor"].pk), "purpose": "Helps", "last_day": gone},
    )
    assert answer.status_code == 422
    assert "Choose today or a later day." in answer.content.decode()
    assert str(world.account["administrator"].pk) not in answer.content.decode()


@pytest.mark.parametrize("who", ["advisor", "chief", "host", "auditor"])
def test_who_does_not_grant_is_refused_every_form_of_it(world: World, contracts: Compartment, who: str) -> None:
    key = grant(world, contracts).pk
    client = world.client(who)
    for path in (
        "/access/compartments/contracts/grant/",
        f"/access/grants/{key}/end/",
        f"/access/grants/{key}/answer/",
    ):
        assert client.get(path).status_code == 403, path
        assert client.post(path, {}).status_code == 403, path


def test_emergency_asked_allowed_and_ended(world: World) -> None:
    circle("protection")
    advisor, commander = world.client("advisor"), world.client("commander")
    short = advisor.post("/access/compartments/protection/emergency/", {"reason": "now"})
    assert short.status_code == 422
    answer = advisor.post("/access/compartments/protection/emergency/", {"reason": REASON})
    key = BreakGlass.objects.get().pk
    assert (answer.status_code, answer["Location"]) == (302, f"/access/emergencies/{key}/")
    assert f"/access/emergencies/{key}/answer/" not in text(advisor, f"/access/emergencies/{key}/")
    assert advisor.get(f"/access/emergencies/{key}/answer/").status_code == 403
    assert f"/access/emergencies/{key}/" in text(commander, "/")
    assert f"/access/emergencies/{key}/" in text(world.client("chief"), "/notices/")
    assert REASON in text(commander, f"/access/emergencies/{key}/answer/")
    assert commander.post(f"/access/emergencies/{key}/answer/", {"answer": "yes"}).status_code == 302
    assert "You read here in an emergency" in text(advisor, "/access/compartments/protection/")
    assert advisor.post(f"/access/emergencies/{key}/end/").status_code == 302
    assert "You are not in" in text(advisor, "/access/compartments/protection/")
    assert world.client("press").get(f"/access/emergencies/{key}/").status_code == 404


def test_the_list_asks_as_often_with_more_compartments_and_members(world: World, contracts: Compartment) -> None:
    client = world.client("administrator")

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            text(client, "/access/compartments/")
        return len(captured)

    grant(world, contracts)
    asked()
    one = asked()
    for name in ("second", "third"):
        grant(world, circle(name), "press")
        grant(world, contracts, "chief" if name == "second" else "auditor")
    assert asked() == one


def test_pages_are_written_in_arabic(world: World, contracts: Compartment) -> None:
    emergency = ask_emergency(actor=world.actor("advisor"), compartment=contracts, reason=REASON)
    answer_emergency(actor=world.actor("legal"), emergency=emergency, allows=True)
    client = world.client("administrator")
    client.cookies["django_language"] = "ar"
    for path in ("/access/compartments/", "/access/compartments/contracts/", "/access/compartments/contracts/grant/"):
        assert 'lang="ar" dir="rtl"' in text(client, path)
