"""Which identities open an account: only by their holder's own proof, or entered before the account is verified."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accord.access.models import Account, ExternalIdentity
from accord.access.services import assign_identity, link_identity, unlink_identity
from accord.audit.models import Entry
from accord.kernel.actor import Actor, system
from accord.kernel.clock import fixed, now, today
from accord.kernel.errors import Conflict, Refused, WrongState
from accord.people.queries import actor_for
from tests.federation.conftest import PASSWORD, Configure, Person
from tests.federation.house import House, signed
from tests.federation.visit import Visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def alpha(visit: Visit, person: Person) -> Account:
    """At home here and signed in by his password just now."""
    account = person("alpha")
    visit.client.post("/sign-in/", {"username": "alpha", "password": PASSWORD})
    assert visit.account == str(account.pk)
    return account


def prove(visit: Visit, house: House, subject: str = "one", *, name: str = "One (fictional)") -> Any:
    """The way to the provider and back, to link."""
    house.answers["/userinfo"] = {"sub": "one", "name": name}
    response: Any = visit.client.get("/account/identities/link/loose/")
    state = response.headers["location"].split("state=")[1].split("&")[0]
    nonce = response.headers["location"].split("nonce=")[1].split("&")[0]
    house.grants(signed(house.claims(nonce, sub=subject)))
    return visit.bring(state=state)


def test_links_after_proof_and_confirmation(visit: Visit, house: House, alpha: Account) -> None:
    assert prove(visit, house).headers["location"] == "/account/identities/confirm/"
    page = visit.client.get("/account/identities/confirm/").content.decode()
    assert "One (fictional)" in page
    assert "House loose" in page
    assert not ExternalIdentity.objects.exists()
    visit.client.post("/account/identities/confirm/")
    linked = ExternalIdentity.objects.get()
    assert (linked.account, linked.issuer, linked.subject) == (alpha, house.issuer, "one")
    assert Entry.objects.get(action="link_identity").account_id == alpha.pk
    assert visit.client.post("/account/identities/confirm/").status_code == 404


def test_shows_own_identities_and_unlinks_them(visit: Visit, house: House, alpha: Account) -> None:
    identity = ExternalIdentity.objects.create(account=alpha, issuer=house.issuer, subject="one")
    assert "Sign-in elsewhere" in visit.client.get("/account/").content.decode()
    page = visit.client.get("/account/identities/").content.decode()
    assert "House loose" in page
    assert "Link House loose" in page
    other = Client()
    other.force_login(alpha)
    session = other.session
    session["method"] = "oidc:loose"
    session.save()
    visit.client.post(f"/account/identities/{identity.pk}/unlink/")
    assert not ExternalIdentity.objects.exists()
    assert "_auth_user_id" not in other.session
    assert visit.account


def test_asks_to_sign_in_again_when_that_was_long_ago(visit: Visit, alpha: Account) -> None:
    with fixed(now() + timedelta(minutes=11)):
        response = visit.client.get("/account/identities/link/loose/", follow=True)
    assert response.redirect_chain == [("/sign-in/?next=/account/identities/link/loose/", 302)]
    assert "Sign in once more first" in response.content.decode()


def test_a_proof_is_for_who_began_it_and_grows_old(visit: Visit, house: House, alpha: Account, person: Person) -> None:
    """Nobody makes somebody else's browser link the wrong identity."""
    prove(visit, house)
    with fixed(now() + timedelta(minutes=11)):
        assert visit.client.post("/account/identities/confirm/").status_code == 404
    response: Any = visit.client.get("/account/identities/link/loose/")
    state = response.headers["location"].split("state=")[1].split("&")[0]
    nonce = response.headers["location"].split("nonce=")[1].split("&")[0]
    house.grants(signed(house.claims(nonce)))
    session = visit.client.session
    session["federation"][state]["account"] = str(person("beta").pk)
    session.save()
    assert visit.bring(state=state).status_code == 400
    assert not ExternalIdentity.objects.exists()


def test_a_link_by_a_page_of_somebody_else_is_refused(visit: Visit, house: House, alpha: Account) -> None:
    """Confirming is a form with a token; without it even a proved identity is not linked."""
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = visit.client.cookies
    prove(visit, house)
    assert strict.post("/account/identities/confirm/").status_code == 403
    assert not ExternalIdentity.objects.exists()


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"sub": "two", "name": "Two"}, 400),
        ({"name": "Nobody"}, 400),
        ({}, 400),
        (500, 502),
        (b"<html>", 502),
        (b"[" * 100_000, 502),
    ],
)
def test_userinfo_of_another_subject_links_nothing(
    visit: Visit, house: House, alpha: Account, said: object, status: int
) -> None:
    response: Any = visit.client.get("/account/identities/link/loose/")
    state = response.headers["location"].split("state=")[1].split("&")[0]
    nonce = response.headers["location"].split("nonce=")[1].split("&")[0]
    house.grants(signed(house.claims(nonce)))
    house.answers["/userinfo"] = said
    assert visit.bring(state=state).status_code == status
    assert visit.client.post("/account/identities/confirm/").status_code == 404


