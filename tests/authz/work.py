"""Rows of the daily work: meetings, reports, promises, the calendar, notices, vetting, the fact sheet and the trail."""

from datetime import timedelta
from itertools import count
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from accord.access.models import Account
from accord.advising.models import (
    Commitment,
    Engagement,
    EngagementFocus,
    EngagementStep,
    Participant,
    Report,
    ReportStep,
)
from accord.audit.models import Entry, Seal, SealedEntry
from accord.coordination.models import Booking, BookingClaim
from accord.exchange.models import LoadedRecord
from accord.kernel.clock import now
from accord.kernel.keys import new_key
from accord.mandate.models import Accord
from accord.notices.models import Notice
from accord.objectives.models import FocusArea
from accord.people.models import Organisation, Person, Position
from accord.places.models import Place
from accord.publishing.models import ClaimTemplate, Edition, EditionStep
from accord.vetting.models import VettingRequest, VettingStep
from tests.authz.canaries import Canaries
from tests.authz.ledger import stretch
from tests.authz.people import MARKS
from tests.cast import START, TODAY

_numbers = count(1)
Orgs = dict[str, Organisation]
Accounts = dict[str, Account]
# kind: its institution, whoever made it
MEETINGS = {"defence": ("defence", "author"), "interior": ("interior", "chief"), "college": ("college", "teammate"),
            "draft": ("defence", "author"), "former": ("defence", "former")}  # fmt: skip


def engagements(
    canaries: Canaries, org: Orgs, place: Place, post: dict[str, Position], account: Accounts, focus: FocusArea
) -> None:
    accord = Accord.objects.filter(marking="host").get()
    spread = [(kind, marking) for kind in ("defence", "college") for marking in MARKS]
    spread += [(kind, "host") for kind in ("interior", "draft", "former", "draft", "defence", "defence", "defence")]
    reports = ["submitted", "draft", "returned", "legal_review", "approved"]
    for n, (kind, marking) in enumerate(spread):
        institution, maker = MEETINGS[kind]
        at = now() + timedelta(days=n - 20, hours=1)
        state = "draft" if kind in {"draft", "former"} else "conducted" if at < now() else "planned"
        made = canaries.plant(
            Engagement(
                institution=org[institution], place=place, starts_at=at, ends_at=at + timedelta(hours=1), state=state,
                lead=post[maker], accord=None if state == "draft" else accord, concerns=[org[institution].pk],
                created_by=account[maker].pk, marking=marking,
            ),
            kind,
        )  # fmt: skip
        step: dict[str, Any] = {"name": "plan", "origin": "draft", "target": "planned", "verdict": {}}
        parts = [
            EngagementFocus(engagement=made, focus_area=focus),
            EngagementStep(engagement=made, **step),
            Participant(engagement=made, position=post[institution], side="host"),
            Commitment(engagement=made, side="host", owner=post["defence"], due_on=TODAY, is_shared=True),
            Commitment(engagement=made, side="mission", owner=post["author"], due_on=TODAY, is_shared=False),
        ]
        for part in parts:
            shared = {True: "shared", False: "unshared", None: ""}[getattr(part, "is_shared", None)]
            canaries.plant(part, shared, parents=[made, part.position] if isinstance(part, Participant) else [made])
        _report(canaries, account, made, "host" if kind == "interior" else marking, reports[n % len(reports)])
    _promises(canaries, post, Engagement.objects.latest("starts_at"))


def _report(canaries: Canaries, account: Accounts, engagement: Engagement, marking: Any, state: str) -> None:
    author = "former" if engagement.created_by == account["former"].pk else "author"
    kind = {"draft": "draft" if author == "author" else "former"}.get(state, state)
    report = canaries.plant(
        Report(engagement=engagement, state=state, author=account[author].pk, marking=marking), kind
    )
    step = {"name": "begin", "origin": "", "target": state}
    canaries.plant(ReportStep(report=report, **step), parents=[report])


def _promises(canaries: Canaries, post: dict[str, Position], engagement: Engagement) -> None:
    for marking in MARKS:
        canaries.plant(
            Commitment(engagement=engagement, side="host", owner=post["defence"], due_on=TODAY, is_shared=True,
                       marking=marking),
            "shared", parents=[engagement],
        )  # fmt: skip


