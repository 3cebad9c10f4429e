"""S9: the provider's order to sign somebody out is carried out once, and nobody else's is."""

import json
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from accord.access.models import Account
from accord.access.services import end_by_provider, end_sessions
from accord.audit.models import Entry
from accord.kernel.actor import PUBLIC, Actor
from accord.kernel.clock import now
from accord.kernel.errors import Refused
from accord.kernel.keys import new_key
from accord.web.federation.tokens import LOGOUT_EVENT
from tests.federation.conftest import SECRET, Person
from tests.federation.house import FORGED, NEXT, House, confused, signed, unsigned
from tests.federation.visit import Visit

Order = Callable[[House], object]


def order(house: House, **changes: object) -> dict[str, object]:
    """What an honest logout token says."""
    told: dict[str, object] = {
        "nonce": None,
        "jti": str(new_key()),
        "events": {LOGOUT_EVENT: {}},
        "sid": "a session there",
    }
    return house.claims("", **{**told, **changes})


def saying(**changes: object) -> Order:
    return lambda house: signed(order(house, **changes), typ="logout+jwt")


REFUSED: dict[str, Order] = {
    "no events": saying(events=None),
    "another event": saying(events={"http://schemas.example.org/event/login": {}}),
    "events as text": saying(events=LOGOUT_EVENT),
    "event without its object": saying(events={LOGOUT_EVENT: "yes"}),
    "with a nonce": saying(nonce="a nonce"),
    "with an empty nonce": saying(nonce=""),
    "audience of another client": saying(aud="another client"),
    "audience missing": saying(aud=None),
    "issuer of somebody else": saying(iss="https://elsewhere.example.org"),
    "expired": lambda h: signed(order(h, exp=int(now().timestamp()) - 61)),
    "expiry missing": saying(exp=None),
    "issued in the future": lambda h: signed(order(h, iat=int(now().timestamp()) + 300)),
    "issue missing": saying(iat=None),
    "identifier missing": saying(jti=None),
    "identifier a number": saying(jti=1),
    "identifier too long": saying(jti="j" * 256),
    "subject missing": saying(sub=None),
    "subject that no database keeps": saying(sub="one\x00"),
    "token of another kind": lambda h: signed(order(h), typ="at+jwt"),
    "an id token": lambda h: signed(h.claims("a nonce")),
    "unsigned": lambda h: unsigned(order(h), "none"),
    "signed with our own secret": lambda h: confused(order(h), SECRET.encode()),
    "forged": lambda h: signed(order(h), FORGED),
    "unknown key": lambda h: signed(order(h), NEXT),
    "nothing": lambda _h: "",
    "not a token": lambda _h: "a.b.c",
    "heavy": lambda _h: "a" * 200_000,
    "deep": lambda _h: "W1tbW1tbW1tbW1tbW1tb" * 500 + ".e30.AA",
}


@pytest.fixture
def inside(visit: Visit, house: House, person: Person) -> Visit:
    """Somebody who came in by the house."""
    person("alpha", issuer=house.issuer, subject="one")
    asked = visit.ask()
    house.grants(signed(house.claims(asked.nonce)))
    visit.bring(state=asked.state)
    assert visit.account
    return visit


def send(token: object) -> HttpResponse:
    """As the provider's server does, which has no cookie and no form's token of ours."""
    answer: HttpResponse = Client(enforce_csrf_checks=True).post("/sign-out/from/loose/", {"logout_token": token})  # type: ignore[assignment] # what Django returns
    return answer


def test_an_honest_order_signs_out_who_came_in_by_that_provider(inside: Visit, house: House) -> None:
    by_password, other = Client(), Client()
    account = Account.objects.get()
    by_password.force_login(account)
    somebody_else = Account.objects.create(username="beta", display_name="Beta (fictional)")
    other.force_login(somebody_else)
    answer = send(signed(order(house), typ="logout+jwt"))
    assert (answer.status_code, answer.content) == (200, b"")
    assert "no-store" in answer.headers["cache-control"]
    assert inside.account == ""
    assert "_auth_user_id" in by_password.session
    assert "_auth_user_id" in other.session
    assert Entry.objects.get(action="end_by_provider").object_id == account.pk


@pytest.mark.parametrize("forge", REFUSED.values(), ids=REFUSED)
def test_any_other_order_is_refused(inside: Visit, house: House, forge: Order) -> None:
    answer = send(forge(house))
    assert answer.status_code == 400
    assert json.loads(answer.content) == {"error": "invalid_request"}
    assert inside.account
    assert not Entry.objects.filter(action="end_by_provider").exists()


def test_an_order_is_carried_out_once(inside: Visit, house: House) -> None:
    """Whoever caught a logout token cannot keep its person out with it."""
    token = signed(order(house), typ="logout+jwt")
    assert send(token).status_code == 200
    asked = inside.ask()
    house.grants(signed(house.claims(asked.nonce)))
    inside.bring(state=asked.state)
    assert inside.account
    assert send(token).status_code == 400
    assert inside.account


def test_an_order_about_somebody_unknown_is_carried_out_already(inside: Visit, house: House) -> None:
    """As the standard wants it: he is not signed in. It tells nothing about who has an account."""
    assert send(signed(order(house, sub="nobody"), typ="logout+jwt")).status_code == 200
    assert inside.account


def test_keys_out_of_reach_end_nothing(inside: Visit, house: House) -> None:
    house.keys = [NEXT]
    assert send(signed(order(house), NEXT)).status_code == 400
    assert inside.account


def test_an_order_comes_by_post_alone(visit: Visit) -> None:
    assert visit.client.get("/sign-out/from/loose/").status_code == 405


def test_only_the_system_ends_sessions_for_a_provider(inside: Visit) -> None:
    account = Account.objects.get()
    for actor in (PUBLIC, Actor(name="Alpha", side="mission", account_id=account.pk)):
        with pytest.raises(Refused):
            end_by_provider(actor=actor, account=account, method="oidc:loose", order="1")
    assert end_sessions(account, "oidc:other") == 0
    assert end_sessions(account, "oidc:loose") == 1
