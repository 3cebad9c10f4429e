"""Every use case of the house's lower floors, one by one: done by whose work it is, and by nobody else.

``CALLS`` names each of them once. A new use case without a line here makes the first test fail.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from accord.access import services as access
from accord.access.models import ExternalIdentity
from accord.advising import services as advising
from accord.advising.models import Commitment, Report
from accord.advising.services import Promise
from accord.audit.models import Entry
from accord.audit.usecase import REGISTRY
from accord.coordination import services as coordination
from accord.kernel.actor import PUBLIC, Actor, system
from accord.kernel.errors import AccordError, Refused
from accord.mandate import services as mandate
from accord.mandate.models import Accord, ExpansionStep, HostRequest, MandateVersion, OperationsFlag
from accord.notices import services as notices
from tests.cast import PEOPLE, TODAY, World, at

CONTEXTS = {"access", "advising", "coordination", "mandate", "notices"}
ISSUER = "https://id.example.org"
TEXT = {"en": "Words", "ar": "كلمات"}
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


def own_account(world: World) -> Any:
    account = world.account["advisor"]
    account.set_password("an old password")
    account.save()
    return account


def identified(world: World) -> ExternalIdentity:
    return ExternalIdentity.objects.create(account=own_account(world), issuer=ISSUER, subject="one")


# The calls ------------------------------------------------------------------------------------------------------------

CALLS: dict[str, Call] = {
    "access.open_account": Call(
        "administrator",
        lambda _w, a, _b: access.open_account(actor=a, username="new", name="New", password="long enough it is"),
    ),
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
        lambda w, a, _b: access.assign_identity(actor=a, account=w.account["press"], issuer=ISSUER, subject="one"),
    ),
    "access.unlink_identity": Call(
        "advisor", lambda _w, a, b: access.unlink_identity(actor=a, identity=b, method="oidc:home"), identified
    ),
    "access.end_by_provider": Call(
        "system",
        lambda _w, a, b: access.end_by_provider(actor=a, account=b.account, method="oidc:home", order="1"),
        identified,
    ),
    "access.choose_language": Call(
        "advisor", lambda w, a, _b: access.choose_language(actor=a, account=w.account["advisor"], language="ar")
    ),
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
OWN_ACCOUNT = {
    "access.change_password",
    "access.choose_language",
    "access.link_identity",
    "access.unlink_identity",
    "notices.mark_read",
}


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


@pytest.mark.parametrize("name", sorted(set(CALLS) - OWN_ACCOUNT))
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
