"""What the gate needs to know about one day, read from the registers."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accord.kernel.errors import NotFound
from accord.mandate.choices import ExpansionState, RequestState, VersionState
from accord.mandate.models import (
    Accord,
    AccordStep,
    Area,
    ConditionsAssessment,
    ControlStatus,
    ExpansionStep,
    HostRequest,
    MandateVersion,
    Mission,
    OperationsFlag,
    Posture,
)
from accord.mandate.rules import Consent, Control, Facts, Requirement, Scope


def the_mission() -> Mission:
    mission = Mission.objects.select_related("organisation", "host_government", "host_nation").first()
    if mission is None:
        raise NotFound(_("No mission is loaded yet. Load one with: accord load FOLDER"))
    return mission


def facts_on(day: date) -> Facts:
    """The facts of a day as the records say now. Plain reads; one query per register."""
    parameters = the_mission().parameters
    version = MandateVersion.objects.filter(state=VersionState.IN_FORCE, period__contains=day).first()
    expansions = list(
        ExpansionStep.objects.filter(
            state__in=[ExpansionState.IN_FORCE, ExpansionState.REVIEWED], period__contains=day
        ).prefetch_related("institutions")
    )
    named: list[Any] = list(version.institutions.all()) if version else []
    named += [i for step in expansions for i in step.institutions.all()]
    posture = Posture.objects.filter(period__contains=day).first()
    return Facts(
        clauses=parameters.get("clauses", {}),
        clause_texts={c.code: c.text for c in version.clauses.all()} if version else {},
        types=frozenset(parameters.get("activity_types", [])),
        keys=frozenset(parameters.get("keys", [])),
        worst_conditions=parameters.get("worst_conditions", "green"),
        posture_modes={kind: frozenset(modes) for kind, modes in parameters.get("postures", {}).items()},
        has_version=version is not None,
        institutions=scope_of(named),
        areas=_areas(day),
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
    """The state each accord has on a day: that of the last step *recorded* among those in effect by then.

    So a withdrawal recorded today also stops an entry into force recorded earlier for a later day. ``known_at`` leaves
    out what was recorded afterwards.
    """
    steps = AccordStep.objects.filter(effective_on__lte=day)
    if known_at:
        steps = steps.filter(at__lte=known_at)
    return {step.accord_id: step.target for step in steps.order_by("at", "id")}


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
        yield Requirement(request.title, scope, frozenset(request.activity_types))


def _areas(day: date) -> Mapping[UUID, dict[str, str]]:
    areas = Area.objects.filter(period__contains=day).prefetch_related("places")
    return {p.place_id: area.name for area in areas for p in area.places.all()}
