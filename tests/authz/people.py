"""The cast of the matrix: who they are, what lets them in, and what is kept about their coming in."""

from datetime import date, timedelta
from itertools import count
from typing import Any, NamedTuple

from django.db.backends.postgresql.psycopg_any import DateRange

from accord.access.keyed import digest
from accord.access.models import (
    Account,
    AccountContact,
    Attempt,
    BreakGlass,
    Compartment,
    CompartmentGrant,
    ExternalIdentity,
    Grant,
    Invitation,
    Level,
    Marking,
    Passkey,
    RecoveryCode,
    Session,
    Token,
    Totp,
)
from accord.access.sealing import seal
from accord.config.roles import SCOPES
from accord.kernel.clock import now
from accord.kernel.keys import new_key
from accord.people.models import Contact, Identity, Nation, Organisation, Person, Position, Tour
from tests.authz.canaries import Canaries
from tests.cast import SINCE, START, TODAY

ENDED = DateRange(START, TODAY)
TOKENS = {
    "wide": tuple(str(scope) for scope in SCOPES),
    "narrow": ("objectives.read",),
    "meetings": ("advising.read_engagements",),
    "expired": ("mandate.read",),
}
HOLDER = "holder"  # the chief whose programs bear the tokens


class Someone(NamedTuple):
    role: str
    organisation: str = "mission"
    side: str = "mission"
    nation: str = "ALY"


HOST = {"side": "host", "nation": "LND"}
PEOPLE = {
    "unverified": Someone("advisor"),
    "deactivated": Someone("advisor"),
    "ended": Someone("chief"),
    "former": Someone("advisor"),
    "idle": Someone("advisor"),
    "author": Someone("advisor"),
    "teammate": Someone("advisor"),
    "foreigner": Someone("advisor", nation="XYZ"),
    "uncleared": Someone("advisor"),
    "emergency": Someone("advisor"),
    "gender": Someone("advisor"),
    "member": Someone("vetting_officer"),
    "outsider": Someone("vetting_officer"),
    "lapsed": Someone("vetting_officer"),
    "chief": Someone("chief"),
    HOLDER: Someone("chief"),
    "press": Someone("public_affairs"),
    "legal": Someone("legal"),
    "commander": Someone("commander"),
    "protection": Someone("data_protection"),
    "auditor": Someone("auditor"),
    "administrator": Someone("administrator"),
    "government": Someone("host", "government", **HOST),
    "defence": Someone("host", "defence", **HOST),
    "interior": Someone("host", "interior", **HOST),
    "college": Someone("host", "college", **HOST),
    "union": Someone("partner", "union", "partner"),
    "council": Someone("partner", "council", "partner"),
}
# Marked so that only its holder's own claim to it lets him read his person and his post.
SHUT_BUT_OWN: dict[str, Any] = {
    "defence": "mission",
    "council": "vetting",
    "gender": None,
    HOLDER: "vetting",
    "idle": "mission",
}
LEVELS = {"public": (0, []), "unclassified": (10, ["mission", "host", "partner"]), "limited": (20, ["mission"])}
STEWARDS = {"vetting": "data_protection", "gender-protection": "legal", "force-protection": "chief"}
# code: level, releasable to, compartments
MARKINGS = {
    "public": ("public", ["public", "mission", "host", "partner"], []),
    "host": ("unclassified", ["mission", "host"], []),
    "partners": ("unclassified", ["mission", "partner"], []),
    "all-sides": ("unclassified", ["mission", "host", "partner"], []),
    "mission": ("unclassified", ["mission"], []),
    "mission-limited": ("limited", ["mission"], []),
    "vetting": ("unclassified", ["mission"], ["vetting"]),
    "gender-protection": ("unclassified", ["mission"], ["gender-protection"]),
    "nation-xyz": ("unclassified", ["nation:XYZ"], []),
    "organisation-union": ("unclassified", ["organisation:union"], []),
    "lost": ("cosmic", ["public", "mission", "host", "partner"], []),  # of a level that the mission does not know
}
MARKS: tuple[Any, ...] = (*MARKINGS, "unheard-of", None)
_numbers = count(1)


def need_to_know(canaries: Canaries) -> None:
    for code, (rank, sides) in LEVELS.items():
        canaries.plant(Level(code=code, rank=rank, ordinary_for=sides))
    for code, role in STEWARDS.items():
        canaries.plant(Compartment(code=code, steward_role=role, needs_two=code == "vetting"))
    for code, (level, releases, compartments) in MARKINGS.items():
        number = next(_numbers)
        canaries.plant(Marking(code=code, order=number, level=level, releasable_to=releases, compartments=compartments))
    # Kept in no list of the gate: only so that each of their texts has been seen.
    canaries.plant(Level(rank=90))
    canaries.plant(Compartment(steward_role="legal"))
    canaries.plant(Marking(order=90, level="unclassified"))


