"""Every use case of the house's lower floors, one by one: done by whose work it is, and by nobody else.

``CALLS`` names each of them once. A new use case without a line here makes the first test fail.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pyotp
import pytest

from accord.access import services as access
from accord.access import webauthn
from accord.access.models import BreakGlass, Compartment, CompartmentGrant, ExternalIdentity, Passkey, Session, Token
from accord.access.queries import number_of, secret_to_confirm
from accord.advising import services as advising
from accord.advising.models import Commitment, Report
from accord.advising.services import Promise
from accord.audit.models import Entry
from accord.audit.usecase import REGISTRY
from accord.coordination import services as coordination
from accord.kernel.actor import PUBLIC, Actor, system
from accord.kernel.clock import now
from accord.kernel.errors import AccordError, Refused
from accord.mandate import services as mandate
from accord.mandate.models import Accord, ExpansionStep, HostRequest, MandateVersion, OperationsFlag
from accord.notices import services as notices
from accord.people import services as people
from tests.access.device import ORIGIN, Device
from tests.cast import PEOPLE, TODAY, World, at

CONTEXTS = {"access", "advising", "coordination", "mandate", "notices"}
ISSUER = "https://id.example.org"
TEXT = {"en": "Words", "ar": "كلمات"}
EMERGENCY = "Somebody is in danger and waiting does harm"
PARTY = webauthn.Party("localhost", ORIGIN)
LATER = TODAY + timedelta(days=30)
MUCH_LATER = TODAY + timedelta(days=90)


@dataclass(frozen=True)
class Call:
    """Whose work it is, what must be there before, and the call itself."""

    by: str
    run: Callable[[World, Actor, Any], object]
    before: Callable[[World], Any] = lambda _world: None


# What must be there before --------------------------------------------------------------------------------------------


def proposed(world: World) -> Accord:
    return mandate.propose_accord(
        actor=world.actor("legal"), title=TEXT, text=TEXT, institutions=[world.org["defence"]],
        activity_types=["advise"], places=[world.place["capital"]], start=TODAY, end=LATER,
    )  # fmt: skip


def suspended(world: World) -> Accord:
    return mandate.stop_accord(actor=world.actor("host"), accord=world.accord, step="suspend", reason="Pause")


def submitted(world: World) -> HostRequest:
    return mandate.submit_request(
        actor=world.actor("host"), purpose="expansion", title=TEXT, text=TEXT, institution=world.org["interior"],
        activity_types=["advise"],
    )  # fmt: skip


def returned(world: World) -> HostRequest:
    return mandate.decide_request(
        actor=world.actor("commander"), request=submitted(world), step="return", remark="More, please"
    )


def expansion(world: World) -> ExpansionStep:
    request = mandate.decide_request(
        actor=world.actor("commander"), request=submitted(world), step="accept", valid_from=TODAY, valid_until=LATER
    )
    return mandate.propose_expansion(
        actor=world.actor("commander"), title=TEXT, request=request, institutions=[world.org["interior"]],
        places=[world.place["port"]], activity_types=["advise"], headcount_cap=4, start=TODAY, end=LATER,
    )  # fmt: skip


def expanded(world: World) -> ExpansionStep:
    return mandate.activate_expansion(actor=world.actor("commander"), step=expansion(world))


def drafted(world: World) -> MandateVersion:
    return mandate.draft_version(
        actor=world.actor("legal"), title=TEXT, summary=TEXT, request=world.request, invitation=world.instrument,
        decision=world.instrument, add_institutions=[world.org["interior"]],
    )  # fmt: skip


def flagged(world: World) -> OperationsFlag:
    return mandate.flag_operations(actor=world.actor("host"), unit=world.org["brigade"], start=TODAY)


def written(world: World, discussed: str = "Plans") -> Report:
    return advising.save_report(
        actor=world.actor("advisor"), engagement=world.conducted(), discussed=discussed, outcome="Agreed",
        atmosphere="neutral", promises=[Promise("mission", world.post["advisor"], "Send papers", LATER)],
    )  # fmt: skip


def handed_in(world: World) -> Report:
    return advising.submit_report(actor=world.actor("advisor"), report=written(world))


def with_legal(world: World) -> Report:
    return advising.submit_report(actor=world.actor("advisor"), report=written(world, "On patrol with the brigade"))


def promised(world: World) -> Commitment:
    written(world)
    return Commitment.objects.get()


def circle() -> Compartment:
    return Compartment.objects.create(code="circle", name=TEXT, steward_role="chief", needs_two=True)


def let_in(world: World) -> CompartmentGrant:
    return people.let_into_compartment(
        actor=world.actor("administrator"), account=world.account["advisor"], compartment=circle(), purpose="Helps",
        last_day=LATER,
    )  # fmt: skip


def inside(world: World) -> CompartmentGrant:
    return access.answer_grant(actor=world.actor("legal"), grant=let_in(world), agrees=True)


def emergency(world: World) -> BreakGlass:
    return access.ask_emergency(actor=world.actor("advisor"), compartment=circle(), reason=EMERGENCY)


def with_code_app(world: World) -> str:
    """A secret that waits to be confirmed, or is confirmed already where the code is wanted for it."""
    access.prepare_code_app(actor=world.actor("advisor"))
    return secret_to_confirm(world.actor("advisor"))


def with_confirmed_code_app(world: World) -> None:
    code = pyotp.TOTP(with_code_app(world)).at(now())
    access.confirm_code_app(actor=world.actor("advisor"), code=code)


def with_passkey(world: World) -> Passkey:
    return Passkey.objects.create(account=world.account["advisor"], name="Key", credential_id=b"key", public_key=b"key")


def asked_to_enrol(world: World) -> tuple[dict[str, Any], dict[str, Any]]:
    account = world.account["advisor"]
    return webauthn.ask_to_enrol(PARTY, holder=account.pk.bytes, username=account.username, name=str(account), known=())


def in_a_session(world: World) -> Session:
    world.client("advisor")
    return Session.objects.get()


def own_account(world: World) -> Any:
    account = world.account["advisor"]
    account.set_password("an old password")
    account.save()
    return account


def invited(world: World) -> Any:
    return access.renew_invitation(actor=world.actor("administrator"), account=world.account["advisor"])


def taken_up(world: World) -> Any:
    account = access.accept_invitation(actor=world.actor("advisor"), secret=invited(world), password="a long password")
    return account, number_of(account)


def token(world: World) -> Any:
    access.create_token(
        actor=world.actor("advisor"), name="Diary", scopes=["coordination.read_calendar"], last_day=TODAY
    )
    return Token.objects.get()


def unverified(world: World) -> Any:
    account = world.account["press"]
    account.verified_at = None
    account.save()
    return account


def identified(world: World) -> ExternalIdentity:
    return ExternalIdentity.objects.create(account=own_account(world), issuer=ISSUER, subject="one")


# The calls ------------------------------------------------------------------------------------------------------------

CALLS: dict[str, Call] = {
    "access.open_account": Call(
        "system",
        lambda _w, a, _b: access.open_account(actor=a, username="new", name="New", password="long enough it is"),
    ),
    "access.invite": Call("administrator", lambda _w, a, _b: access.invite(actor=a, username="new", name="New")),
    "access.renew_invitation": Call(
        "administrator", lambda w, a, _b: access.renew_invitation(actor=a, account=w.account["press"])
    ),
    "access.accept_invitation": Call(
        "advisor", lambda _w, a, b: access.accept_invitation(actor=a, secret=b, password="a long password"), invited
    ),
    "access.verify_account": Call(
        "legal", lambda _w, a, b: access.verify_account(actor=a, account=b[0], number=b[1]), taken_up
    ),
    "access.create_token": Call(
        "advisor",
        lambda _w, a, _b: access.create_token(
            actor=a, name="Diary", scopes=["coordination.read_calendar"], last_day=TODAY
        ),
    ),
    "access.end_token": Call("advisor", lambda _w, a, b: access.end_token(actor=a, token=b), token),
    "access.grant_role": Call(
        "administrator",
        lambda w, a, _b: access.grant_role(actor=a, account=w.account["press"], role="auditor", start=TODAY),
    ),
    "access.end_grant": Call(
        "administrator",
        lambda w, a, _b: access.end_grant(actor=a, grant=w.account["press"].grants.get(), end=TODAY),
    ),
    "access.close_account": Call(
        "administrator", lambda w, a, _b: access.close_account(actor=a, account=w.account["press"])
    ),
    "access.change_password": Call(
        "advisor",
        lambda _w, a, b: access.change_password(actor=a, account=b, old="an old password", new="another password"),
        own_account,
    ),
    "access.sign_in": Call("advisor", lambda _w, a, _b: access.sign_in(actor=a, proof=access.Password())),
    "access.prove_again": Call("advisor", lambda _w, a, _b: access.prove_again(actor=a, proof=access.Password())),
    "access.end_session": Call("advisor", lambda _w, a, b: access.end_session(actor=a, key=b.pk), in_a_session),
    "access.end_other_sessions": Call("advisor", lambda _w, a, _b: access.end_other_sessions(actor=a, here="")),
    "access.add_passkey": Call(
        "advisor",
        lambda _w, a, b: access.add_passkey(
            actor=a, name="Key", party=PARTY, challenge=b[1], response=Device().enrol(b[0])
        ),
        asked_to_enrol,
    ),
    "access.remove_passkey": Call(
        "advisor", lambda _w, a, b: access.remove_passkey(actor=a, key=b.pk), with_passkey
    ),
    "access.prepare_code_app": Call("advisor", lambda _w, a, _b: access.prepare_code_app(actor=a)),
    "access.confirm_code_app": Call(
        "advisor",
        lambda _w, a, b: access.confirm_code_app(actor=a, code=pyotp.TOTP(b).at(now())),
        with_code_app,
    ),
    "access.remove_code_app": Call(
        "advisor", lambda _w, a, _b: access.remove_code_app(actor=a), with_confirmed_code_app
    ),
    "access.renew_recovery_codes": Call(
        "advisor", lambda _w, a, _b: access.renew_recovery_codes(actor=a), with_confirmed_code_app
    ),
    "access.remove_credentials": Call(
        "administrator", lambda w, a, _b: access.remove_credentials(actor=a, account=w.account["press"])
    ),
    "access.enter_by_identity": Call(
        "system",
        lambda _w, a, b: access.enter_by_identity(actor=a, account=b.account, issuer=b.issuer, subject=b.subject),
        identified,
    ),
    "access.link_identity": Call(
        "advisor",
        lambda w, a, _b: access.link_identity(actor=a, account=w.account["advisor"], issuer=ISSUER, subject="one"),
    ),
    "access.assign_identity": Call(
        "administrator",
        lambda _w, a, b: access.assign_identity(actor=a, account=b, issuer=ISSUER, subject="one"),
        unverified,
    ),
    "access.unlink_identity": Call(
        "advisor", lambda _w, a, b: access.unlink_identity(actor=a, identity=b, method="oidc:home"), identified
    ),
    "access.end_by_provider": Call(
        "system",
        lambda _w, a, b: access.end_by_provider(actor=a, account=b.account, method="oidc:home", order="1"),
        identified,
    ),
    "access.mark_record": Call(
        "legal",
        lambda w, a, _b: access.mark_record(
            actor=a, label="mandate.accord", key=w.accord.pk, marking="mission", reason="Not to be shared yet"
        ),
    ),
    "access.choose_language": Call(
        "advisor", lambda w, a, _b: access.choose_language(actor=a, account=w.account["advisor"], language="ar")
    ),
    "access.answer_grant": Call("legal", lambda _w, a, b: access.answer_grant(actor=a, grant=b, agrees=True), let_in),
    "access.review_grant": Call("chief", lambda _w, a, b: access.review_grant(actor=a, grant=b, stays=True), inside),
    "access.end_compartment_grant": Call(
        "administrator", lambda _w, a, b: access.end_compartment_grant(actor=a, grant=b), inside
    ),
    "access.ask_emergency": Call(
        "advisor",
        lambda _w, a, b: access.ask_emergency(actor=a, compartment=b, reason=EMERGENCY),
        lambda _w: circle(),
    ),
    "access.answer_emergency": Call(
        "legal", lambda _w, a, b: access.answer_emergency(actor=a, emergency=b, allows=True), emergency
    ),
    "access.end_emergency": Call("advisor", lambda _w, a, b: access.end_emergency(actor=a, emergency=b), emergency),
    "advising.plan_engagement": Call("advisor", lambda w, a, _b: advising.plan_engagement(actor=a, plan=w.plan())),
    "advising.replan_engagement": Call(
        "advisor",
        lambda w, a, b: advising.replan_engagement(actor=a, engagement=b, plan=w.plan(LATER)),
        lambda w: w.planned(),
    ),
    "advising.conduct_engagement": Call(
        "advisor",
        lambda _w, a, b: advising.conduct_engagement(actor=a, engagement=b),
        lambda w: w.planned(TODAY - timedelta(days=1)),
    ),
    "advising.cancel_engagement": Call(
        "advisor",
        lambda _w, a, b: advising.cancel_engagement(actor=a, engagement=b, reason="host"),
        lambda w: w.planned(),
    ),
    "advising.review_holds": Call("system", lambda _w, a, _b: advising.review_holds(actor=a, since=TODAY)),
    "advising.save_report": Call(
        "advisor",
        lambda _w, a, b: advising.save_report(actor=a, engagement=b, discussed="Plans", outcome=""),
        lambda w: w.conducted(),
    ),
    "advising.submit_report": Call("advisor", lambda _w, a, b: advising.submit_report(actor=a, report=b), written),
    "advising.review_wording": Call(
        "legal", lambda _w, a, b: advising.review_wording(actor=a, report=b, step="clear"), with_legal
    ),
    "advising.judge_report": Call(
        "chief", lambda _w, a, b: advising.judge_report(actor=a, report=b, step="approve"), handed_in
    ),
    "advising.settle_commitment": Call(
        "advisor", lambda _w, a, b: advising.settle_commitment(actor=a, commitment=b, state="kept"), promised
    ),
    "coordination.record_partner_plan": Call(
        "chief",
        lambda w, a, _b: coordination.record_partner_plan(
            actor=a, partner=w.org["union"], title=TEXT, starts_at=at(LATER, 9), ends_at=at(LATER, 10),
            with_organisations=[w.org["defence"]],
        ),
    ),
    "mandate.submit_request": Call(
        "host",
        lambda w, a, _b: mandate.submit_request(
            actor=a, purpose="activity", title=TEXT, text=TEXT, institution=w.org["defence"], activity_types=["advise"]
        ),
    ),
    "mandate.resubmit_request": Call(
        "host",
        lambda w, a, b: mandate.resubmit_request(
            actor=a, request=b, title=TEXT, text=TEXT, institution=w.org["interior"], activity_types=["advise"]
        ),
        returned,
    ),
    "mandate.decide_request": Call(
        "commander",
        lambda _w, a, b: mandate.decide_request(actor=a, request=b, step="decline", remark="Not now"),
        submitted,
    ),
    "mandate.propose_accord": Call(
        "legal",
        lambda w, a, _b: mandate.propose_accord(
            actor=a, title=TEXT, text=TEXT, institutions=[w.org["defence"]], activity_types=["advise"],
            places=[w.place["capital"]], start=TODAY, end=LATER,
        ),
    ),
    "mandate.amend_accord": Call(
        "legal",
        lambda w, a, _b: mandate.amend_accord(actor=a, accord=w.accord, start=TODAY, end=LATER, reason="Other days"),
    ),
    "mandate.sign_accord": Call("host", lambda _w, a, b: mandate.sign_accord(actor=a, accord=b), proposed),
    "mandate.stop_accord": Call(
        "host", lambda w, a, _b: mandate.stop_accord(actor=a, accord=w.accord, step="suspend", reason="Pause")
    ),
    "mandate.resume_accord": Call(
        "host", lambda _w, a, b: mandate.resume_accord(actor=a, accord=b, reason="Settled"), suspended
    ),
    "mandate.propose_expansion": Call(
        "commander",
        lambda w, a, _b: mandate.propose_expansion(
            actor=a, title=TEXT, request=None, institutions=[], places=[w.place["port"]], activity_types=["advise"],
            headcount_cap=None, start=None, end=None,
        ),
    ),
    "mandate.activate_expansion": Call(
        "commander", lambda _w, a, b: mandate.activate_expansion(actor=a, step=b), expansion
    ),
    "mandate.review_expansion": Call(
        "commander", lambda _w, a, b: mandate.review_expansion(actor=a, step=b, review=TEXT), expanded
    ),
    "mandate.sign_control_status": Call(
        "host",
        lambda w, a, _b: mandate.sign_control_status(
            actor=a, institution=w.org["defence"], status="under_control", start=TODAY, end=LATER
        ),
    ),
    "mandate.assess_conditions": Call(
        "chief",
        lambda w, a, _b: mandate.assess_conditions(
            actor=a, place=w.place["capital"], rating="amber", start=TODAY, end=LATER
        ),
    ),
    "mandate.set_posture": Call(
        "commander",
        lambda w, a, _b: mandate.set_posture(
            actor=a, kind="remote", headquarters=w.place["capital"], start=TODAY, reason=TEXT
        ),
    ),
    "mandate.flag_operations": Call(
        "legal", lambda w, a, _b: mandate.flag_operations(actor=a, unit=w.org["brigade"], start=TODAY)
    ),
    "mandate.end_operations_flag": Call(
        "host", lambda _w, a, b: mandate.end_operations_flag(actor=a, flag=b, end=LATER), flagged
    ),
    "mandate.draft_version": Call(
        "legal", lambda _w, a, _b: mandate.draft_version(actor=a, title=TEXT, summary=TEXT)
    ),
    "mandate.complete_version": Call(
        "legal",
        lambda w, a, b: mandate.complete_version(
            actor=a, version=b, request=w.request, invitation=w.instrument, decision=None
        ),
        drafted,
    ),
    "mandate.word_clause": Call(
        "legal", lambda _w, a, b: mandate.word_clause(actor=a, version=b, code="S4", text=TEXT), drafted
    ),
    "mandate.record_instrument": Call(
        "legal",
        lambda _w, a, _b: mandate.record_instrument(
            actor=a, kind="decision", title=TEXT, issued_by=TEXT, issued_on=TODAY
        ),
    ),
    "mandate.activate_version": Call(
        "commander", lambda _w, a, b: mandate.activate_version(actor=a, version=b, start=LATER), drafted
    ),
    "notices.mark_read": Call("auditor", lambda _w, a, _b: notices.mark_read(actor=a)),
}  # fmt: skip
# Whoever works for the mission may ask, the auditor too; a second person answers.
EVERYBODYS = {"access.ask_emergency"}
OWN_ACCOUNT = {"notices.mark_read"} | {
    f"access.{name}"
    for name in (
        "accept_invitation", "add_passkey", "change_password", "choose_language", "confirm_code_app", "create_token",
        "end_other_sessions", "end_session", "end_token", "link_identity", "prepare_code_app", "prove_again",
        "remove_code_app",
        "remove_passkey", "renew_recovery_codes", "sign_in", "unlink_identity",
    )
}  # fmt: skip


def test_every_use_case_has_its_line() -> None:
    assert set(CALLS) == {name for name, found in REGISTRY.items() if found.module in CONTEXTS}


def doer(world: World, name: str) -> Actor:
    return system("worker") if name == "system" else world.actor(name)


@pytest.mark.parametrize("name", CALLS)
def test_done_by_whose_work_it_is_and_left_on_the_trail(world: World, name: str) -> None:
    call, action = CALLS[name], REGISTRY[name].name
    before = call.before(world)
    lines = set(Entry.objects.values_list("pk", flat=True))
    call.run(world, doer(world, call.by), before)
    entry = Entry.objects.exclude(pk__in=lines).filter(action=action).earliest("id")
    assert entry.actor_name == doer(world, call.by).name
    assert entry.object_id
    assert entry.object_type.startswith(("access.", "advising.", "coordination.", "mandate.", "notices."))


@pytest.mark.parametrize("name", CALLS)
def test_refused_to_everybody_whose_role_does_not_allow_it(world: World, name: str) -> None:
    call, permission = CALLS[name], REGISTRY[name].permission
    before = call.before(world)
    lines = Entry.objects.count()
    others = [world.actor(who) for who in PEOPLE if permission not in world.actor(who).permissions]
    assert others or name in OWN_ACCOUNT | {"mandate.sign_accord"}
    for stranger in [*others, PUBLIC]:
        with pytest.raises(Refused):
            call.run(world, stranger, before)
    assert Entry.objects.count() == lines


@pytest.mark.parametrize("name", sorted(set(CALLS) - OWN_ACCOUNT - EVERYBODYS))
def test_auditor_changes_nothing(world: World, name: str) -> None:
    call = CALLS[name]
    before = call.before(world)
    lines = Entry.objects.count()
    with pytest.raises(Refused):
        call.run(world, world.actor("auditor"), before)
    assert Entry.objects.count() == lines


MISSION_ONLY = sorted(n for n, c in CALLS.items() if c.by not in {"host", "system"} and n not in OWN_ACCOUNT)


@pytest.mark.parametrize("name", MISSION_ONLY)
def test_host_does_not_do_the_work_of_the_mission(world: World, name: str) -> None:
    call = CALLS[name]
    if name == "mandate.flag_operations":
        call.run(world, world.actor("host"), call.before(world))  # its own units, its own flag
        return
    before = call.before(world)
    with pytest.raises(AccordError):
        call.run(world, world.actor("host"), before)


HOST_ONLY = sorted(n for n, c in CALLS.items() if c.by == "host" and n != "mandate.sign_accord")


@pytest.mark.parametrize("name", HOST_ONLY)
@pytest.mark.parametrize("who", ["commander", "chief", "legal", "administrator"])
def test_nobody_of_the_mission_speaks_for_the_host(world: World, name: str, who: str) -> None:
    """Not even with every permission there is: the side counts, and the post (S10b, S12a)."""
    call = CALLS[name]
    before = call.before(world)
    actor = world.actor(who)
    almighty = Actor(
        name=actor.name, side="mission", permissions=frozenset(u.permission for u in REGISTRY.values()),
        account_id=actor.account_id, person_id=actor.person_id,
        position_ids=actor.position_ids | {world.post["representative"].pk},
    )  # fmt: skip
    with pytest.raises(Refused):
        call.run(world, almighty, before)
