"""What each address acts on, and what a person who may would write where the page itself does not say."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pyotp

from accord.kernel.clock import now
from tests.authz_writes.stage import LATER, PASSWORD, Stage
from tests.authz_writes.things import EMERGENCY
from tests.cast import TODAY

Find = Callable[[Stage], Any]
ONE_MORE = "Another long password 5"


@dataclass(frozen=True)
class Case:
    """``by`` is somebody who may; ``key`` finds what the address names; ``says`` overrides what the page offers."""

    by: str
    key: Find = lambda _stage: None
    named: str = "key"
    says: dict[str, Any] = field(default_factory=dict)
    asks: Callable[[Stage], dict[str, Any]] = lambda _stage: {}

    def kwargs(self, stage: Stage) -> dict[str, Any]:
        found = self.key(stage)
        if isinstance(found, dict):
            return found
        return {} if found is None else {self.named: getattr(found, "pk", found)}


def thing(name: str) -> Find:
    return lambda stage: stage.things[name]


def account(name: str) -> Find:
    return lambda stage: stage.accounts[name]


def org(code: str) -> Find:
    return lambda stage: stage.world.org[code]


def post(code: str) -> Find:
    return lambda stage: stage.world.post[code]


def number(name: str) -> Find:
    return lambda stage: stage.things[name].number


def entering(_stage: Stage) -> dict[str, Any]:
    return {"username": "second-advisor", "password": PASSWORD}


def planning(stage: Stage) -> dict[str, Any]:
    world = stage.world
    return {
        "topic": "Papers", "type": "advise", "institution": world.org["defence"].pk, "day": LATER.isoformat(),
        "counterparts": world.post["planner"].pk, "start": "14:00", "end": "15:00", "place": world.place["capital"].pk,
        "mode": "in_person", "lead": world.post["advisor"].pk, "focus_areas": world.focus[0].pk,
        "objective": world.objective.pk,
    }  # fmt: skip


def reporting(stage: Stage) -> dict[str, Any]:
    owner = stage.world.post["advisor"].pk
    return {"discussed": "Plans", "outcome": "Agreed", "atmosphere": "neutral", "promise": "Send", "owner": owner,
            "due": LATER.isoformat()}  # fmt: skip


def code_shown(stage: Stage) -> dict[str, Any]:
    return {"code": pyotp.TOTP(stage.things["seed"]).at(now())}


ANSWER, BOTH = {"answer": "yes"}, {"en": "Why", "ar": "لماذا"}
PASSWORDS = {"new": ONE_MORE, "again": ONE_MORE}

CASES: dict[str, Case] = {
    "sign-in": Case("anonymous", asks=entering),
    "second-step": Case("anonymous"),
    "passkey-sign-in": Case("anonymous"),
    "passkey-challenge": Case("advisor"),
    "prove": Case("advisor", says={"proof_password": PASSWORD, "resume": "/"}),
    "sign-out": Case("advisor"),
    "language": Case("advisor", says={"language": "ar"}),
    "theme": Case("advisor", says={"theme": "dark"}),
    "as-of": Case("advisor", says={"as_of": "2025-01-01"}),
    "notices": Case("chief"),
    "passkey-options": Case("advisor"),
    "add-passkey": Case("advisor", says={"name": "Key"}),
    "remove-passkey": Case("second-chief", thing("passkey")),
    "code-app": Case("press", asks=code_shown),
    "prepare-code-app": Case("advisor"),
    "remove-code-app": Case("press"),
    "recovery-codes": Case("press"),
    "end-other-sessions": Case("advisor"),
    "end-session": Case("advisor", thing("session")),
    "new-account": Case("administrator", says={"username": "newcomer", "role": "advisor"}),
    "renew-invitation": Case("administrator", thing("invited")),
    "verify-account": Case("legal", thing("waiting"), asks=lambda stage: {"number": stage.things["number"]}),
    "grant-role": Case("administrator", account("press"), says={"role": "auditor"}),
    "lost-device": Case("administrator", account("second-chief")),
    "close-account": Case("administrator", account("second-advisor")),
    "end-role": Case("administrator", thing("grant")),
    "invitation": Case("anonymous", thing("secret"), named="secret", says=PASSWORDS),
    "change-password": Case("advisor", says={"old": PASSWORD, **PASSWORDS}),
    "new-token": Case("advisor", says={"last_day": TODAY.isoformat()}),
    "end-token": Case("advisor", thing("token")),
    "plan-engagement": Case("advisor", asks=planning),
    "plan-verdict": Case("advisor", asks=planning),
    "change-engagement": Case("advisor", thing("planned"), asks=planning),
    "held-engagement": Case("advisor", thing("past")),
    "cancel-engagement": Case("advisor", thing("planned"), says={"reason": "host"}),
    "write-report": Case("advisor", thing("held"), asks=reporting),
    "judge-report": Case(
        "chief", lambda stage: stage.things["reported"].engagement, says={"step": "approve", "remark": ""}
    ),
    "settle-commitment": Case("advisor", thing("promise"), says={"state": "kept"}),
    "link-identity": Case("advisor", lambda _stage: "home", named="code"),
    "confirm-identity": Case("advisor"),
    "unlink-identity": Case("advisor", thing("identity")),
    "assign-identity": Case("administrator", thing("invited"), says={"provider": "home", "subject": "two"}),
    "back-channel-logout": Case("anonymous", lambda _stage: "home", named="code", says={"logout_token": "forged"}),
    "federated-sign-in": Case("anonymous", lambda _stage: "home", named="code"),
    "federated-return": Case("anonymous", lambda _stage: "home", named="code"),
    "grant-compartment": Case(
        "administrator", lambda _stage: "force-protection", named="code", says={"last_day": LATER.isoformat()},
        asks=lambda stage: {"account": stage.accounts["advisor"].pk},
    ),
    "ask-emergency": Case("advisor", lambda _stage: "contracts", named="code", says={"reason": EMERGENCY}),
    "answer-grant": Case("legal", thing("grant-waiting"), says=ANSWER),
    "confirm-grant": Case("chief", thing("grant-held"), says=ANSWER),
    "end-compartment-grant": Case("administrator", thing("grant-held")),
    "answer-emergency": Case("legal", thing("emergency"), says=ANSWER),
    "end-emergency": Case("second-advisor", thing("emergency")),
    "new-version": Case("legal"),
    "complete-version": Case("legal", thing("version")),
    "word-clause": Case("legal", thing("version"), says={"code": "S4"}),
    "activate-version": Case("commander", thing("version"), says={"start": LATER.isoformat()}),
    "new-instrument": Case("legal"),
    "new-request": Case("host"),
    "decide-request": Case("commander", thing("request"), says={"step": "decline", "remark": "Not now"}),
    "complete-request": Case("host", thing("returned")),
    "sign-control-status": Case("host"),
    "rate-conditions": Case("chief"),
    "change-posture": Case("commander", says={"kind": "remote"}),
    "flag-operations": Case("legal", asks=lambda stage: {"unit": stage.world.org["college"].pk}),
    "unflag-operations": Case("host", thing("flag"), says={"end": LATER.isoformat()}),
    "propose-expansion": Case("commander", says={"request": ""}),
    "activate-expansion": Case("commander", thing("expansion")),
    "review-expansion": Case("commander", thing("expanded")),
    "new-accord": Case("legal", says={"request": ""}),
    "sign-accord": Case("host", thing("accord")),
    "suspend-accord": Case("host", lambda stage: stage.world.accord),
    "resume-accord": Case("host", thing("paused")),
    "withdraw-accord": Case("host", lambda stage: stage.world.accord),
    "amend-accord": Case("legal", lambda stage: stage.world.accord),
    "gate": Case("advisor"),
    "new-organisation": Case("chief", says={"side": "host", "kind": "unit"}),
    "rename-organisation": Case("chief", org("brigade"), says={"name_en": "Another name"}),
    "move-organisation": Case("chief", org("brigade"), asks=lambda stage: {"parent": stage.world.org["college"].pk}),
    "add-spelling": Case("chief", org("brigade"), says={"text": "Another spelling"}),
    "new-position": Case("chief", org("brigade"), says={"rank_code": "OF-4"}),
    "begin-tour": Case(
        "chief", thing("empty-post"), asks=lambda stage: {"person": stage.accounts["second-advisor"].person.pk}
    ),
    "pair-position": Case("chief", post("second-advisor"), asks=lambda s: {"other": s.world.post["trainer"].pk}),
    "end-tour": Case("chief", thing("tour"), says={"end": TODAY.isoformat()}),
    "end-pairing": Case("chief", thing("pairing"), says={"end": TODAY.isoformat()}),
    "new-person": Case("chief", says={"side": "host"}),
    "propose-objective": Case("advisor", lambda stage: stage.world.objective),
    "complete-objective": Case("advisor", thing("way")),
    "add-indicator": Case("advisor", thing("way")),
    "open-objective": Case("chief", thing("way")),
    "close-objective": Case("chief", thing("way")),
    "new-partner-plan": Case("chief", says={"start": "09:00", "end": "10:00"}),
    "prepare-edition": Case("press", says={"as_of": TODAY.isoformat()}),
    "publish-history": Case("press"),
    "publish-edition": Case("press", number("edition"), named="number"),
    "correct-edition": Case("press", number("published"), named="number", says=BOTH),
    "withdraw-edition": Case("press", number("published"), named="number", says=BOTH),
    "vet-person": Case("advisor", thing("person"), says={"course": "Staff course 9"}),
    "vet-unit": Case("advisor", org("brigade")),
    "check-vetting": Case("officer", thing("vetting")),
    "decide-vetting": Case(
        "officer", thing("in-check"), says={"step": "clear", "last_day": LATER.isoformat(), "reference": "REG-1"}
    ),
    "why": Case("chief", lambda stage: {"kind": "organisation", "key": stage.world.org["brigade"].pk}),
    "mark-record": Case(
        "chief", lambda stage: {"kind": "organisation", "key": stage.world.org["brigade"].pk},
        says={"marking": "host", "reason": "Why"},
    ),
    # What is only read still takes a POST: nothing may come of it.
    "version": Case("legal", thing("version")),
    "request": Case("host", thing("request")),
    "accord": Case("host", thing("accord")),
    "compartment": Case("advisor", lambda _stage: "vetting", named="code"),
    "emergency": Case("second-advisor", thing("emergency")),
    "engagement": Case("advisor", thing("planned")),
    "account-tokens": Case("administrator", account("advisor")),
    "organisation": Case("chief", org("brigade")),
    "position": Case("chief", post("advisor")),
    "person": Case("chief", thing("person")),
    "objective": Case("chief", thing("way")),
    "edition": Case("anonymous", number("published"), named="number"),
    "desk-edition": Case("press", number("edition"), named="number"),
    "proof-edition": Case("press", number("edition"), named="number"),
    "vetting-case": Case("officer", thing("vetting")),
}  # fmt: skip
