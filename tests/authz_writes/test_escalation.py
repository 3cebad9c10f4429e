"""Nobody grows beyond his office: whoever keeps accounts, two who work together, tokens, emergencies, ended tours."""

import os
import random
from datetime import timedelta
from itertools import product

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from accord.access import services as access
from accord.access.models import Account
from accord.access.queries import account_behind, invited, number_of
from accord.advising import services as advising
from accord.audit.permissions import Permission as Audit
from accord.kernel.errors import AccordError, Invalid, Refused, WrongState
from accord.people import services as people
from accord.people.models import Person
from accord.people.queries import enters
from accord.vetting.models import VettingRequest, VettingStep
from accord.vetting.services import decide_vetting, take_into_check
from accord.wall.standing import door
from tests.authz_writes import ledger, oracle
from tests.authz_writes.chains import MINE, MOVES, Intruder, invite, succeeds
from tests.authz_writes.stage import LATER, PASSWORD
from tests.authz_writes.things import ISSUER
from tests.authz_writes.tries import Matrix
from tests.cast import TODAY

TRIPLES = 40 if "ACCORD_FUZZ" not in os.environ else None  # all of them take minutes
SEED = 4


def test_no_chain_of_three_makes_an_administrator_more(live: Matrix, capsys: pytest.CaptureFixture[str]) -> None:
    chains: list[tuple[str, ...]] = [*product(MOVES, repeat=1), *product(MOVES, repeat=2)]
    triples = list(product(MOVES, repeat=3))
    chains += random.Random(SEED).sample(triples, TRIPLES) if TRIPLES else triples
    taken, found = 0, list[str]()
    for chain in chains:
        with ledger.undone():
            intruder = Intruder(live.stage)
            taken += sum(succeeds(intruder, MOVES[name]) for name in chain)
            found += [f"{' > '.join(chain)}: {fault}" for fault in intruder.reached()]
    with capsys.disabled():
        print(f"\n{len(chains)} chains of an administrator's, {taken} steps carried out, {len(found)} too far")
    assert taken > len(chains) // 2, "hardly anything was possible: this proves nothing"
    assert not found, "\n".join(found[:20])


def test_the_search_would_notice(live: Matrix) -> None:
    """With a careless second person the same steps lead to all of it."""
    stage = live.stage
    with ledger.undone():
        intruder = Intruder(stage)
        for name in ("unseat", "invite", "grant puppet legal"):
            assert succeeds(intruder, MOVES[name])
        assert not intruder.reached()
        puppet = Account.objects.get(username="puppet")
        access.verify_account(actor=stage.actor("chief"), account=puppet, number=number_of(puppet))
        assert intruder.reached() == ["Puppet (fictional): is a second person too"]


def test_an_identity_entered_by_an_administrator_is_shown_to_who_verifies(live: Matrix) -> None:
    """Else he would enter as the host official whom he invited, beside him and unseen."""
    stage = live.stage
    with ledger.undone():
        account, secret = access.invite(actor=stage.actor("administrator"), username="new-host", name="New (fictional)")
        access.grant_role(actor=stage.actor("administrator"), account=account, role="host", start=TODAY)
        access.accept_invitation(actor=invited(secret).actor, secret=secret, password=PASSWORD)
        account.refresh_from_db()
        page = f"/accounts/{account.pk}/verify/"
        before = stage.clients["legal"].get(page).content.decode()
        assert MINE not in before
        access.assign_identity(actor=stage.actor("administrator"), account=account, issuer=ISSUER, subject=MINE)
        seen = before.split('name="seen" value="')[1].split('"')[0]
        stage.clients["legal"].post(page, {"number": number_of(account), "seen": seen})
        account.refresh_from_db()
        assert account.verified_at is None, "what was read before is not what would be confirmed"
        assert MINE in stage.clients["legal"].get(page).content.decode()
        assert account_behind(ISSUER, MINE) is not None
        access.verify_account(actor=stage.actor("legal"), account=account, number=number_of(account))
        with pytest.raises(WrongState):  # not even through a record that was read before it was verified
            access.assign_identity(actor=stage.actor("administrator"), account=account, issuer=ISSUER, subject="more")


def test_nobody_is_his_own_second_person(live: Matrix) -> None:
    stage = live.stage
    with ledger.undone():
        both = stage.accounts["administrator"]
        both.grants.create(role="legal", period=stage.accounts["legal"].grants.get().period, granted_by="Cast")
        with pytest.raises(Refused):
            access.answer_grant(actor=stage.actor("administrator"), grant=stage.things["grant-waiting"], agrees=True)
        with pytest.raises(Refused):
            access.verify_account(
                actor=stage.actor("administrator"), account=stage.things["waiting"], number=stage.things["number"]
            )
        chief = stage.accounts["chief"]
        Account.objects.filter(pk=chief.pk).update(verified_at=None)
        with pytest.raises(Refused):
            access.verify_account(actor=stage.actor("chief"), account=chief, number=number_of(chief))


def test_two_administrators_together_verify_nobody(live: Matrix) -> None:
    stage = live.stage
    with ledger.undone():
        intruder = Intruder(stage)
        invite(intruder)
        puppet = Account.objects.get(username="puppet")
        for one in ("administrator", "other-administrator"):
            with pytest.raises(Refused):
                access.verify_account(actor=stage.actor(one), account=puppet, number=number_of(puppet))


