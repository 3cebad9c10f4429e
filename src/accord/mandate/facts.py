"""What the gate needs to know about one day, read from the registers."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accord.kernel.errors import NotFound
from accord.mandate.choices import AccordState, ExpansionState, RequestState, VersionState
from accord.mandate.models import (
    Accord,
    AccordStep,
    AreaPlace,
    ConditionsAssessment,
    ControlStatus,
    ExpansionStep,
    HostRequest,
    MandateVersion,
    Mission,
    OperationsFlag,
    Posture,
)
from accord.mandate.rules import Consent, Control, Facts, Growth, Requirement, Scope
from accord.mandate.workflow import ENDED, RESUME
from accord.wall.standing import house


def the_mission() -> Mission:
    mission = Mission.objects.select_related("organisation", "host_government", "host_nation").first()
    if mission is None:
        raise NotFound(_("No mission is loaded yet. Load one with: accord load FOLDER"))
    return mission


def facts_on(day: date) -> Facts:
    """The facts of a day as the records say now, whoever asks: a verdict is the same for everybody.

    Plain reads; one query per register.
    """
    with house("gate"):
        return _facts_on(day)


def _facts_on(day: date) -> Facts:
    parameters = the_mission().parameters
    version = MandateVersion.objects.filter(state=VersionState.IN_FORCE, period__contains=day).first()
    posture = Posture.objects.filter(period__contains=day).first()
    return Facts(
        clauses=parameters.get("clauses", {}),
        clause_texts={c.code: c.text for c in version.clauses.all()} if version else {},
        types=frozenset(parameters.get("activity_types", [])),
        keys=frozenset(parameters.get("keys", ["requirement", "conditions"])),
        worst_conditions=parameters.get("worst_conditions", "green"),
        posture_modes={kind: frozenset(modes) for kind, modes in parameters.get("postures", {}).items()},
        has_version=version is not None,
        named=scope_of(version.institutions.all() if version else ()),
        areas=_areas(day),
        growth=tuple(_growth(day)),
        posture=posture.kind if posture else None,
        consents=tuple(_consents(day)),
        requirements=tuple(_requirements(day)),
        controls=tuple(
            Control(c.institution_id, c.with_subordinates, c.status)
            for c in ControlStatus.objects.filter(period__contains=day)
        ),
        on_operations=frozenset(OperationsFlag.objects.filter(period__contains=day).values_list("unit_id", flat=True)),
        conditions=dict(ConditionsAssessment.objects.filter(period__contains=day).values_list("place_id", "rating")),
    )


def scope_of(rows: Iterable[Any]) -> Scope:
    """The scope named by rows that carry ``institution_id`` and ``with_subordinates``."""
    rows = list(rows)
    return Scope(
        frozenset(r.institution_id for r in rows), frozenset(r.institution_id for r in rows if r.with_subordinates)
    )


def accord_states_on(day: date, *, known_at: datetime | None = None) -> dict[UUID, str]:
    """The state each accord has on a day, from the steps in effect by then. ``known_at`` leaves out later records.

    What has ended stays ended, and a suspension holds until it is lifted, in whatever order the steps were recorded: an
    entry into force recorded earlier for a later day lifts nothing, nor does lifting one suspension undo a withdrawal.
    """
    steps = AccordStep.objects.filter(effective_on__lte=day)
    if known_at:
        steps = steps.filter(at__lte=known_at)
    states: dict[UUID, str] = {}
    suspended: set[UUID] = set()
    for step in steps.order_by("effective_on", "at", "id"):
        if states.get(step.accord_id) in ENDED:
            continue
        if step.target == AccordState.SUSPENDED:
            suspended.add(step.accord_id)
        elif step.name == RESUME.name:
            suspended.discard(step.accord_id)
        else:
            states[step.accord_id] = step.target
    halted = {key for key in suspended if states.get(key) not in ENDED}
    return states | dict.fromkeys(halted, str(AccordState.SUSPENDED))


def _consents(day: date) -> Iterable[Consent]:
    states = accord_states_on(day)
    accords = Accord.objects.filter(pk__in=states).prefetch_related("institutions", "places")
    for accord in accords:
        in_period = accord.period.lower <= day < accord.period.upper
        state = states[accord.pk]
        if state == "in_force" and not in_period:
            state = "expired" if day >= accord.period.upper else "agreed"
        yield Consent(
            accord.pk,
            accord.title,
            state,
            scope_of(accord.institutions.all()),
            frozenset(accord.activity_types),
            frozenset(p.place_id for p in accord.places.all()),
            in_period,
        )


def _requirements(day: date) -> Iterable[Requirement]:
    for request in HostRequest.objects.filter(state=RequestState.ACCEPTED, validity__contains=day):
        scope = Scope(frozenset({request.institution_id}), frozenset({request.institution_id}))
        places = frozenset({request.place_id} if request.place_id else ())
        yield Requirement(request.title, scope, frozenset(request.activity_types), places)


def _areas(day: date) -> frozenset[UUID]:
    """The places of areas that stand on an instrument of their own; those of expansion steps come with the step."""
    places = AreaPlace.objects.filter(area__period__contains=day, area__expansion=None)
    return frozenset(places.values_list("place_id", flat=True))


def _growth(day: date) -> Iterable[Growth]:
    steps = ExpansionStep.objects.filter(
        state__in=[ExpansionState.IN_FORCE, ExpansionState.REVIEWED], period__contains=day
    ).prefetch_related("institutions", "places")
    for step in steps:
        places = frozenset(p.place_id for p in step.places.all())
        yield Growth(scope_of(step.institutions.all()), frozenset(step.activity_types), places)
