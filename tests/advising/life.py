"""The life of a mission: random people take random steps on random days by every channel, and nothing may go wrong.

Each step is a method, so that Hypothesis can choose them and a scripted scenario can name them. After each step
``check`` looks at the tables alone, with the rules as ``restated`` says them.
"""

import argparse
import contextlib
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Case, When
from django.test import Client
from django.urls import reverse

from accord.advising import services as advising
from accord.advising.jobs import review_holds_job
from accord.advising.models import Engagement, EngagementStep, Participant, Report, ReportStep
from accord.advising.services import Plan
from accord.audit.models import Entry
from accord.config.cli import gate as gate_command
from accord.exchange import folder as folders
from accord.exchange.engagements import EngagementLoader
from accord.exchange.kinds import ENGAGEMENT
from accord.exchange.reading import read_yaml
from accord.exchange.schema.types import Shelf
from accord.kernel.actor import system
from accord.kernel.clock import fixed, zone
from accord.kernel.errors import AccordError
from accord.mandate import gate
from accord.mandate import services as mandate
from accord.mandate.models import Accord, AccordStep, HostRequest, OperationsFlag, RequestStep
from tests.advising.restated import CLOSED_LIST, Meeting, Records, meeting_of
from tests.cast import TODAY, World, at

ARRAYS = "mandate_accord", "mandate_hostrequest", "mandate_expansionstep"
COUNTED = (
    "audit_entry", "advising_engagement", "advising_engagementstep", "advising_report", "advising_reportstep",
    "mandate_accord", "mandate_accordstep", "mandate_hostrequest", "mandate_requeststep", "mandate_controlstatus",
    "mandate_conditionsassessment", "mandate_posture", "mandate_operationsflag", "coordination_booking",
    "coordination_bookingclaim", "notices_notice", "exchange_loadedrecord", "advising_participant",
)  # fmt: skip
FINGERPRINT = "SELECT " + ", ".join(f"(SELECT count(*) FROM {table})" for table in COUNTED)  # noqa: S608 - our names
STATES = "SELECT md5(coalesce(string_agg(id::text || state || coalesce(accord_id::text, ''), ',' ORDER BY id), ''))"
HISTORY = (AccordStep, RequestStep, EngagementStep, ReportStep, Entry)


class Broken(AssertionError):
    """An invariant does not hold."""


def holds(condition: object, words: str) -> None:
    if not condition:
        raise Broken(words)


