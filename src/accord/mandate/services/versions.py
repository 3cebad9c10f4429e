"""Mandate versions: drafted by the legal advisor, in force only when request, invitation and decision stand (S1)."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accord.audit.events import announce
from accord.audit.services import record
from accord.audit.usecase import use_case
from accord.kernel.actor import Actor
from accord.kernel.errors import Invalid, WrongState
from accord.mandate.choices import RequestState, VersionState
from accord.mandate.events import GroundShifted
from accord.mandate.models import Clause, HostRequest, Instrument, MandateVersion, VersionInstitution
from accord.mandate.permissions import Permission
from accord.people.models import Organisation


@use_case(Permission.DRAFT_MANDATE)
def draft_version(
    *,
    actor: Actor,
    title: Mapping[str, str],
    summary: Mapping[str, str],
    request: HostRequest | None = None,
    invitation: Instrument | None = None,
    decision: Instrument | None = None,
    add_institutions: Sequence[Organisation] = (),
) -> MandateVersion:
    """Draft the next version: the clauses and institutions of the one before, plus the institutions added."""
    last = MandateVersion.objects.order_by("-number").first()
    number = (MandateVersion.objects.aggregate(n=Max("number"))["n"] or 0) + 1
    version = MandateVersion.objects.create(
        number=number, title=dict(title), summary=dict(summary), request=request, invitation=invitation,
        decision=decision, source={"kind": "record", "ref": ""},
    )  # fmt: skip
    if last:
        Clause.objects.bulk_create(
            [Clause(version=version, code=c.code, order=c.order, text=c.text, source=c.source) for c in last.clauses.all()]
        )
    kept = {i.institution_id: i.with_subordinates for i in last.institutions.all()} if last else {}
    kept |= {o.pk: True for o in add_institutions}
    VersionInstitution.objects.bulk_create(
        [VersionInstitution(version=version, institution_id=pk, with_subordinates=deep) for pk, deep in kept.items()]
    )
    record(actor, version, number=number, added=[o.code for o in add_institutions])
    return version


@use_case(Permission.ACTIVATE_MANDATE)
def activate_version(*, actor: Actor, version: MandateVersion, start: date) -> MandateVersion:
    """Bring a version into force from a day; the one before ends that day. Refused while one of the three acts is missing."""
    version = MandateVersion.objects.select_for_update().get(pk=version.pk)
    if version.state != VersionState.DRAFT:
        raise WrongState(_("This version is already in force."))
    missing = []
    if version.request is None or version.request.state != RequestState.ACCEPTED:
        missing.append(_("an accepted request of the host government"))
    if version.invitation is None:
        missing.append(_("the invitation"))
    if version.decision is None:
        missing.append(_("the decision"))
    if missing:
        words = ", ".join(str(m) for m in missing)
        raise Invalid(_("The version cannot come into force. Missing: %(acts)s.") % {"acts": words})
    before = MandateVersion.objects.select_for_update().filter(state=VersionState.IN_FORCE, period__contains=start).first()
    if before:
        if before.period.lower >= start:
            raise Invalid(_("Another version already comes into force on that day."), {"start": [_("Choose another day.")]})
        before.period = DateRange(before.period.lower, start)
        before.save(update_fields=["period"])
    version.state = VersionState.IN_FORCE
    version.period = DateRange(start, None)
    version.save(update_fields=["state", "period"])
    record(actor, version, start=start, ends=before.number if before else None)
    announce(actor, GroundShifted(start, "mandate version in force"))
    return version
