"""S9: an honest ID token opens the door, and no other does. Every forgery is a case of its own."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from accord.access.models import ExternalIdentity
from accord.kernel.clock import fixed, now
from accord.web.federation.tokens import LOGOUT_EVENT
from tests.federation.conftest import SECRET, Configure, Person
from tests.federation.house import (
    CURVE,
    FORGED,
    FORGED_CURVE,
    NEXT,
    OURS,
    House,
    altered,
    confused,
    open_house,
    signed,
    unsigned,
)
from tests.federation.visit import Visit, assert_refused

Forge = Callable[[House, str], object]


def claiming(**changes: object) -> Forge:
    """Well signed, but with claims changed; None leaves one out."""
    return lambda house, nonce: signed(house.claims(nonce, **changes))


def headed(**header: object) -> Forge:
    """Signed by a forger, whose header tells where the key may be found."""
    return lambda house, nonce: signed(house.claims(nonce), FORGED, **header)


def _in_seconds(seconds: int) -> int:
    return int(now().timestamp()) + seconds


FORGERIES: dict[str, Forge] = {
    "issuer of somebody else": claiming(iss="https://elsewhere.example.org"),
    "issuer missing": claiming(iss=None),
    "issuer with one slash more": lambda h, n: signed(h.claims(n, iss=f"{h.issuer}/")),
    "issuer in a list": lambda h, n: signed(h.claims(n, iss=[h.issuer])),
    "audience of another client": claiming(aud="another client"),
    "audience missing": claiming(aud=None),
    "audience empty": claiming(aud=[]),
    "audience that begins like ours": claiming(aud="accord2"),
    "audience as an object": claiming(aud={"accord": True}),
    "several audiences without azp": claiming(aud=["accord", "another client"]),
    "several audiences, azp of another": claiming(aud=["accord", "another client"], azp="another client"),
    "azp of another client": claiming(azp="another client"),
    "azp in a list": claiming(azp=["accord"]),
    "nonce missing": claiming(nonce=None),
    "nonce wrong": claiming(nonce="another nonce"),
    "nonce empty": claiming(nonce=""),
    "nonce in a list": lambda h, n: signed(h.claims(n, nonce=[n])),
    "expired": lambda h, n: signed(h.claims(n, exp=_in_seconds(-61))),
    "expiry missing": claiming(exp=None),
    "expiry as text": lambda h, n: signed(h.claims(n, exp=str(_in_seconds(300)))),
    "expiry not a number": claiming(exp=float("nan")),
    "issued in the future": lambda h, n: signed(h.claims(n, iat=_in_seconds(300))),
    "issue missing": claiming(iat=None),
    "not valid before tomorrow": lambda h, n: signed(h.claims(n, nbf=_in_seconds(86_400))),
    "subject missing": claiming(sub=None),
    "subject empty": claiming(sub=""),
    "subject a number": claiming(sub=1),
    "subject in a list": claiming(sub=["one"]),
    "subject that no database keeps": claiming(sub="one\x00"),
    "subject with half a character": claiming(sub="one\ud800"),
    "subject too long": claiming(sub="o" * 256),
    "access token of another answer": claiming(at_hash="MTIzNDU2Nzg5MDEyMzQ1Ng"),
    "unsigned": lambda h, n: unsigned(h.claims(n), "none"),
    "unsigned in other letters": lambda h, n: unsigned(h.claims(n), "nOnE"),
    "signed with the public key as secret": lambda h, n: confused(h.claims(n), OURS.as_pem(private=False)),
    "signed with the public JWK as secret": lambda h, n: confused(
        h.claims(n), json.dumps(OURS.as_dict(private=False)).encode()
    ),
    "signed with our own client secret": lambda h, n: confused(h.claims(n), SECRET.encode()),
    "unknown key": lambda h, n: signed(h.claims(n), NEXT),
    "forged under the known name": headed(),
    "no name of a key": headed(kid=None),
    "key named as a path": headed(kid="../../../../dev/null"),
    "key named as an address": headed(kid="http://127.0.0.1:9/keys"),
    "key named as a query": headed(kid="ours' OR '1'='1"),
    "key named at length": headed(kid="k" * 5_000),
    "key as a list": headed(kid=["ours"]),
    "address of a key set": lambda h, n: signed(h.claims(n), FORGED, jku=f"{h.issuer}/forged"),
    "address of a certificate": lambda h, n: signed(h.claims(n), FORGED, x5u=f"{h.issuer}/forged"),
    "key brought along": headed(jwk=FORGED.as_dict(private=False)),
    "critical header": lambda h, n: signed(h.claims(n), crit=["exp-policy"], **{"exp-policy": True}),
    "key of another type": lambda h, n: signed(h.claims(n), FORGED_CURVE, "ES256"),
    "key of another type under its name": lambda h, n: signed(h.claims(n), OURS, kid="curve"),
    "content altered": lambda h, n: altered(signed(h.claims("other")), h.claims(n)),
    "signature cut off": lambda h, n: signed(h.claims(n)).rsplit(".", 1)[0] + ".",
    "five parts": lambda h, n: f"{signed(h.claims(n))}.AAAA.AAAA",
    "no token at all": lambda _h, _n: "not a token",
    "a number": lambda _h, _n: 7,
    "missing": lambda _h, _n: None,
    "a logout token": lambda h, n: signed(
        h.claims(n, nonce=None, jti="1", events={LOGOUT_EVENT: {}}), typ="logout+jwt"
    ),
}


def test_there_are_cases_enough() -> None:
    assert len(FORGERIES) >= 30


def test_an_honest_token_opens_the_right_account(visit: Visit, house: House, person: Person) -> None:
    account = person("alpha", issuer=house.issuer, subject="one")
    house.grants(signed(house.claims((asked := visit.ask()).nonce)))
    response = visit.bring(state=asked.state)
    assert response.status_code == 302
    assert visit.account == str(account.pk)
    assert visit.client.session["method"] == "oidc:loose"


@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES)
def test_a_forged_token_opens_nothing(visit: Visit, house: House, person: Person, forge: Forge) -> None:
    person("alpha", issuer=house.issuer, subject="one")
    house.answers["/forged"] = {"keys": [FORGED.as_dict(private=False)]}
    house.grants(forge(house, (asked := visit.ask()).nonce))
    assert_refused(visit, visit.bring(state=asked.state), 400)
    assert "/forged" not in house.called


@pytest.mark.parametrize(
    ("key", "algorithm", "changes"),
    [
        (OURS, "PS256", {}),
        (CURVE, "ES256", {}),
        (OURS, "RS256", {"aud": ["accord"]}),
        (OURS, "RS256", {"aud": ["accord", "another client"], "azp": "accord"}),
        (OURS, "RS256", {"email": "somebody@example.org", "a claim of their own": {"deep": [1]}}),
    ],
)
def test_what_is_unusual_but_honest_is_accepted(
    visit: Visit, house: House, person: Person, key: object, algorithm: str, changes: dict[str, object]
) -> None:
    account = person("alpha", issuer=house.issuer, subject="one")
    house.discovery = {"id_token_signing_alg_values_supported": ["RS256", "PS256", "ES256"]}
    house.grants(signed(house.claims((asked := visit.ask()).nonce, **changes), key, algorithm))  # type: ignore[arg-type] # a key
    visit.bring(state=asked.state)
    assert visit.account == str(account.pk)


def test_an_algorithm_the_provider_does_not_name_is_refused(visit: Visit, house: House, person: Person) -> None:
    person("alpha", issuer=house.issuer, subject="one")
    house.discovery = {"id_token_signing_alg_values_supported": ["RS256"]}
    house.grants(signed(house.claims((asked := visit.ask()).nonce), CURVE, "ES256"))
    assert_refused(visit, visit.bring(state=asked.state), 400)


def test_a_new_key_is_fetched_and_not_more_often_than_patience_allows(
    visit: Visit, house: House, person: Person
) -> None:
    account = person("alpha", issuer=house.issuer, subject="one")
    house.grants(signed(house.claims((asked := visit.ask()).nonce)))
    visit.bring(state=asked.state)
    visit.client.logout()
    house.keys = [NEXT]
    house.grants(signed(house.claims((asked := visit.ask()).nonce), NEXT))
    assert_refused(visit, visit.bring(state=asked.state), 400)
    assert house.called.count("/keys") == 1
    with fixed(now() + timedelta(seconds=30)):
        house.grants(signed(house.claims((asked := visit.ask()).nonce), NEXT))
        visit.bring(state=asked.state)
    assert visit.account == str(account.pk)
    assert house.called.count("/keys") == 2


def test_the_same_subject_at_another_provider_is_somebody_else(
    visit: Visit, house: House, configured: Configure, person: Person
) -> None:
    with open_house() as other:
        person("alpha", issuer=other.issuer, subject="one")
        configured(loose=house.issuer, other=other.issuer)
        house.grants(signed(house.claims((asked := visit.ask()).nonce)))
        words = assert_refused(visit, visit.bring(state=asked.state), 403)
        assert "No account here can be entered" in words
        house.grants(signed(house.claims((asked := visit.ask()).nonce, iss=other.issuer)))
        assert_refused(visit, visit.bring(state=asked.state), 400)


def test_an_e_mail_address_opens_and_links_nothing(visit: Visit, house: House, person: Person) -> None:
    person("alpha@example.org")
    claims = {"email": "alpha@example.org", "email_verified": True, "preferred_username": "alpha@example.org"}
    house.grants(signed(house.claims((asked := visit.ask()).nonce, sub="alpha@example.org", **claims)))
    words = assert_refused(visit, visit.bring(state=asked.state), 403)
    assert "Ask the administrator of your mission" in words
    assert not ExternalIdentity.objects.exists()


@pytest.mark.parametrize("subject", ["ONE", "one ", " one", "оne"])
def test_a_subject_is_compared_to_the_letter(visit: Visit, house: House, person: Person, subject: str) -> None:
    person("alpha", issuer=house.issuer, subject="one")
    house.grants(signed(house.claims((asked := visit.ask()).nonce, sub=subject)))
    assert_refused(visit, visit.bring(state=asked.state), 403)
