"""What everybody outside learns, which is yes or not yet; and, inside VETTING, the cases."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, F, Func, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accord.access.choices import Role
from accord.access.models import Compartment
from accord.access.permissions import Permission as Access
from accord.access.queries import roles_who_may
from accord.kernel.actor import Actor
from accord.kernel.clock import today
from accord.kernel.errors import NotFound, Refused
from accord.kernel.text import localised, plainly
from accord.vetting.choices import CLEARED, COMPARTMENT, CaseState
from accord.vetting.models import VettingRequest, VettingStep
from accord.vetting.permissions import Permission

EXPIRES_SOON = timedelta(days=60)


def _eligible_on(day: date) -> Func:
    """The same answer for each row of requests: for its subject and its course."""
    subject = Coalesce("person_id", "unit_id")
    return Func(subject, Value(day), F("course_key"), function="vetting_eligible", output_field=BooleanField())


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request as its requester sees it: ``is_eligible`` is yes or not yet, whatever is behind it."""

    id: UUID
    subject_id: UUID
    subject: str
    is_unit: bool
    purpose: str
    course: str
    requested_on: date
    is_eligible: bool


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A request inside VETTING. The outcome itself is read on the page of the case, which leaves a trail entry."""

    id: UUID
    subject: str
    is_unit: bool
    course: str
    requested_by: str
    requested_on: date
    last_day: date | None


@dataclass(frozen=True, slots=True)
class Desk:
    to_take: tuple[CaseRow, ...]
    in_check: tuple[CaseRow, ...]
    expiring: tuple[CaseRow, ...]
    decided: tuple[CaseRow, ...]


@dataclass(frozen=True, slots=True)
class StepRow:
    target: str
    at: datetime
    last_day: date | None
    reference: str
    by: str


@dataclass(frozen=True, slots=True)
class CasePage:
    """``others`` are the other requests about the same subject; ``is_free``: the reader did not ask for it himself."""

    row: CaseRow
    unit: str
    purpose: str
    state: str
    steps: tuple[StepRow, ...]
    others: tuple[CaseRow, ...]
    is_free: bool


def eligible(subject: UUID, on: date, *, course: str | None = None) -> bool:
    """Whether a person or unit is cleared on a day, for one course if it is named.

    The only thing known outside VETTING. PostgreSQL answers, since the reader may not read what it looks at.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT vetting_eligible(%s, %s, %s)", [subject, on, None if course is None else plainly(course)]
        )
        return bool(cursor.fetchone()[0])


def own_requests(actor: Actor, language: str) -> list[RequestRow]:
    """What the actor asked for, newest first, with the answer of today; order and number do not depend on it.

    Never as of another day: looking back would tell who was cleared once from who never was.
    """
    if not actor.may(Permission.REQUEST_VETTING) or actor.account_id is None:
        raise Refused(_("Advisors and their chiefs ask for vetting. Ask one of them."))
    rows = VettingRequest.objects.filter(requested_by=actor.account_id).select_related("person", "unit")
    answers = dict(rows.annotate(yes=_eligible_on(today())).values_list("pk", "yes"))
    return [_request_row(found, language, is_eligible=answers[found.pk]) for found in rows]


def is_inside(actor: Actor) -> bool:
    return COMPARTMENT in actor.compartments and actor.may(Permission.READ_CASES)


def cases_known(actor: Actor) -> QuerySet[VettingRequest]:
    """For those let into VETTING; nobody reads about himself."""
    if not is_inside(actor):
        raise _not_inside()
    rows = VettingRequest.objects.select_related("person", "unit", "serving_in")
    return rows.exclude(person_id=actor.person_id) if actor.person_id else rows


def _not_inside() -> Refused:
    circle = Compartment.objects.filter(code=COMPARTMENT).first()
    whom = [*([circle.steward_role] if circle else []), *roles_who_may(Access.GRANT_COMPARTMENTS)]
    roles = " · ".join(str(Role(role).label) for role in whom)
    return Refused(_("Only people let into the compartment for vetting read this. Ask: %(roles)s.") % {"roles": roles})


