"""Letting people into compartments, confirming that they still need it, and ending it.

Whoever lets somebody in must know how long his tour lasts; that is why the use case for it stands with the tours.
"""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from accord.access.choices import GrantState
from accord.access.models import Account, Compartment, CompartmentGrant
from accord.access.permissions import Permission
from accord.access.queries import is_steward, manages_compartments
from accord.access.rules import has_lapsed
from accord.audit.services import record
from accord.audit.usecase import use_case
from accord.kernel.actor import Actor
from accord.kernel.clock import now, today
from accord.kernel.errors import Conflict, Invalid, Refused, WrongState


def open_grant(
    *, actor: Actor, account: Account, compartment: Compartment, purpose: str, end: date, latest: date | None
) -> CompartmentGrant:
    """Let somebody in, inside the caller's use case. ``end`` is the first day without, ``latest`` that of his tour."""
    granter = _allowed_granter(actor, account)
    _require_bounded(purpose, end, latest)
    _end_lapsed(actor, account, compartment)
    grant = CompartmentGrant(
        account=account, compartment=compartment.code, purpose=purpose.strip(), period=DateRange(today(), end),
        state=GrantState.PROPOSED if compartment.needs_two else GrantState.IN_FORCE, granted_by=granter,
        granted_by_name=actor.name, confirmed_on=today(),
    )  # fmt: skip
    try:
        with transaction.atomic():
            grant.save()
    except IntegrityError as error:
        raise Conflict(_("This person is in already, or a grant waits for a second person.")) from error
    return grant


def shorten_grants(*, actor: Actor, account_id: UUID, end: date) -> None:
    """A tour ends earlier than was known: so does every grant, inside the caller's use case."""
    rows = CompartmentGrant.objects.select_for_update(of=("self",)).exclude(state=GrantState.ENDED)
    for grant in rows.filter(account_id=account_id, period__endswith__gt=end):
        if grant.period.lower < end:
            grant.period = DateRange(grant.period.lower, end)
            grant.save(update_fields=["period"])
            record(actor, grant, end=end)
        else:
            _end(actor, grant, "")


@use_case(Permission.SECOND_GRANTS)
def answer_grant(*, actor: Actor, grant: CompartmentGrant, agrees: bool) -> CompartmentGrant:
    """Agree, as second person, that somebody is let into a compartment; or refuse it."""
    grant = _locked(grant)
    if grant.state != GrantState.PROPOSED or grant.period.upper <= today():
        raise WrongState(_("This grant no longer waits for a second person."))
    if actor.account_id is None or actor.account_id in {grant.account_id, grant.granted_by}:
        raise Refused(_("The second person is neither who is let in nor who lets him in. Ask somebody else."))
    if not agrees:
        return _end(actor, grant, "")
    grant.state, grant.confirmed_on = GrantState.IN_FORCE, today()
    grant.seconded_by, grant.seconded_by_name = actor.account_id, actor.name
    grant.save()
    record(actor, grant, account=grant.account.username, state=grant.state)
    return grant


@use_case(Permission.CONFIRM_GRANTS)
def review_grant(*, actor: Actor, grant: CompartmentGrant, stays: bool) -> CompartmentGrant:
    """Confirm, as the compartment's steward, that somebody still needs to be in; or end it at once."""
    grant = _locked(grant)
    if not is_steward(actor, Compartment.objects.get(code=grant.compartment)):
        raise Refused(_("Only the steward of a compartment confirms who stays in it."))
    if grant.account_id == actor.account_id:
        raise Refused(_("Nobody confirms himself. Ask another steward, or an administrator for a new grant."))
    if grant.state != GrantState.IN_FORCE or has_lapsed(grant.confirmed_on, today()):
        raise WrongState(_("This grant is no longer in force. An administrator can give a new one."))
    if not stays:
        return _end(actor, grant, "")
    grant.confirmed_on = today()
    grant.save(update_fields=["confirmed_on"])
    record(actor, grant, account=grant.account.username, confirmed_on=today())
    return grant


@use_case(Permission.GRANT_COMPARTMENTS)
def end_compartment_grant(*, actor: Actor, grant: CompartmentGrant, reason: str = "") -> CompartmentGrant:
    """Take somebody out of a compartment; from his next request on he reads nothing there."""
    grant = _locked(grant)
    if grant.state == GrantState.ENDED:
        raise WrongState(_("This grant has ended already."))
    return _end(actor, grant, reason)


def _end(actor: Actor, grant: CompartmentGrant, reason: str) -> CompartmentGrant:
    grant.state, grant.ended_at = GrantState.ENDED, now()
    grant.save(update_fields=["state", "ended_at"])
    record(actor, grant, reason=reason, account=grant.account.username, state=grant.state)
    return grant


def _locked(grant: CompartmentGrant) -> CompartmentGrant:
    return CompartmentGrant.objects.select_for_update(of=("self",)).select_related("account").get(pk=grant.pk)


def _allowed_granter(actor: Actor, account: Account) -> UUID:
    if actor.account_id is None:
        raise Refused(_("Only a person lets others into a compartment."))
    if account.pk == actor.account_id:
        raise Refused(_("Nobody lets himself into a compartment. Ask another administrator."))
    if manages_compartments(account.pk, today()):
        raise Refused(_("Whoever manages grants holds none."))
    return actor.account_id


def _require_bounded(purpose: str, end: date, latest: date | None) -> None:
    faults: dict[str, list[object]] = {}
    if not purpose.strip():
        faults["purpose"] = [_("Say what this person needs it for.")]
    if end <= today():
        faults["last_day"] = [_("Choose today or a later day.")]
    elif latest is not None and end > latest:
        faults["last_day"] = [_("The tour of this person ends earlier: choose its last day or one before.")]
    if faults:
        raise Invalid(_("A grant needs a purpose and a last day."), faults)


def _end_lapsed(actor: Actor, account: Account, compartment: Compartment) -> None:
    """A grant that nobody confirmed is over and does not stand in the way of a new one."""
    rows = CompartmentGrant.objects.select_for_update(of=("self",)).filter(
        account=account, compartment=compartment.code, state=GrantState.IN_FORCE
    )
    for grant in rows:
        if has_lapsed(grant.confirmed_on, today()):
            _end(actor, grant, "")