def people(canaries: Canaries, org: dict[str, Organisation], nation: dict[str, Nation]) -> dict[str, Account]:
    """Accounts, persons, posts and tours; the posts by the name of who holds them."""
    accounts = {}
    for name, someone in PEOPLE.items():
        account = Account(username=name, verified_at=now(), is_active=name != "deactivated")
        account.verified_at = None if name == "unverified" else account.verified_at
        account.clearance = "unclassified" if name == "uncleared" else ""
        accounts[name] = canaries.plant(account, name)
        marking = SHUT_BUT_OWN.get(name, "mission" if someone.side == "mission" else "host")
        person = canaries.plant(
            Person(side=someone.side, nation=nation[someone.nation], account=account, marking=marking), owner=name
        )
        duty = "host_authority" if name == "government" else ""
        marking = SHUT_BUT_OWN.get(name, "host")
        post = canaries.plant(
            Position(organisation=org[someone.organisation], period=SINCE, duty=duty, marking=marking), owner=name
        )
        over = name in {"ended", "former"}
        canaries.plant(Tour(position=post, person=person, period=ENDED if over else SINCE), parents=[person, post])
        canaries.plant(Identity(person=person), parents=[person])
        canaries.plant(Contact(person=person), parents=[person])
        canaries.plant(Grant(account=account, role=someone.role, period=ENDED if name == "idle" else SINCE), name)
    canaries.plant(Account(), "nobody")  # its user name is a canary, too
    return accounts


def post_of(account: Account) -> Position:
    return Position.objects.get(tours__person__account=account)


def circles(canaries: Canaries, account: dict[str, Account]) -> None:
    """Who is let into compartments, rightly or not."""
    days = DateRange(START, date(2026, 1, 1))
    state = {"in_force": TODAY, "proposed": TODAY}
    for name, code, how, confirmed in (
        ("member", "vetting", "in_force", TODAY),
        ("administrator", "vetting", "in_force", TODAY),  # of no effect: whoever manages grants holds none
        ("lapsed", "vetting", "in_force", TODAY - timedelta(days=40)),
        ("outsider", "vetting", "proposed", TODAY),  # the second person has not agreed
        ("gender", "gender-protection", "in_force", TODAY),
        ("press", "force-protection", "in_force", TODAY - timedelta(days=28)),
        ("defence", "force-protection", "ended", TODAY),
    ):
        second = account["legal"].pk if how in state else None
        canaries.plant(
            CompartmentGrant(
                account=account[name], compartment=code, period=days, state=how, confirmed_on=confirmed,
                granted_by=new_key(), seconded_by=second,
            ),
            name,
        )  # fmt: skip
    allowed = {"allowed_by": account["protection"].pk, "starts_at": now() - timedelta(hours=1)}
    opened = BreakGlass(
        account=account["emergency"], compartment="vetting", ends_at=now() + timedelta(hours=3), **allowed
    )
    canaries.plant(opened, "emergency")
    over = BreakGlass(account=account["teammate"], compartment="vetting", ends_at=now(), **allowed)
    canaries.plant(over, "teammate")
    canaries.plant(BreakGlass(account=account["auditor"], compartment="gender-protection"), "auditor")
    canaries.plant(BreakGlass(account=account["commander"], compartment="force-protection"), "commander")


def credentials(canaries: Canaries, account: dict[str, Account]) -> dict[str, str]:
    """Something of each kind for several people; the secrets of the tokens by their names."""
    secrets = {name: f"token-of-{name}" for name in TOKENS}
    for name, scopes in TOKENS.items():
        ends = now() + timedelta(days=-1 if name == "expired" else 30)
        token = Token(
            account=account[HOLDER], scopes=list(scopes), expires_at=ends, digest=digest("token", secrets[name])
        )
        canaries.plant(token, HOLDER)
    for name in ("author", "chief", "administrator", "defence", "union", "idle", "deactivated", "nobody"):
        owner = account.get(name) or Account.objects.get(username__startswith="CANARY")
        later = now() + timedelta(days=1)
        canaries.plant(AccountContact(account=owner), name)
        canaries.plant(Invitation(account=owner, expires_at=later), name)
        canaries.plant(Session(account=owner, expires_at=later), name)
        number = str(next(_numbers))
        canaries.plant(Passkey(account=owner, credential_id=number.encode(), public_key=b"key"), name)
        canaries.plant(Totp(account=owner, sealed_seed=seal("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")), name)
        canaries.plant(RecoveryCode(account=owner), name)
        canaries.plant(ExternalIdentity(account=owner), name)
        if name != HOLDER:
            canaries.plant(Token(account=owner, expires_at=later), name)
    canaries.plant(Attempt())
    return secrets