def calendar(canaries: Canaries, org: Orgs, post: dict[str, Position]) -> None:
    places = [(owner, at) for owner in ("mission", "union", "council") for at in ("defence", "interior", "mission")]
    spread = [(owner, at, "all-sides") for owner, at in places]
    spread += [("union", "defence", marking) for marking in MARKS]
    spread += [
        ("mission", "union", "all-sides"),
        ("council", "union", "all-sides"),
        ("defence", "mission", "all-sides"),
    ]
    for owner, at, marking in spread:
        start = now() + timedelta(hours=2 * next(_numbers))
        time = DateTimeTZRange(start, start + timedelta(hours=1))
        booking = canaries.plant(Booking(owner=org[owner], time=time, marking=marking), f"{owner}-{at}")
        for whose in dict.fromkeys((at, "union" if owner == "union" else at)):
            canaries.plant(
                BookingClaim(booking=booking, kind="organisation", resource_id=org[whose].pk, organisation=org[whose],
                             time=time),
                whose,
            )  # fmt: skip


def vetting(canaries: Canaries, org: Orgs, account: Accounts, subject: Person) -> None:
    """Every outcome, asked for by somebody who may, by his chief, and by somebody who no longer may."""
    outcomes = {"clear": TODAY + timedelta(days=90), "conditional": TODAY - timedelta(days=9), "denied": None}
    for asker in ("author", "chief", "press"):
        for outcome, until in outcomes.items():
            case = canaries.plant(
                VettingRequest(person=subject, serving_in=org["defence"], requested_by=account[asker].pk,
                               requested_on=START),
                asker,
            )  # fmt: skip
            for marking in ("vetting", "mission") if asker == "author" else ("vetting",):
                _outcome(canaries, account, case, outcome, until, marking)
    for marking in MARKS:
        case = canaries.plant(
            VettingRequest(unit=org["college"], requested_by=account["author"].pk, requested_on=START, marking=marking),
            "author",
        )
        _outcome(canaries, account, case, "denied", None, marking)


def _outcome(
    canaries: Canaries, account: Accounts, case: VettingRequest, outcome: str, until: Any, marking: Any
) -> None:
    canaries.plant(
        VettingStep(request=case, name="decide", origin="in_check", target=outcome, effective_on=START,
                    valid_until=until, account_id=account["member"].pk, marking=marking)
    )  # fmt: skip


def notices(canaries: Canaries, account: Accounts) -> None:
    for name, one in account.items():
        canaries.plant(Notice(account=one), name)


def publishing(canaries: Canaries) -> None:
    for n, marking in enumerate(MARKS):
        canaries.plant(ClaimTemplate(order=n, section="origin", binding="launch", period=stretch(), marking=marking))
        for state in ("draft", "published", "corrected", "withdrawn"):
            number = next(_numbers)
            signed = {} if state == "draft" else {"published_at": now()}
            edition = Edition(
                number=number, as_of=TODAY - timedelta(days=number), state=state, marking=marking, **signed
            )
            edition.content = _content(f"CANARY{len(canaries.rows):05}F99Q", edition)
            canaries.plant(edition, state)
            step = {"name": "prepare", "origin": "", "target": "draft"}
            canaries.plant(EditionStep(edition=edition, **step), parents=[edition])


def _content(word: str, edition: Edition) -> dict[str, Any]:
    """The shape of a sheet, with a word in its one sentence."""
    source = {"kind": "record", "ref": word}
    claim = {
        "code": "launch", "wording": "launch", "section": "origin", "clause": "", "sources": [source], "records": [],
        "digest": word, "text": {"en": word, "ar": word},
    }  # fmt: skip
    contact = {"office": {"en": word}, "telephone": word, "email": "press@example.org", "social": "",
               "website": "https://example.org/", "source": source}  # fmt: skip
    return {
        "as_of": edition.as_of.isoformat(), "mission": {"code": "exm", "acronym": "EXM", "name": {"en": word}},
        "languages": ["en", "ar"], "claims": [claim], "sources": [], "contact": contact, "digest": word,
    }  # fmt: skip


def trail(canaries: Canaries, account: Accounts) -> None:
    for marking in MARKS:
        for kind, table in (("accounts", "access.Account"), ("work", "advising.Report")):
            canaries.plant(
                Entry(account_id=account["author"].pk, channel="page", object_type=table, object_id=new_key(),
                      marking=marking),
                kind,
            )  # fmt: skip
    entry = Entry.objects.filter(marking="mission").first()
    assert entry
    seal = Seal(number=1, at=now(), count=1, total=1, first=entry.pk, last=entry.pk, key="ab" * 32)
    canaries.plant(seal)
    canaries.plant(SealedEntry(entry=entry, seal=seal, hash=b"0" * 32))
    canaries.plant(LoadedRecord(object_id=new_key()))
