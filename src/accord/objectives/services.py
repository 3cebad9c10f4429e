"""Proposing objectives, making them whole, opening and closing them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accord.audit.services import record
from accord.audit.usecase import use_case
from accord.kernel.actor import Actor
from accord.kernel.clock import today
from accord.kernel.errors import Invalid, WrongState
from accord.kernel.keys import new_key
from accord.kernel.workflow import Step
from accord.objectives.choices import Level, ObjectiveState, SelfReliance
from accord.objectives.models import FocusArea, Indicator, Objective, ObjectiveFocus, ObjectiveStep
from accord.objectives.permissions import Permission
from accord.objectives.queries import missing_of
from accord.objectives.rules import may_hang
from accord.objectives.workflow import CLOSE, OPEN
from accord.people.models import Position

RECORDED = {"kind": "record", "ref": ""}


@use_case(Permission.PROPOSE_OBJECTIVE)
def propose_objective(
    *,
    actor: Actor,
    level: str,
    parent: Objective,
    title: Mapping[str, str],
    focus_areas: Iterable[FocusArea],
    host_owner: Position | None = None,
    exit_criterion: Mapping[str, str] | None = None,
    self_reliance: str = "",
) -> Objective:
    """Propose a way under an end, or means under a way. Ends come from the mandate."""
    if not may_hang(level, parent.level):
        message = _("A way hangs on an end, and means hang on a way.")
        raise Invalid(message, {"parent": [message]})
    if parent.state == ObjectiveState.CLOSED:
        raise WrongState(_("The objective above is closed; nothing new hangs on it."))
    areas = _checked(title, focus_areas, host_owner, self_reliance)
    objective = Objective.objects.create(
        code=f"{slugify(title.get('en', ''))[:40] or level}-{new_key().hex[-8:]}", level=level, parent=parent,
        title=dict(title), host_owner=host_owner, exit_criterion=_said(exit_criterion), self_reliance=self_reliance,
        period=DateRange(today(), None), source=RECORDED,
    )  # fmt: skip
    _serve(objective, areas)
    ObjectiveStep.objects.create(
        objective=objective, name="propose", target=ObjectiveState.PROPOSED, account_id=actor.account_id,
        actor_name=actor.name,
    )  # fmt: skip
    record(actor, objective, level=level, parent=parent.code)
    return objective


@use_case(Permission.PROPOSE_OBJECTIVE)
def complete_objective(
    *,
    actor: Actor,
    objective: Objective,
    title: Mapping[str, str],
    focus_areas: Iterable[FocusArea],
    host_owner: Position | None,
    exit_criterion: Mapping[str, str],
    self_reliance: str = "",
) -> Objective:
    """Change or complete an objective that is still proposed."""
    objective = _locked(objective)
    if objective.state != ObjectiveState.PROPOSED or objective.level == Level.END:
        raise WrongState(_("Only an objective that is proposed can be changed."))
    areas = _checked(title, focus_areas, host_owner, self_reliance)
    objective.title, objective.exit_criterion = dict(title), _said(exit_criterion)
    objective.host_owner, objective.self_reliance = host_owner, self_reliance
    objective.save()
    objective.focus.all().delete()
    _serve(objective, areas)
    record(actor, objective, title=objective.title, host_owner=host_owner.code if host_owner else "")
    return objective


@use_case(Permission.PROPOSE_OBJECTIVE)
def add_indicator(
    *,
    actor: Actor,
    objective: Objective,
    name: Mapping[str, str],
    unit: str = "",
    baseline: str = "",
    baseline_on: date | None = None,
    target: str = "",
) -> Indicator:
    """Say what will be read to know how far an objective is reached, and where it stood at the start."""
    if objective.state == ObjectiveState.CLOSED:
        raise WrongState(_("This objective is closed."))
    faults: dict[str, list[Any]] = {}
    if not any(text.strip() for text in name.values()):
        faults["name"] = [_("Write in at least one language what will be read.")]
    if baseline and baseline_on is None:
        faults["baseline_on"] = [_("Say on which day things stood like that.")]
    if faults:
        raise Invalid(_("Some things are missing."), faults)
    indicator = Indicator.objects.create(
        objective=objective, name=dict(name), unit=unit, baseline=baseline, baseline_on=baseline_on, target=target,
        source=RECORDED,
    )  # fmt: skip
    record(actor, objective, indicator=indicator.name, baseline=baseline, baseline_on=baseline_on)
    return indicator


@use_case(Permission.OPEN_OBJECTIVE)
def open_objective(*, actor: Actor, objective: Objective, remark: str = "") -> Objective:
    """Open an objective; refused, naming each missing thing, until it is whole (S5a)."""
    objective = _locked(objective)
    target = OPEN.next_state(objective.state, _("Only an objective that is proposed can be opened."))
    missing = missing_of(objective)
    if missing:
        raise Invalid(_("It cannot open yet."), {name: [text] for name, text in missing.items()})
    return _step(actor, objective, OPEN, target, remark)


@use_case(Permission.OPEN_OBJECTIVE)
def close_objective(*, actor: Actor, objective: Objective, reason: str) -> Objective:
    """Close an objective, saying why. What hangs on it must be closed first."""
    objective = _locked(objective)
    target = CLOSE.next_state(objective.state, _("This objective is closed already."))
    if objective.level == Level.END:
        raise WrongState(_("Ends come from the mandate and end with it."))
    if not reason.strip():
        raise Invalid(_("Say why it is closed."), {"reason": [_("Say why it is closed.")]})
    if objective.children.exclude(state=ObjectiveState.CLOSED).exists():
        raise WrongState(_("Close what hangs on it first."))
    return _step(actor, objective, CLOSE, target, reason)


def _locked(objective: Objective) -> Objective:
    return Objective.objects.select_for_update(of=("self",)).select_related("parent").get(pk=objective.pk)


def _step(actor: Actor, objective: Objective, step: Step, target: str, remark: str) -> Objective:
    ObjectiveStep.objects.create(
        objective=objective, name=step.name, origin=objective.state, target=target, account_id=actor.account_id,
        actor_name=actor.name, remark=remark,
    )  # fmt: skip
    objective.state = target
    objective.save(update_fields=["state"])
    record(actor, objective, reason=remark, state=target)
    return objective


def _checked(
    title: Mapping[str, str], focus_areas: Iterable[FocusArea], host_owner: Position | None, self_reliance: str
) -> list[FocusArea]:
    areas = list(focus_areas)
    faults: dict[str, list[Any]] = {}
    if not any(text.strip() for text in title.values()):
        faults["title"] = [_("Say in at least one language what shall be reached.")]
    if not areas:
        faults["focus_areas"] = [_("Choose at least one focus area.")]
    if host_owner and host_owner.organisation.side != "host":
        faults["host_owner"] = [_("The owner is a post of the host nation.")]
    if self_reliance and self_reliance not in SelfReliance.values:
        faults["self_reliance"] = [_("Choose from the list.")]
    if faults:
        raise Invalid(_("Some things are missing."), faults)
    return areas


def _said(text: Mapping[str, str] | None) -> dict[str, str]:
    return {language: words for language, words in (text or {}).items() if words.strip()}


def _serve(objective: Objective, areas: Iterable[FocusArea]) -> None:
    ObjectiveFocus.objects.bulk_create([ObjectiveFocus(objective=objective, focus_area=area) for area in areas])
