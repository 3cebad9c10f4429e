"""Consent of the host government: which accords there are, what they cover, and what state they have on a day."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accord.kernel.actor import Actor
from accord.kernel.clock import today
from accord.kernel.errors import NotFound
from accord.kernel.period import Period
from accord.kernel.source import Source
from accord.kernel.text import localised
from accord.mandate.choices import AccordState, Matter
from accord.mandate.facts import accord_states_on
from accord.mandate.models import Accord, AccordStep
from accord.mandate.permissions import Permission
from accord.mandate.queries.authorities import has_authority
from accord.mandate.queries.rows import Named, StepTaken, kinds, may_know_name, named, source_of
from accord.mandate.workflow import ACCORD_WORKFLOW, AMEND, RESUME, SIGN_HOST, SUSPEND, WITHDRAW
from accord.people.models import Position
from accord.people.queries import holders_on

HOST_STEPS = {SIGN_HOST.name, SUSPEND.name, RESUME.name, WITHDRAW.name}
PROPOSE = _("Proposed")


@dataclass(frozen=True, slots=True)
class AccordRow:
    id: UUID
    title: str
    state: str
    period: Period
    institutions: tuple[Named, ...]
    types: tuple[str, ...]
    places: tuple[Named, ...]
    host_signed: bool
    mission_signed: bool
    source: Source


@dataclass(frozen=True, slots=True)
class Signature:
    side: str
    post: str
    name: str
    on: date | None


@dataclass(frozen=True, slots=True)
class AccordPage:
    """``titles``, ``texts`` and ``conditions`` by language; ``coming`` are steps already decided for later days."""

    row: AccordRow
    titles: dict[str, str]
    texts: dict[str, str]
    conditions: dict[str, str]
    deep: frozenset[UUID]
    request: Named | None
    amends: Named | None
    amended_by: tuple[Named, ...]
    signatures: tuple[Signature, ...]
    proposed_by: str
    steps: tuple[StepTaken, ...]
    coming: tuple[StepTaken, ...]
    open_steps: frozenset[str]
    has_authority: bool

    @property
    def last_step(self) -> StepTaken | None:
        return self.steps[-1] if self.steps else None


def _whole() -> QuerySet[Accord]:
    return Accord.objects.prefetch_related("institutions__institution", "places__place")


def accords(language: str, day: date, *, state: str = "", institution: UUID | None = None) -> list[AccordRow]:
    """Accords as they stood on a day, the newest first."""
    states = accord_states_on(day)
    rows = _whole().filter(pk__in=states).order_by("-period", "code")
    if institution:
        rows = rows.filter(institutions__institution=institution)
    found = [_row(a, states[a.pk], language, day) for a in rows]
    return [a for a in found if not state or a.state == state]


def accord_page(actor: Actor, key: UUID, language: str, day: date) -> AccordPage:
    states = accord_states_on(day)
    rows = _whole().select_related("request", "amends", "host_signatory", "mission_signatory")
    a = rows.filter(pk=key, pk__in=states).prefetch_related("steps", "amendments").first()
    if a is None:
        raise NotFound(_("There is no such accord, or it was not known on that day."))
    row = _row(a, states[a.pk], language, day)
    steps = sorted(a.steps.all(), key=lambda s: (s.at, s.pk))
    authority = has_authority(actor, Matter.ACCORD, today())
    return AccordPage(
        row,
        a.title,
        a.text,
        a.conditions,
        frozenset(i.institution_id for i in a.institutions.all() if i.with_subordinates),
        named(a.request, language) if a.request else None,
        named(a.amends, language) if a.amends else None,
        tuple(named(n, language) for n in a.amendments.all() if n.pk in states),
        _signatures(a, actor, language, day),
        "" if actor.is_host else a.proposed_by,
        tuple(_taken(s, actor) for s in steps if s.effective_on <= day),
        tuple(_taken(s, actor) for s in steps if s.effective_on > day),
        _open_steps(actor, a, row.state),
        authority,
    )


def accord_for(key: UUID) -> Accord:
    """The record itself, for a use case."""
    row = Accord.objects.select_related("request").filter(pk=key).first()
    if row is None:
        raise NotFound(_("There is no such accord."))
    return row


def state_shown(recorded: str, period: Period, day: date) -> str:
    """The state on a day as the gate takes it: in force only between its first and its last day."""
    if recorded == AccordState.IN_FORCE and day not in period:
        return AccordState.EXPIRED if period.end and day >= period.end else AccordState.AGREED
    return recorded


def _open_steps(actor: Actor, a: Accord, state: str) -> frozenset[str]:
    """What the actor's role allows in this state; signing is named ``sign`` for either side."""
    found = {s.name for s in ACCORD_WORKFLOW.open_steps(state, actor.permissions)}
    allowed: set[str] = set()
    side = "host" if actor.is_host else "mission"
    if f"sign_for_{side}" in found and getattr(a, f"{side}_signed_on") is None and today() < a.period.upper:
        allowed.add("sign")
    if actor.is_host:
        allowed |= found & {SUSPEND.name, WITHDRAW.name, RESUME.name}
    if state in AMEND.origins and actor.may(Permission.PROPOSE_ACCORD):
        allowed.add(AMEND.name)
    return frozenset(allowed)


def _row(a: Accord, recorded: str, language: str, day: date) -> AccordRow:
    period = Period.of(a.period)
    return AccordRow(
        a.pk,
        localised(a.title, language),
        state_shown(recorded, period, day),
        period,
        tuple(named(i.institution, language) for i in a.institutions.all()),
        kinds(a.activity_types),
        tuple(named(p.place, language) for p in a.places.all()),
        bool(a.host_signed_on and a.host_signed_on <= day),
        bool(a.mission_signed_on and a.mission_signed_on <= day),
        source_of(a),
    )


def _signatures(a: Accord, actor: Actor, language: str, day: date) -> tuple[Signature, ...]:
    return tuple(
        _signature(side, post, on if on and on <= day else None, actor, language)
        for side, post, on in (
            ("host", a.host_signatory, a.host_signed_on),
            ("mission", a.mission_signatory, a.mission_signed_on),
        )
    )


def _signature(side: str, post: Position | None, on: date | None, actor: Actor, language: str) -> Signature:
    if post is None or on is None:
        return Signature(side, "", "", None)
    holder: Any = holders_on(on, language).get(post.pk)
    name = holder.name if holder and may_know_name(actor, side, post.is_public) else ""
    return Signature(side, localised(post.title, language), name, on)


def _taken(step: AccordStep, actor: Actor) -> StepTaken:
    labels = {s.name: s.label for s in ACCORD_WORKFLOW.steps}
    shown = step.name in HOST_STEPS or not actor.is_host
    return StepTaken(
        step.name,
        str(labels.get(step.name, PROPOSE)),
        step.target,
        step.effective_on,
        step.actor_name if shown else "",
        step.reason,
    )
