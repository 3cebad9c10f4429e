"""From invitation to the first sign-in, page by page; and what one administrator alone cannot do."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from accord.access.models import Account, Invitation
from accord.audit.models import Entry
from accord.kernel.clock import fixed, now
from accord.people.models import Person, Tour
from accord.people.services import give_account, register_person
from accord.web.accounts.mail import send_link
from tests.cast import TODAY, World
from tests.web.accounts.conftest import PASSWORD, address, invite, link_in, number_in, seen_in, sign_in, take_up, verify


def newcomer() -> Account:
    return Account.objects.get(username="newcomer")


def enters(username: str = "newcomer") -> bool:
    return bool(sign_in(username).status_code == 302)


def official(world: World) -> Person:
    """A host official in the post that signs for the government, without an account yet."""
    Tour.objects.filter(position=world.post["representative"]).delete()
    person = register_person(actor=world.actor("administrator"), shown_name={"en": "Host Official"}, side="host")
    Tour.objects.create(position=world.post["representative"], person=person, period=(TODAY, None))
    return person


def test_invited_chooses_password_is_verified_and_enters(world: World) -> None:
    link = invite(world, person=str(official(world).pk), role="host", email="official@example.org")
    account = newcomer()
    assert not account.has_usable_password()
    page = Client().get(link)
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    number = take_up(link)
    refused = sign_in("newcomer")
    assert refused.status_code == 422
    assert number_in(refused) == number  # shown again to whoever knows the password, with whom to read it out to
    assert "Chief of advisors, Legal advisor and Commander" in refused.content.decode()
    shown = world.client("legal").get(address("verify-account", account.pk)).content.decode()
    for words in ("Host Official", "Representative of the government", "Host nation", "May sign for the host"):
        assert words in shown
    assert "A role belongs to the other side" not in shown
    assert not enters()
    assert verify(world, account, number).status_code == 302
    assert enters()
    assert [entry.action for entry in Entry.objects.filter(object_id=account.pk).order_by("at")] == [
        "invite", "grant_role", "accept_invitation", "verify_account", "sign_in",
    ]  # fmt: skip


def test_link_is_good_once_for_three_days_and_only_its_hash_is_kept(world: World) -> None:
    link = invite(world)
    assert link.split("/")[-2] not in str(list(Invitation.objects.values())) + str(list(Entry.objects.values()))
    with fixed(now() + timedelta(hours=72)):
        assert Client().get(link).status_code == 404
    for fault in ({"new": PASSWORD, "again": "another password"}, {"new": "short", "again": "short"}):
        assert Client().post(link, fault).status_code == 422
    take_up(link)
    assert Client().get(link).status_code == 404
    assert Client().post(link, {"new": "another password", "again": "another password"}).status_code == 404
    assert newcomer().check_password(PASSWORD)
    assert Client().get("/invitation/nonsense/").status_code == 404


def test_new_link_ends_the_former_one(world: World) -> None:
    former = invite(world)
    answer = world.client("administrator").post(address("renew-invitation", newcomer().pk))
    assert Client().get(former).status_code == 404
    assert Client().get(link_in(answer)).status_code == 200


def test_closed_account_is_not_taken_up(world: World) -> None:
    link = invite(world)
    world.client("administrator").post(address("close-account", newcomer().pk), {"reason": "A mistake"})
    assert Client().get(link).status_code == 404
    assert world.client("administrator").post(address("renew-invitation", newcomer().pk)).status_code == 422


def test_page_speaks_the_language_of_the_invited(world: World) -> None:
    link = invite(world, language="ar")
    assert 'lang="ar" dir="rtl"' in Client().get(link).content.decode()
    chosen = Client()
    chosen.cookies["django_language"] = "en"
    assert 'lang="en"' in chosen.get(link).content.decode()


def test_mail_says_no_more_than_invited_and_the_link(world: World) -> None:
    link = invite(world, email="newcomer@example.org")
    (message,) = mail.outbox
    assert message.to == ["newcomer@example.org"]
    assert (message.subject, message.body) == ("You are invited", f"You are invited\n\nhttp://testserver{link}\n")


@pytest.mark.parametrize(
    "more", ["\nBcc: other@example.org", "\r\n\r\nother words", ",other@example.org", ">\r\nRCPT TO:<a@b.org"]
)
def test_an_address_brings_no_line_or_reader_of_its_own(world: World, more: str) -> None:
    fields = {
        "username": "newcomer",
        "name": "Newcomer\nBcc: other@example.org",
        "email": f"newcomer@example.org{more}",
    }
    assert world.client("administrator").post("/accounts/new/", fields).status_code == 422
    assert not mail.outbox
    with pytest.raises(ValueError, match=r"newlines|header"):
        send_link("newcomer@example.org\nBcc: other@example.org", "http://testserver/invitation/x/", "en")
    assert not mail.outbox


def test_mail_that_cannot_be_sent_loses_nothing(world: World, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    answer = world.client("administrator").post(
        "/accounts/new/", {"username": "newcomer", "name": "Newcomer (fictional)", "email": "newcomer@example.org"}
    )
    assert "could not be sent" in answer.content.decode()
    assert Client().get(link_in(answer)).status_code == 200


def test_without_mail_nothing_is_sent(world: World, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    invite(world, email="newcomer@example.org")
    assert not mail.outbox


def test_taken_name_is_refused_and_nobody_is_invited(world: World) -> None:
    before = Account.objects.count()
    answer = world.client("administrator").post("/accounts/new/", {"username": "CHIEF", "name": "Newcomer"})
    assert answer.status_code == 422
    assert "taken" in answer.content.decode()
    assert Account.objects.count() == before
    assert world.client("chief").get("/accounts/new/").status_code == 403


def test_verifying_is_refused_to_those_whose_word_does_not_count(world: World) -> None:
    number = take_up(invite(world))
    account = newcomer()
    for who in ("administrator", "advisor", "auditor", "host"):
        assert verify(world, account, number, by=who).status_code == 403
    assert verify(world, account, "000000" if number != "000000" else "111111").status_code == 422
    assert not enters()
    waiting = world.client("chief").get("/").content.decode()
    assert address("verify-account", account.pk) in waiting
    assert address("verify-account", account.pk) in world.client("chief").get("/accounts/verify/").content.decode()
    assert verify(world, account, f"{number[:3]} {number[3:]}", by="chief").status_code == 302
    assert verify(world, account, number, by="commander").status_code == 302  # told that it is done already
    assert newcomer().verified_by == world.account["chief"].pk


def test_what_changed_while_it_was_read_is_read_again(world: World) -> None:
    """The verifier has the page of somebody harmless open while the account is tied to the representative."""
    number = take_up(invite(world))
    legal, page = world.client("legal"), address("verify-account", newcomer().pk)
    seen = seen_in(legal.get(page))
    give_account(actor=world.actor("administrator"), person=official(world), account=newcomer())
    assert legal.post(page, {"number": number, "seen": seen})["Location"] == page
    assert not enters()
    assert "May sign for the host" in legal.get(page).content.decode()


def test_number_may_be_typed_in_arabic_digits(world: World) -> None:
    number = take_up(invite(world, role="auditor"))
    assert verify(world, newcomer(), number.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))).status_code == 302
    assert enters()


# The attacks: one administrator alone ---------------------------------------------------------------------------------


@pytest.fixture
def puppet(world: World) -> Account:
    """An account the administrator holds the password of, verified for somebody harmless."""
    number = take_up(invite(world, role="auditor"))
    verify(world, newcomer(), number)
    assert enters()
    return newcomer()


def test_administrator_alone_makes_no_account_that_signs_for_the_host(world: World) -> None:
    """He invites, ties the account to the host's representative and takes the invitation up himself."""
    number = take_up(invite(world, person=str(official(world).pk), role="host"))
    assert not enters()
    assert verify(world, newcomer(), number, by="administrator").status_code == 403
    assert not enters()