def test_an_identity_belongs_to_one_account(visit: Visit, house: House, alpha: Account, person: Person) -> None:
    person("beta", issuer=house.issuer, subject="one")
    prove(visit, house)
    response = visit.client.post("/account/identities/confirm/")
    assert response.status_code == 422
    assert "linked to an account already" in response.content.decode()


def test_a_provider_may_be_for_some_only(visit: Visit, house: House, alpha: Account, configured: Configure) -> None:
    ExternalIdentity.objects.create(account=alpha, issuer=house.issuer, subject="one")
    configured('sides = ["host"]\ncontact = { en = "Ask the front office (fictional)." }', loose=house.issuer)
    assert visit.client.get("/account/identities/link/loose/").status_code == 403
    visit.client.post("/sign-out/")
    asked = visit.ask()
    house.grants(signed(house.claims(asked.nonce)))
    response = visit.bring(state=asked.state)
    assert response.status_code == 403
    assert "Ask the front office (fictional)." in response.content.decode()
    configured("self_linking = false", loose=house.issuer)
    visit.client.post("/sign-in/", {"username": "alpha", "password": PASSWORD})
    assert visit.client.get("/account/identities/link/loose/").status_code == 403
    assert "Link House loose" not in visit.client.get("/account/identities/").content.decode()


def test_nobody_links_or_unlinks_for_somebody_else(visit: Visit, house: House, person: Person) -> None:
    alpha, beta = person("alpha"), person("beta", issuer=house.issuer, subject="two")
    actor = actor_for(alpha, today())
    with pytest.raises(Refused):
        link_identity(actor=actor, account=beta, issuer=house.issuer, subject="one")
    with pytest.raises(Refused):
        unlink_identity(actor=actor, identity=beta.external_identities.get(), method="oidc:loose")
    with pytest.raises(Refused):
        assign_identity(actor=actor, account=alpha, issuer=house.issuer, subject="one")
    visit.client.force_login(alpha)
    assert visit.client.post(f"/account/identities/{beta.external_identities.get().pk}/unlink/").status_code == 404
    assert ExternalIdentity.objects.count() == 1


def test_the_only_way_in_stays(house: House, person: Person) -> None:
    account = person("alpha", issuer=house.issuer, subject="one")
    account.set_unusable_password()
    account.save()
    actor = actor_for(account, today())
    identity = account.external_identities.get()
    with pytest.raises(Conflict):
        unlink_identity(actor=actor, identity=identity, method="oidc:loose")
    account.passkeys.create(name="Key", credential_id=b"1", public_key=b"2")
    unlink_identity(actor=actor, identity=identity, method="oidc:loose")
    assert not account.external_identities.exists()


def test_an_administrator_enters_who_an_invited_person_is(
    visit: Visit, house: House, person: Person, alpha: Account
) -> None:
    invited = person("gamma", verified=False)
    address = f"/accounts/{invited.pk}/identity/"
    assert visit.client.get(address).status_code == 403
    administrator = Client()
    Account.objects.create(username="root", display_name="Root (fictional)", verified_at=now())
    root = Account.objects.get(username="root")
    root.grants.create(role="administrator", period=(today(), None), granted_by="tests")
    administrator.force_login(root)
    assert "Identity elsewhere" in administrator.get("/accounts/").content.decode()
    assert administrator.post(address, {"provider": "another", "subject": "three"}).status_code == 422
    assert administrator.post(address, {"provider": "loose", "subject": "three"}).status_code == 302
    assert invited.external_identities.get().subject == "three"
    asked = visit.ask()
    house.grants(signed(house.claims(asked.nonce, sub="three")))
    assert visit.bring(state=asked.state).status_code == 403
    Account.objects.filter(pk=invited.pk).update(verified_at=now())
    asked = visit.ask()
    house.grants(signed(house.claims(asked.nonce, sub="three")))
    visit.bring(state=asked.state)
    assert visit.account == str(invited.pk)


def test_an_administrator_does_not_step_into_an_account_in_use(house: House, person: Person) -> None:
    with pytest.raises(WrongState):
        assign_identity(actor=system("tests"), account=person("alpha"), issuer=house.issuer, subject="evil")
    closed = person("delta", verified=False)
    closed.is_active = False
    closed.save()
    with pytest.raises(WrongState):
        assign_identity(actor=system("tests"), account=closed, issuer=house.issuer, subject="evil")
    assert not ExternalIdentity.objects.exists()


def test_arabic(visit: Visit, house: House, alpha: Account) -> None:
    visit.client.cookies["django_language"] = "ar"
    prove(visit, house)
    for address in ("/account/identities/", "/account/identities/confirm/"):
        page = visit.client.get(address).content.decode()
        assert 'dir="rtl"' in page
        assert "الدار" in page


def test_actor_without_a_role_is_refused(house: House, person: Person) -> None:
    account = person("alpha")
    with pytest.raises(Refused):
        link_identity(
            actor=Actor(name="A", side="mission", account_id=account.pk), account=account, issuer="i", subject="s"
        )