def case_record(actor: Actor, key: UUID) -> VettingRequest:
    """The record itself, for a use case."""
    found = cases_known(actor).filter(pk=key).first()
    if found is None:
        raise NotFound(_("There is no such vetting request."))
    return found


def cases_waiting(actor: Actor, language: str) -> list[CaseRow]:
    """Those that nobody has taken into check and this officer may."""
    if not is_inside(actor) or not actor.may(Permission.DECIDE_VETTING):
        return []
    waiting = cases_known(actor).filter(steps=None)
    return [_case_row(found, None, language) for found in waiting if found.requested_by != actor.account_id]


def desk_shown(actor: Actor, language: str, on: date) -> Desk:
    rows = list(cases_known(actor))
    last = _last_steps(rows)
    shown = {row.pk: _case_row(row, last.get(row.pk), language) for row in rows}
    states = {row.pk: last[row.pk].target if row.pk in last else CaseState.REQUESTED.value for row in rows}
    decided = [row for row in rows if states[row.pk] not in {CaseState.REQUESTED, CaseState.IN_CHECK}]
    expiring = [row for row in decided if states[row.pk] in CLEARED and _is_soon(last[row.pk], on)]
    return Desk(
        to_take=tuple(shown[row.pk] for row in rows if states[row.pk] == CaseState.REQUESTED),
        in_check=tuple(shown[row.pk] for row in rows if states[row.pk] == CaseState.IN_CHECK),
        expiring=tuple(sorted((shown[row.pk] for row in expiring), key=lambda row: row.last_day or on)),
        # A list of decided cases does not tell which were cleared.
        decided=tuple(replace(shown[row.pk], last_day=None) for row in decided),
    )


def case_shown(actor: Actor, request: VettingRequest, language: str) -> CasePage:
    """Everything about a case; asked for by the use case that leaves its entry in the trail."""
    steps = list(request.steps.all())
    same = VettingRequest.objects.filter(person=request.person, unit=request.unit).exclude(pk=request.pk)
    return CasePage(
        row=_case_row(request, steps[-1] if steps else None, language),
        unit=localised(request.serving_in.name, language) if request.serving_in else "",
        purpose=request.purpose,
        state=state_of(request),
        steps=tuple(StepRow(s.target, s.at, _last_day(s), s.reference, s.actor_name) for s in steps),
        others=tuple(_case_row(other, None, language) for other in same.select_related("person", "unit")),
        is_free=request.requested_by != actor.account_id,
    )


def state_of(request: VettingRequest) -> str:
    last = request.steps.last()
    return last.target if last else CaseState.REQUESTED.value


def _last_steps(rows: Iterable[VettingRequest]) -> dict[UUID, VettingStep]:
    return {step.request_id: step for step in VettingStep.objects.filter(request__in=rows)}


def _is_soon(step: VettingStep, on: date) -> bool:
    return step.valid_until is not None and on < step.valid_until <= on + EXPIRES_SOON


def _request_row(found: VettingRequest, language: str, *, is_eligible: bool) -> RequestRow:
    return RequestRow(
        found.pk, _subject_id(found), _named(found, language), found.unit_id is not None, found.purpose, found.course,
        found.requested_on, is_eligible,
    )  # fmt: skip


def _case_row(found: VettingRequest, last: VettingStep | None, language: str) -> CaseRow:
    return CaseRow(
        found.pk, _named(found, language), found.unit_id is not None, found.course, found.requested_by_name,
        found.requested_on, _last_day(last) if last else None,
    )  # fmt: skip


def _last_day(step: VettingStep) -> date | None:
    return step.valid_until - timedelta(days=1) if step.valid_until else None


def _subject_id(found: VettingRequest) -> UUID:
    return found.person.pk if found.person else found.unit.pk  # type: ignore[union-attr]  # the database asks for one


def _named(found: VettingRequest, language: str) -> str:
    return localised(found.person.shown_name if found.person else found.unit.name, language)  # type: ignore[union-attr]  # one of them is there