def test_a_chief_does_not_approve_his_own_report_nor_sit_on_a_post_of_the_host(live: Matrix) -> None:
    stage = live.stage
    with ledger.undone():
        chief = stage.actor("chief")
        report = advising.save_report(
            actor=chief, engagement=stage.things["held"], discussed="Plans", outcome="Agreed", atmosphere="neutral"
        )
        advising.submit_report(actor=chief, report=report)
        with pytest.raises(Refused):
            advising.judge_report(actor=chief, report=report, step="approve")
        with pytest.raises(Invalid):
            people.begin_tour(
                actor=chief, position=stage.world.post["representative"], person=Person.objects.get(code="chief"),
                start=TODAY,
            )  # fmt: skip


def test_a_chief_who_moves_somebody_to_a_signing_post_does_not_verify_him(live: Matrix) -> None:
    stage = live.stage
    with ledger.undone():
        people.end_tour(actor=stage.actor("chief"), tour=Person.objects.get(code="commander").tours.get(), end=TODAY)
        people.begin_tour(
            actor=stage.actor("chief"), position=stage.world.post["commander"],
            person=Person.objects.get(code="press"), start=TODAY,
        )  # fmt: skip
        press = Account.objects.get(username="press")
        assert not enters(press, TODAY)
        with pytest.raises(Refused):
            access.verify_account(actor=stage.actor("chief"), account=press, number=number_of(press))


def test_an_auditor_and_two_advisors_have_nothing_beyond_their_own() -> None:
    """Read from the table that the matrix has proved: what these may write at all."""
    many = oracle.named("people -second-chief")  # who has a passkey shows who he is by that alone
    own = {route for route, lines in oracle.allowed().items() if any(many <= line.who for line in lines)}

    def beyond(*who: str) -> set[str]:
        return {route for route in oracle.allowed() for one in who if oracle.may_write(route, one) is not None} - own

    assert beyond("auditor") == {"ask-emergency"}
    deciding = {"judge-report", "sign-accord", "verify-account", "answer-grant", "answer-emergency", "decide-vetting"}
    deciding |= {"grant-role", "grant-compartment", "open-objective", "publish-edition", "confirm-grant", "mark-record"}
    assert not beyond("advisor", "second-advisor") & deciding
    assert not {route for route in oracle.allowed() if oracle.may_write(route, "token") is not None}


def test_an_emergency_reads_and_never_writes(live: Matrix) -> None:
    stage = live.stage
    outsider, case = stage.actor("outsider"), stage.things["in-check"]
    assert outsider.emergency == {"vetting"}
    with pytest.raises(AccordError):
        take_into_check(actor=outsider, request=stage.things["vetting"])
    with pytest.raises(AccordError):
        decide_vetting(actor=outsider, request=case, step="clear", valid_until=LATER, reference="X-1")
    step = VettingStep.objects.model(
        request=VettingRequest(pk=case.pk), name="clear", origin="in_check", target="clear", effective_on=TODAY,
        valid_until=LATER, account_id=case.pk, actor_name="X",
    )  # fmt: skip
    # Even through an open door the database itself refuses: the circles of an emergency are for reading.
    with door(outsider, "decide_vetting"), pytest.raises(DatabaseError), transaction.atomic():
        step.save(force_insert=True)


def test_a_tour_that_ends_closes_sessions_and_tokens_at_the_next_request(live: Matrix) -> None:
    stage = live.stage
    with ledger.undone():
        browser, program = stage.clients["chief"], stage.clients["token"]
        assert (browser.get("/gate/").status_code, program.get("/gate/").status_code) == (200, 200)
        people.end_tour(actor=stage.actor("second-chief"), tour=Person.objects.get(code="chief").tours.get(), end=TODAY)
        assert (browser.get("/gate/").status_code, program.get("/gate/").status_code) == (302, 401)
        assert browser.post("/mandate/conditions/rate/", live.form("rate-conditions", "chief")).status_code == 401


@pytest.mark.parametrize(
    ("persona", "route"), [("press", "proof-edition"), ("data-protection", "trail-checkpoint"), ("auditor", "trail")]
)
def test_a_role_taken_away_closes_its_downloads_at_the_next_request(live: Matrix, persona: str, route: str) -> None:
    stage, path = live.stage, live.path(route)
    with ledger.undone():
        client = stage.clients[persona]
        opened = client.get(path)
        assert opened.status_code in {200, 404}, "a checkpoint there may not be yet; the page says so to who may ask"
        grant = stage.accounts[persona].grants.get()
        access.end_grant(actor=stage.actor("administrator"), grant=grant, end=TODAY)
        assert client.get(path).status_code == 403


def test_a_role_taken_away_closes_a_token_that_was_made_with_it(live: Matrix) -> None:
    stage = live.stage
    with ledger.undone():
        auditor = stage.actor("auditor")
        secret = access.create_token(actor=auditor, name="Trail", scopes=[Audit.READ_TRAIL], last_day=TODAY)
        program, stranger = (Client(HTTP_AUTHORIZATION=f"Bearer {text}") for text in (secret, f"{secret[:-1]}!"))
        assert program.get("/trail/").status_code == 200
        grant = stage.accounts["auditor"].grants.get()
        access.end_grant(actor=stage.actor("administrator"), grant=grant, end=TODAY)
        assert program.get("/trail/").status_code == 403
        assert stranger.get("/trail/").status_code == 401


def test_one_who_is_made_administrator_leaves_his_compartments(live: Matrix) -> None:
    stage = live.stage
    with ledger.undone():
        assert "vetting" in stage.actor("officer").compartments
        officer = stage.accounts["officer"]
        access.grant_role(actor=stage.actor("administrator"), account=officer, role="administrator", start=TODAY)
        assert not stage.actor("officer").compartments
        assert not enters(Account.objects.get(pk=officer.pk), TODAY + timedelta(days=1))
