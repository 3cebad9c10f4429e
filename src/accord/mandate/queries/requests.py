"""What the host government asked for, and what became of it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accord.kernel.actor import Actor
from accord.kernel.errors import NotFound
from accord.kernel.period import Period
from accord.kernel.source import Source
from accord.kernel.text import localised
from accord.mandate.choices import RequestPurpose, RequestState
from accord.mandate.models import HostRequest, RequestStep
from accord.mandate.queries.rows import Named, StepTaken, kinds, named, source_of
from accord.mandate.workflow import REQUEST_WORKFLOW, SUBMIT


@dataclass(frozen=True, slots=True)
class RequestRow:
    id: UUID
    title: str
    purpose: str
    institution: Named
    types: tuple[str, ...]
    state: str
    submitted_on: date | None
    validity: Period | None
    source: Source


@dataclass(frozen=True, slots=True)
class RequestPage:
    """``titles`` and ``texts`` are in every language in which the host wrote them."""

    row: RequestRow
    titles: dict[str, str]
    texts: dict[str, str]
    purpose: str
    type_values: tuple[str, ...]
    place: Named | None
    submitted_by: str
    decided_on: date | None
    steps: tuple[StepTaken, ...]
    accords: tuple[Named, ...]
    versions: tuple[Named, ...]
    expansions: tuple[Named, ...]
    open_steps: frozenset[str]


def _known(day: date) -> QuerySet[HostRequest]:
    """Requests submitted by a day, each with the steps taken by then."""
    rows = HostRequest.objects.filter(submitted_on__lte=day).select_related("institution", "place", "submitted_by")
    return rows.prefetch_related("steps")


def requests(language: str, day: date, *, state: str = "") -> list[RequestRow]:
    """Requests as they stood on a day, the newest first."""
    rows = [_row(r, language, day) for r in _known(day).order_by("-submitted_on", "code")]
    return [r for r in rows if not state or r.state == state]


def request_page(actor: Actor, key: UUID, language: str, day: date) -> RequestPage:
    r = _known(day).filter(pk=key).prefetch_related("accords", "versions", "expansions").first()
    if r is None:
        raise NotFound(_("There is no such request, or it was not known on that day."))
    row = _row(r, language, day)
    return RequestPage(
        row,
        r.title,
        r.text,
        r.purpose,
        tuple(r.activity_types),
        named(r.place, language) if r.place else None,
        localised(r.submitted_by.title, language) if r.submitted_by else "",
        r.decided_on if row.state != RequestState.SUBMITTED else None,
        tuple(_taken(s, actor) for s in _by(r, day)),
        tuple(named(a, language) for a in r.accords.all()),
        tuple(named(v, language) for v in r.versions.all()),
        tuple(named(e, language) for e in r.expansions.all()),
        _open_steps(actor, row.state),
    )


def request_for(key: UUID) -> HostRequest:
    """The record itself, for a use case."""
    row = HostRequest.objects.filter(pk=key).first()
    if row is None:
        raise NotFound(_("There is no such request."))
    return row


def accepted_requests(language: str, purpose: str = "") -> list[Named]:
    """Requests that something can rest on."""
    rows = HostRequest.objects.filter(state=RequestState.ACCEPTED)
    if purpose:
        rows = rows.filter(purpose=purpose)
    return [named(r, language) for r in rows]


def _open_steps(actor: Actor, state: str) -> frozenset[str]:
    found = {s.name for s in REQUEST_WORKFLOW.open_steps(state) if actor.may(s.permission)}
    return frozenset(found if actor.is_host else found - {SUBMIT.name})


def _by(r: HostRequest, day: date) -> list[RequestStep]:
    return [s for s in r.steps.all() if s.effective_on <= day]


def _row(r: HostRequest, language: str, day: date) -> RequestRow:
    taken = _by(r, day)
    state = taken[-1].target if taken else r.state
    accepted = state == RequestState.ACCEPTED and r.validity is not None
    return RequestRow(
        r.pk,
        localised(r.title, language),
        str(RequestPurpose(r.purpose).label),
        named(r.institution, language),
        kinds(r.activity_types),
        state,
        r.submitted_on,
        Period.of(r.validity) if accepted else None,
        source_of(r),
    )


def _taken(step: RequestStep, actor: Actor) -> StepTaken:
    own = step.name == SUBMIT.name
    return StepTaken(
        step.name,
        str(REQUEST_WORKFLOW.step(step.name).label),
        step.target,
        step.effective_on,
        step.actor_name if own or not actor.is_host else "",
        step.remark,
    )
