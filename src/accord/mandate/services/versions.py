"""Mandate versions: drafted by the legal advisor, in force only when request, invitation and decision stand (S1)."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Max
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accord.audit.events import announce
from accord.audit.services import record
from accord.audit.usecase import use_case
from accord.kernel.actor import Actor
from accord.kernel.clock import today
from accord.kernel.errors import Invalid, WrongState
from accord.kernel.writing import written_list
from accord.mandate.choices import InstrumentKind, RequestState, VersionState
from accord.mandate.events import GROUND, GroundShifted
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
    if not any(words.strip() for words in title.values()):
        raise Invalid(_("Give the version a title."), {"title": [_("Say in a few words what is new.")]})
    last = MandateVersion.objects.order_by("-number").first()
    number = (MandateVersion.objects.aggregate(n=Max("number"))["n"] or 0) + 1
    version = MandateVersion.objects.create(
        number=number, title=dict(title), summary=dict(summary), request=request, invitation=invitation,
        decision=decision, source={"kind": "record", "ref": ""},
    )  # fmt: skip
    if last:
        Clause.objects.bulk_create(
            [
                Clause(version=version, code=c.code, order=c.order, text=c.text, source=c.source)
                for c in last.clauses.all()
            ]
        )
    kept = {i.institution_id: i.with_subordinates for i in last.institutions.all()} if last else {}
    kept |= {o.pk: True for o in add_institutions}
    VersionInstitution.objects.bulk_create(
        [VersionInstitution(version=version, institution_id=pk, with_subordinates=deep) for pk, deep in kept.items()]
    )
    record(actor, version, number=number, added=[o.code for o in add_institutions])
    return version


@use_case(Permission.ACTIVATE_MANDATE, turn=GROUND)
def activate_version(*, actor: Actor, version: MandateVersion, start: date) -> MandateVersion:
    """Bring a version into force from a day; the one before ends that day.

    Refused while one of the three acts is missing.
    """
    version = MandateVersion.objects.select_for_update().get(pk=version.pk)
    _require_draft(version)
    if start < today():
        raise Invalid(_("A version comes into force today or later."), {"start": [_("Choose today or a later day.")]})
    missing = []
    if version.request is None or version.request.state != RequestState.ACCEPTED:
        missing.append(_("an accepted request of the host government"))
    if version.invitation is None:
        missing.append(_("the invitation"))
    if version.decision is None:
        missing.append(_("the decision"))
    if missing:
        words = written_list([str(m) for m in missing], get_language() or "en")
        raise Invalid(_("The version cannot come into force. Missing: %(acts)s.") % {"acts": words})
    in_force = MandateVersion.objects.select_for_update().filter(state=VersionState.IN_FORCE)
    if in_force.filter(period__startswith__gte=start).exists():
        raise Invalid(
            _("Another version already comes into force on that day or later."), {"start": [_("Choose a later day.")]}
        )
    before = in_force.filter(period__contains=start).first()
    if before:
        before.period = DateRange(before.period.lower, start)
        before.save(update_fields=["period"])
    version.state = VersionState.IN_FORCE
    version.period = DateRange(start, None)
    version.save(update_fields=["state", "period"])
    record(actor, version, start=start, ends=before.number if before else None)
    announce(actor, GroundShifted(start, "mandate version in force"))
    return version


@use_case(Permission.DRAFT_MANDATE)
def complete_version(
    *,
    actor: Actor,
    version: MandateVersion,
    request: HostRequest | None,
    invitation: Instrument | None,
    decision: Instrument | None,
) -> MandateVersion:
    """Name the acts a draft rests on, as they become known (S1)."""
    version = MandateVersion.objects.select_for_update().get(pk=version.pk)
    _require_draft(version)
    version.request, version.invitation, version.decision = request, invitation, decision
    version.save(update_fields=["request", "invitation", "decision"])
    acts = {"request": request, "invitation": invitation, "decision": decision}
    record(actor, version, acts={kind: act.code if act else None for kind, act in acts.items()})
    return version


@use_case(Permission.DRAFT_MANDATE)
def word_clause(*, actor: Actor, version: MandateVersion, code: str, text: Mapping[str, str]) -> MandateVersion:
    """Word a clause of a draft anew, or add it; a clause without any words is taken out."""
    version = MandateVersion.objects.select_for_update().get(pk=version.pk)
    _require_draft(version)
    words = {language: said.strip() for language, said in text.items() if said.strip()}
    clause = version.clauses.filter(code=code).first()
    if not words and clause is None:
        raise Invalid(_("There is no such clause to take out."), {"code": [_("Choose a clause of this version.")]})
    if not words and clause:
        clause.delete()
    elif clause:
        clause.text = words
        clause.source = {"kind": "record", "ref": ""}
        clause.save(update_fields=["text", "source"])
    else:
        last = version.clauses.aggregate(n=Max("order"))["n"] or 0
        Clause.objects.create(
            version=version, code=code, order=last + 1, text=words, source={"kind": "record", "ref": ""}
        )
    record(actor, version, clause=code, text=words)
    return version


@use_case(Permission.DRAFT_MANDATE)
def record_instrument(
    *,
    actor: Actor,
    kind: str,
    title: Mapping[str, str],
    issued_by: Mapping[str, str],
    issued_on: date,
    date_precision: str = "day",
    reference: str = "",
    digest: str = "",
) -> Instrument:
    """Record an invitation, a decision or another dated act. Of the document only its SHA-256 is kept."""
    faults: dict[str, list[object]] = {}
    if kind not in InstrumentKind.values:
        faults["kind"] = [_("Choose from the list.")]
    if not any(words.strip() for words in title.values()):
        faults["title"] = [_("Give it a title.")]
    if not any(words.strip() for words in issued_by.values()):
        faults["issued_by"] = [_("Say who issued it.")]
    if issued_on > today():
        faults["issued_on"] = [_("It cannot be issued on a day to come.")]
    if date_precision not in {"day", "month"}:
        faults["date_precision"] = [_("Choose from the list.")]
    if faults:
        raise Invalid(_("The instrument is not complete."), faults)
    instrument = Instrument(
        kind=kind, title=dict(title), issued_by=dict(issued_by), issued_on=issued_on, date_precision=date_precision,
        reference=reference, digest=digest, source={"kind": "record", "ref": ""},
    )  # fmt: skip
    instrument.code = f"{kind.replace('_', '-')}-{instrument.pk.hex[-8:]}"
    instrument.save()
    record(actor, instrument, kind=kind, issued_on=issued_on, digest=digest)
    return instrument


def _require_draft(version: MandateVersion) -> None:
    if version.state != VersionState.DRAFT:
        raise WrongState(_("This version is already in force."))