@dataclass
class Life:
    world: World
    moment: datetime = field(default_factory=lambda: at(TODAY, 8))
    seen: set[UUID] = field(default_factory=set)
    written: list[int] = field(default_factory=lambda: [0] * len(HISTORY))
    last: tuple[Any, ...] = ()
    clients: dict[str, Client] = field(default_factory=dict)
    codes: int = 0
    steps: int = 0
    refused: int = 0

    @property
    def today(self) -> date:
        return self.moment.astimezone(zone()).date()

    def day(self, offset: int) -> date:
        return self.today + timedelta(days=offset)

    # How a step is taken ---------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def _minute(self) -> Iterator[None]:
        """Nothing happens twice in the same minute."""
        self.moment += timedelta(minutes=1)
        self.steps += 1
        with fixed(self.moment):
            yield

    def attempt(self, step: Callable[[], object]) -> bool:
        """Take a step; refused, it must leave nothing behind."""
        with self._minute():
            before = fingerprint()
            try:
                step()
            except AccordError as refusal:
                self.refused += 1
                holds(str(refusal).strip(), "a refusal without words")
                holds(fingerprint() == before, f"refused, yet something was written: {refusal}")
                self.check()
                return False
            self.check()
            return True

    def pass_time(self, days: int, *, with_worker: bool = True) -> None:
        self.moment += timedelta(days=days)
        with self._minute():
            if with_worker:
                review_holds_job(0)
            self.check()

    # Steps -----------------------------------------------------------------------------------------------------------

    def meeting(
        self, offset: int, kind: str = "advise", institution: str = "defence", post: str = "planner",
        place: str = "capital", mode: str = "in_person", topic: str = "Planning papers", hour: int = 10,
        lead: str = "advisor", **others: Any,
    ) -> Plan:  # fmt: skip
        plan = self.world.plan(self.day(offset), hour)
        return replace(
            plan, type=kind, institution=self.world.org[institution], counterparts=[self.world.post[post]],
            place=self.world.place[place], mode=mode, topic=topic, lead=self.world.post[lead], **others,
        )  # fmt: skip

    def plan(self, who: str, **what: Any) -> bool:
        return self.attempt(lambda: advising.plan_engagement(actor=self.world.actor(who), plan=self.meeting(**what)))

    def replan(self, who: str, which: int, **what: Any) -> bool:
        return self._with(
            Engagement.objects.order_by("id"),
            which,
            lambda e: advising.replan_engagement(actor=self.world.actor(who), engagement=e, plan=self.meeting(**what)),
        )

    def conduct(self, who: str, which: int) -> bool:
        return self._with(
            self._due(),
            which,
            lambda e: advising.conduct_engagement(actor=self.world.actor(who), engagement=e),
        )

    def _due(self) -> Any:
        """Those that can be recorded as held come first."""
        begun = Case(When(state="planned", starts_at__lte=self.moment, then=0), default=1)
        return Engagement.objects.order_by(begun, "id")

    def cancel(self, who: str, which: int) -> bool:
        return self._with(
            Engagement.objects.order_by("id"),
            which,
            lambda e: advising.cancel_engagement(actor=self.world.actor(who), engagement=e, reason="other"),
        )

    def stop(self, who: str, which: int, step: str, offset: int) -> bool:
        return self._with(
            Accord.objects.order_by("id"),
            which,
            lambda a: mandate.stop_accord(
                actor=self.world.actor(who), accord=a, step=step, reason="Because", effective_on=self.day(offset)
            ),
        )

    def resume(self, who: str, which: int) -> bool:
        return self._with(
            Accord.objects.order_by("id"),
            which,
            lambda a: mandate.resume_accord(actor=self.world.actor(who), accord=a, reason="Because"),
        )

    def propose(
        self, who: str, start: int, length: int, institutions: Sequence[str] = ("defence",),
        kinds: Sequence[str] = ("advise", "train"), places: Sequence[str] = ("land",),
    ) -> bool:  # fmt: skip
        text = {"en": "Both sides agree.", "ar": "اتفق الجانبان."}
        return self.attempt(
            lambda: mandate.propose_accord(
                actor=self.world.actor(who), title=text, text=text, activity_types=list(kinds), start=self.day(start),
                institutions=[self.world.org[c] for c in institutions], end=self.day(start + length),
                places=[self.world.place[c] for c in places],
            )
        )  # fmt: skip

    def amend(self, who: str, which: int, start: int, length: int) -> bool:
        return self._with(
            Accord.objects.order_by("id"),
            which,
            lambda a: mandate.amend_accord(
                actor=self.world.actor(who), accord=a, start=self.day(start), end=self.day(start + length), reason="So"
            ),
        )

    def sign(self, who: str, which: int) -> bool:
        return self._with(
            Accord.objects.order_by("-id"),
            which,
            lambda a: mandate.sign_accord(actor=self.world.actor(who), accord=a),
        )

    def control(self, who: str, institution: str, status: str, start: int, length: int, *, deep: bool = False) -> bool:
        return self.attempt(
            lambda: mandate.sign_control_status(
                actor=self.world.actor(who), institution=self.world.org[institution], status=status,
                start=self.day(start), end=self.day(start + length), with_subordinates=deep,
            )
        )  # fmt: skip

    def rate(self, who: str, place: str, rating: str, start: int, length: int) -> bool:
        return self.attempt(
            lambda: mandate.assess_conditions(
                actor=self.world.actor(who), place=self.world.place[place], rating=rating, start=self.day(start),
                end=self.day(start + length),
            )
        )  # fmt: skip

    def posture(self, who: str, kind: str, start: int) -> bool:
        return self.attempt(
            lambda: mandate.set_posture(
                actor=self.world.actor(who), kind=kind, headquarters=self.world.place["capital"], start=self.day(start),
                reason={"en": "So"},
            )
        )  # fmt: skip

    def flag(self, who: str, unit: str, start: int, length: int | None) -> bool:
        end = None if length is None else self.day(start + length)
        return self.attempt(
            lambda: mandate.flag_operations(
                actor=self.world.actor(who), unit=self.world.org[unit], start=self.day(start), end=end
            )
        )

    def unflag(self, who: str, which: int, end: int) -> bool:
        return self._with(
            OperationsFlag.objects.order_by("id"),
            which,
            lambda f: mandate.end_operations_flag(actor=self.world.actor(who), flag=f, end=self.day(end)),
        )

    def ask(self, who: str, institution: str, kinds: Sequence[str], place: str | None = None) -> bool:
        return self.attempt(
            lambda: mandate.submit_request(
                actor=self.world.actor(who), purpose="activity", title={"en": "Asked"}, text={},
                institution=self.world.org[institution], activity_types=list(kinds),
                place=self.world.place[place] if place else None,
            )
        )  # fmt: skip

    def decide(self, who: str, which: int, step: str, start: int, length: int) -> bool:
        return self._with(
            HostRequest.objects.order_by("-id"),
            which,
            lambda r: mandate.decide_request(
                actor=self.world.actor(who), request=r, step=step, valid_from=self.day(start),
                valid_until=self.day(start + length), remark="So",
            ),
        )  # fmt: skip

    def report(self, who: str, which: int, *, going_along: bool = False) -> bool:
        def write(engagement: Engagement) -> None:
            actor = self.world.actor(who)
            words = "Advisors went on patrol" if going_along else "Planning papers"
            report = advising.save_report(
                actor=actor, engagement=engagement, discussed=words, outcome="Agreed", atmosphere="neutral"
            )
            advising.submit_report(actor=actor, report=report)

        return self._with(Engagement.objects.order_by("id"), which, write)

    def judge(self, who: str, which: int, step: str) -> bool:
        use_case = advising.review_wording if step in {"clear", "reject"} else advising.judge_report
        return self._with(
            Report.objects.order_by("id"),
            which,
            lambda r: use_case(actor=self.world.actor(who), report=r, step=step, remark="So"),
        )

    def _with(self, rows: Any, which: int, step: Callable[[Any], object]) -> bool:
        keys = list(rows.values_list("pk", flat=True))
        if not keys:
            return False
        return self.attempt(lambda: step(rows.model.objects.get(pk=keys[which % len(keys)])))

    # Other channels --------------------------------------------------------------------------------------------------

    def plan_on_page(self, who: str, **what: Any) -> bool:
        """The form of the pages, as a browser sends it."""
        plan = self.meeting(**what)
        with self._minute():
            before = fingerprint()
            answer = self._client(who).post(reverse("plan-engagement"), _form(plan))
            return self._answered(answer.status_code == 302 and "/plan/" not in answer["Location"], before)

    def conduct_on_page(self, who: str, which: int) -> bool:
        keys = list(self._due().values_list("pk", flat=True))
        if not keys:
            return False
        key = keys[which % len(keys)]
        with self._minute():
            before = fingerprint()
            self._client(who).post(reverse("held-engagement", kwargs={"key": key}))
            conducted = EngagementStep.objects.filter(engagement=key, name="conduct", at=self.moment).exists()
            return self._answered(conducted, before)

    def _answered(self, changed: bool, before: tuple[Any, ...]) -> bool:
        self.refused += not changed
        if not changed:
            holds(fingerprint() == before, "the page said no, yet something was written")
        self.check()
        return changed

    def _client(self, who: str) -> Client:
        if who not in self.clients:
            self.clients[who] = self.world.client(who)
        return self.clients[who]

    def load(self, state: str = "planned", *, history: bool = False, **what: Any) -> bool:
        """One more meeting in engagements.yaml, read and loaded as the loader does."""
        self.codes += 1
        text = _yaml(f"meeting-{self.codes}", self.meeting(**what), state, history=history)

        def load() -> None:
            problems: list[Any] = []
            document = read_yaml(ENGAGEMENT.file, text, problems)
            found = folders._entries(ENGAGEMENT, {ENGAGEMENT.file: document}, _shelf(self.world), problems)
            loader = EngagementLoader(system("load"), folders.MissionFolder({ENGAGEMENT.name: found}, {}, ""))
            with transaction.atomic():  # all or nothing, as the use case around it has it
                if not problems:
                    loader.load()
                # The file holds the newest meeting alone: that it lacks the ones before is no fault here.
                faults = [p for p in (*problems, *loader.problems) if p.line != 1 or p.field != "code"]
                if faults:
                    raise AccordError("; ".join(str(p.message) for p in faults))

        return self.attempt(load)

    def ask_the_gate(self, **what: Any) -> bool:
        """Rules, command line and restated rules give one answer; asking changes nothing."""
        plan = self.meeting(**what)
        with self._minute():
            before = fingerprint()
            verdict = gate.ask(plan.question())
            meeting = Meeting(
                plan.type, plan.question().on, plan.institution.code, plan.place.code, plan.mode,
                frozenset(p.organisation.code for p in plan.counterparts), plan.topic,
            )  # fmt: skip
            records = Records(self.world)
            found, expected = {r.rule for r in verdict.refusals}, records.objections(meeting)
            holds(found == expected, f"the gate objects {found}, the rules restated {expected}: {meeting}")
            arguments = argparse.Namespace(
                institution=plan.institution.name["en"], type=plan.type, place=plan.place.name["ar"], on=meeting.day,
                mode=plan.mode, lang="ar", json=True,
            )  # fmt: skip
            with contextlib.redirect_stdout(io.StringIO()):
                code = gate_command.run(arguments)
            alone = replace(meeting, units=frozenset(), topic="")
            holds((code == 0) == (not records.objections(alone)), f"the command line disagrees: {alone}")
            holds(fingerprint() == before, "asking wrote something")
            return verdict.allowed

    # What must hold --------------------------------------------------------------------------------------------------

    def check(self) -> None:
        state = fingerprint()
        if state == self.last:
            return
        self.last = state
        records = Records(self.world)
        engagements = list(Engagement.objects.all())
        units: dict[UUID, set[UUID]] = {e.pk: set() for e in engagements}
        others = Participant.objects.exclude(side="mission").values_list("engagement", "position__organisation")
        for key, organisation in others:
            units[key].add(organisation)
        steps = list(EngagementStep.objects.order_by("at", "id"))
        lines = Counter(Entry.objects.filter(object_type="advising.engagement").values_list("object_id", flat=True))
        for engagement in engagements:
            own = [s for s in steps if s.engagement_id == engagement.pk]
            meeting = meeting_of(self.world, engagement, units[engagement.pk])
            self._sound(engagement, own, records, meeting, lines[engagement.pk])
        self._consents_sound(records)
        self._reports_sound()
        self._closed_list_holds()
        self._nothing_forgotten()

    def _sound(
        self, e: Engagement, steps: list[EngagementStep], records: Records, meeting: Meeting, lines: int
    ) -> None:
        if e.is_history:
            first = Entry.objects.order_by("at").first()
            holds(e.ends_at <= (first.at if first else self.moment), "history from a time when Accord was in use")
            return
        holds(steps and steps[-1].target == e.state, f"no step leads to {e.state}")
        holds(all(a.target == b.origin for a, b in pairwise(steps)), "a step from nowhere")
        taken = [s for s in steps if s.name in {"plan", "conduct", "cancel"}]
        holds(lines == len(taken), "a step without its line on the trail, or a line without a step")
        if e.state == "conducted":
            step = steps[-1]
            under = records.consents(meeting, known_at=step.at)
            holds(e.accord_id in under, f"conducted without consent recorded by then: {meeting}")
            holds(step.verdict.get("allowed") is True, "conducted on a verdict that was no yes")
            holds(e.starts_at <= step.at, "conducted before it began")
            if e.pk not in self.seen:
                self.seen.add(e.pk)
                holds(not records.objections(meeting), f"conducted against {records.objections(meeting)}: {meeting}")
        elif e.state == "planned" and meeting.day >= self.today:
            holds(not records.objections(meeting), f"planned against {records.objections(meeting)}: {meeting}")
            holds(e.accord_id in records.consents(meeting), f"planned under a consent that does not hold: {meeting}")

    def _consents_sound(self, records: Records) -> None:
        written = Counter(Entry.objects.filter(object_type="mandate.accord").values_list("object_id", flat=True))
        for key, accord in records.accords.items():
            taken = sorted((s for s in records.steps if s.accord_id == key), key=lambda s: (s.at, s.pk))
            holds(taken and taken[-1].target == accord.state, f"no step leads the accord to {accord.state}")
            moments = {s.at for s in taken if s.name not in {"amend", "agree", "enter_into_force"}}
            holds(key in records.built_in or written[key] >= len(moments), "consent moved without a line on the trail")
            stops = [s for s in taken if s.name in {"suspend", "withdraw"}]
            day_recorded = [(s.at.astimezone(zone()).date(), s.effective_on) for s in stops]
            holds(all(recorded <= effective for recorded, effective in day_recorded), "consent taken back for the past")
            entered = [s for s in taken if s.name == "enter_into_force" and key not in records.built_in]
            for s in entered:
                holds(s.at.astimezone(zone()).date() <= s.effective_on, "consent given for the past")
                holds(accord.host_signatory_id == self.world.post["representative"].pk, "signed by nobody of the host")
                holds(accord.mission_signatory_id == self.world.post["commander"].pk, "signed by nobody of the mission")

    def _reports_sound(self) -> None:
        for step in ReportStep.objects.filter(name__in=["approve", "clear"]).select_related("report"):
            holds(step.account_id != step.report.author, f"{step.name}d by its own author")
        for report in Report.objects.prefetch_related("steps", "engagement__steps"):
            last = sorted(report.steps.all(), key=lambda s: (s.at, s.pk))
            holds(report.state == (last[-1].target if last else "draft"), "no step leads to the state of a report")
            holds(report.engagement.state == "conducted", "a report of what was not held")
            cleared = {s.name for s in last}
            going_along = "patrol" in report.discussed
            holds(not going_along or report.state != "approved" or "clear" in cleared, "approved without legal review")

    def _closed_list_holds(self) -> None:
        kinds = set(Engagement.objects.values_list("type", flat=True))
        with connection.cursor() as cursor:
            for table in ARRAYS:
                cursor.execute(f"SELECT DISTINCT unnest(activity_types) FROM {table}")  # noqa: S608 - our own names
                kinds |= {kind for (kind,) in cursor.fetchall()}
        holds(kinds <= CLOSED_LIST, f"stored outside the closed list: {kinds - CLOSED_LIST}")

    def _nothing_forgotten(self) -> None:
        counts = [model._default_manager.count() for model in HISTORY]
        holds(all(now >= then for now, then in zip(counts, self.written, strict=True)), "history has shrunk")
        self.written = counts

    def tally(self) -> dict[str, int]:
        """What this life has come to."""
        states = Counter(Engagement.objects.values_list("state", flat=True))
        taken = Counter(AccordStep.objects.values_list("name", flat=True))
        return {
            **states,
            "lives": 1,
            "steps": self.steps,
            "refused": self.refused,
            "agreed": taken["agree"] - 1,
            "stopped": taken["suspend"] + taken["withdraw"],
            "reports": Report.objects.count(),
        }