@pytest.mark.parametrize("role", ["chief", "legal", "commander", "host"])
def test_administrator_does_not_grant_himself_a_role(world: World, role: str) -> None:
    client, own = world.client("administrator"), address("grant-role", world.account["administrator"].pk)
    assert client.post(own, {"role": role, "start": TODAY}).status_code == 422
    assert not world.account["administrator"].grants.filter(role=role).exists()


@pytest.mark.parametrize("role", ["chief", "legal", "commander", "host", "administrator", "data_protection"])
def test_weighty_role_closes_the_account_until_somebody_else_verifies(world: World, puppet: Account, role: str) -> None:
    client = Client()
    client.force_login(puppet)
    assert client.get("/account/").status_code == 200
    grant = address("grant-role", puppet.pk)
    assert world.client("administrator").post(grant, {"role": role, "start": TODAY}).status_code == 302
    assert client.get("/account/").status_code == 302
    assert not enters()
    assert verify(world, puppet, number_in(sign_in("newcomer"))).status_code == 302
    assert enters()


def test_verifier_is_told_of_a_role_of_the_other_side(world: World, puppet: Account) -> None:
    grant = address("grant-role", puppet.pk)
    assert world.client("administrator").post(grant, {"role": "host", "start": TODAY}).status_code == 302
    shown = world.client("legal").get(address("verify-account", puppet.pk)).content.decode()
    assert "A role belongs to the other side" in shown


def test_ordinary_role_leaves_the_account_open(world: World, puppet: Account) -> None:
    grant = address("grant-role", puppet.pk)
    assert world.client("administrator").post(grant, {"role": "public_affairs", "start": TODAY}).status_code == 302
    assert enters()


def test_new_link_for_somebody_elses_account_lets_nobody_in(world: World) -> None:
    """Taking over the account of the host's representative: a new link, a new password, and a number of its own."""
    host = world.client("host")
    answer = world.client("administrator").post(address("renew-invitation", world.account["host"].pk))
    assert host.get("/account/").status_code == 302
    take_up(link_in(answer))
    assert not enters("host")


def test_verifying_ends_a_link_that_was_not_taken_up(world: World, puppet: Account) -> None:
    answer = world.client("administrator").post(address("renew-invitation", puppet.pk))
    assert verify(world, puppet, number_in(sign_in("newcomer"))).status_code == 302
    assert Client().get(link_in(answer)).status_code == 404


def test_own_account_gets_no_new_link(world: World) -> None:
    own = address("renew-invitation", world.account["administrator"].pk)
    assert world.client("administrator").post(own).status_code == 422
    assert world.client("administrator").get("/account/").status_code == 200