def fingerprint() -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(FINGERPRINT)
        counts = tuple(cursor.fetchone())
        cursor.execute(f"{STATES} FROM advising_engagement")
        return (*counts, *cursor.fetchone())


def _form(plan: Plan) -> dict[str, Any]:
    start, end = plan.starts_at.astimezone(zone()), plan.ends_at.astimezone(zone())
    return {
        "topic": plan.topic,
        "type": plan.type,
        "institution": plan.institution.pk,
        "counterparts": [p.pk for p in plan.counterparts],
        "day": start.date().isoformat(),
        "start": f"{start:%H:%M}",
        "end": f"{end:%H:%M}",
        "place": plan.place.pk,
        "mode": plan.mode,
        "lead": plan.lead.pk,
        "focus_areas": [f.pk for f in plan.focus_areas],
        "objective": plan.objective.pk if plan.objective else "",
    }


def _yaml(code: str, plan: Plan, state: str, *, history: bool) -> str:
    moments = [moment.astimezone(zone()).strftime("%Y-%m-%d %H:%M") for moment in (plan.starts_at, plan.ends_at)]
    reason = "\n  cancel_reason: other" if state == "cancelled" else ""
    return f"""- code: {code}
  type: "{plan.type}"
  topic: "{plan.topic}"
  institution: {plan.institution.code}
  place: {plan.place.code}
  mode: {plan.mode}
  time: {{from: {moments[0]}, until: {moments[1]}}}
  lead: {plan.lead.code}
  counterparts: [{", ".join(p.code for p in plan.counterparts)}]
  objective: {plan.objective.code if plan.objective else ""}
  focus_areas: [{", ".join(f.code for f in plan.focus_areas)}]
  state: {state}{reason}
  history: {"true" if history else "false"}
  source: {{kind: illustrative, ref: Test}}
"""


def _shelf(world: World) -> Shelf:
    codes: dict[str, Iterable[str]] = {
        "organisation": world.org,
        "place": world.place,
        "position": world.post,
        "objective": [world.objective.code],
        "focus_area": [f.code for f in world.focus],
    }
    return Shelf(("en", "ar"), (), zone(), {kind: frozenset(known) for kind, known in codes.items()})
