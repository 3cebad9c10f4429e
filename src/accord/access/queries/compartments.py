"""Who is in which compartment now, and what waits for whom."""

from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accord.access.choices import GrantState, Role
from accord.access.models import Account, BreakGlass, Compartment, CompartmentGrant, Grant
from accord.access.permissions import Permission
from accord.access.queries.accounts import permissions_of, roles_who_may
from accord.access.rules import CONFIRMED_FOR, has_lapsed, is_confirmation_due
from accord.kernel.actor import Actor
from accord.kernel.clock import day_of
from accord.kernel.errors import NotFound, Refused
from accord.kernel.text import localised
from accord.wall.standing import house


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A grant that has not ended. ``state`` is a GrantState or ``lapsed``; ``until`` the day it lapses unconfirmed."""

    id: UUID
    account_id: UUID
    name: str
    compartment: str
    compartment_code: str
    purpose: str
    last_day: date
    state: str
    granted_by: str
    seconded_by: str
    until: date
    is_due: bool


@dataclass(frozen=True, slots=True)
class CompartmentRow:
    """``members`` is None for a reader who may not know who is in."""

    id: UUID
    code: str
    name: str
    purpose: str
    steward: str
    is_steward: bool
    needs_two: bool
    is_in: bool
    is_in_emergency: bool
    members: tuple[MemberRow, ...] | None


def compartments_of(account_id: UUID, on: date, now: datetime) -> frozenset[str]:
    """The codes of all compartments the account is in now: by a grant or, for a few hours, in an emergency."""
    return granted_compartments_of(account_id, on) | _opened_to(account_id, on, now)


def granted_compartments_of(account_id: UUID, on: date) -> frozenset[str]:
    """By a grant in force that its steward confirmed within a month. Whoever manages grants is in none."""
    held = CompartmentGrant.objects.filter(
        account_id=account_id, state=GrantState.IN_FORCE, period__contains=on, confirmed_on__gte=on - CONFIRMED_FOR
    )
    return _unless_manager(held.values_list("compartment", flat=True), account_id, on)


def emergency_compartments_of(account_id: UUID, now: datetime) -> frozenset[str]:
    """Those the account is in by emergency access alone: it reads there and writes nothing."""
    on = day_of(now)
    return _opened_to(account_id, on, now) - granted_compartments_of(account_id, on)


def _opened_to(account_id: UUID, on: date, now: datetime) -> frozenset[str]:
    opened = BreakGlass.objects.filter(
        account_id=account_id, allowed_by__isnull=False, starts_at__lte=now, ends_at__gt=now
    )
    return _unless_manager(opened.values_list("compartment", flat=True), account_id, on)


def _unless_manager(codes: Iterable[str], account_id: UUID, on: date) -> frozenset[str]:
    found = frozenset(codes)
    return frozenset() if found and manages_compartments(account_id, on) else found


def manages_compartments(account_id: UUID, on: date) -> bool:
    with house("who manages compartments"):
        roles = list(Grant.objects.filter(account_id=account_id, period__contains=on).values_list("role", flat=True))
    return Permission.GRANT_COMPARTMENTS in permissions_of(roles)


def compartments_kept_by(roles: Iterable[str]) -> frozenset[str]:
    """The codes of the compartments whose steward holds one of these roles."""
    return frozenset(Compartment.objects.filter(steward_role__in=roles).values_list("code", flat=True))


def is_steward(actor: Actor, compartment: Compartment) -> bool:
    return compartment.steward_role in actor.roles and actor.may(Permission.CONFIRM_GRANTS)


def kept_by(actor: Actor) -> list[str]:
    """The codes of the compartments whose steward this is."""
    return [found.code for found in Compartment.objects.all() if is_steward(actor, found)]


def as_steward(actor: Actor) -> AbstractContextManager[None]:
    """A steward sees who is in his compartments. Whose they are, no rule about rows can say: who asks narrows it."""
    return house("steward") if kept_by(actor) else nullcontext()


def accounts_in(code: str, on: date) -> list[UUID]:
    """The accounts let into a compartment by a grant in force."""
    held = CompartmentGrant.objects.filter(
        compartment=code, state=GrantState.IN_FORCE, period__contains=on, account__is_active=True,
        confirmed_on__gte=on - CONFIRMED_FOR,
    )  # fmt: skip
    found = held.values_list("account_id", flat=True)
    return [account for account in found if not manages_compartments(account, on)]


def accounts_to_let_in(actor: Actor, on: date) -> list[Account]:
    """The records of those whom this actor may let in: everybody but himself and those who manage grants."""
    if not actor.may(Permission.GRANT_COMPARTMENTS):
        raise Refused(_("Only an administrator lets people into compartments."))
    managers = Grant.objects.filter(
        role__in=roles_who_may(Permission.GRANT_COMPARTMENTS), period__contains=on
    ).values_list("account_id", flat=True)
    rows = Account.objects.filter(is_active=True).exclude(pk__in=managers).order_by("display_name")
    return [row for row in rows if row.pk != actor.account_id]


def compartments(actor: Actor, language: str, now: datetime) -> list[CompartmentRow]:
    _require_reader(actor)
    return _rows(list(Compartment.objects.all()), actor, language, now)


def compartment_page(actor: Actor, code: str, language: str, now: datetime) -> CompartmentRow:
    return _rows([compartment_record(actor, code)], actor, language, now)[0]


def compartment_record(actor: Actor, code: str) -> Compartment:
    """The record itself, for a use case."""
    _require_reader(actor)
    found = Compartment.objects.filter(code=code).first()
    if found is None:
        raise NotFound(_("There is no such compartment."))
    return found


def compartment_grant_record(actor: Actor, key: UUID) -> CompartmentGrant:
    """The record itself, for a use case."""
    with as_steward(actor):
        found = _grants_known(actor).filter(pk=key).select_related("account").first()
    if found is None:
        raise NotFound(_("There is no such grant, or it is not for you to see."))
    return found


def grants_to_second(actor: Actor, language: str, on: date) -> list[MemberRow]:
    """Grants that wait for a second person and may be answered by this one."""
    if not actor.may(Permission.SECOND_GRANTS) or actor.account_id is None:
        return []
    waiting = CompartmentGrant.objects.filter(state=GrantState.PROPOSED, period__endswith__gt=on)
    others = waiting.exclude(account_id=actor.account_id).exclude(granted_by=actor.account_id)
    return _members(others, language, on)


def grants_to_confirm(actor: Actor, language: str, on: date) -> list[MemberRow]:
    """Grants whose steward this is and that lapse within a week unless he confirms them."""
    if actor.account_id is None:
        return []
    with as_steward(actor):
        held = CompartmentGrant.objects.filter(
            compartment__in=kept_by(actor), state=GrantState.IN_FORCE, period__contains=on
        ).exclude(account_id=actor.account_id)  # fmt: skip
        return [row for row in _members(held, language, on) if row.is_due]


def _require_reader(actor: Actor) -> None:
    if not actor.may(Permission.READ_COMPARTMENTS):
        raise Refused(_("Compartments are the mission’s own affair. Ask the mission."))


def _grants_known(actor: Actor) -> QuerySet[CompartmentGrant]:
    if any(actor.may(p) for p in (Permission.GRANT_COMPARTMENTS, Permission.SECOND_GRANTS, Permission.SEE_READERS)):
        return CompartmentGrant.objects.all()
    return CompartmentGrant.objects.filter(Q(compartment__in=kept_by(actor)) | Q(account_id=actor.account_id))


def _rows(found: list[Compartment], actor: Actor, language: str, now: datetime) -> list[CompartmentRow]:
    on, account = day_of(now), actor.account_id
    granted = granted_compartments_of(account, on) if account else frozenset()
    opened = emergency_compartments_of(account, now) if account else frozenset()
    shown = [one.code for one in found if _sees_members(actor, one)]
    with as_steward(actor):
        kept = CompartmentGrant.objects.filter(compartment__in=shown, period__endswith__gt=on)
        members = _members(kept.exclude(state=GrantState.ENDED), language, on)
    return [
        CompartmentRow(
            id=one.pk,
            code=one.code,
            name=localised(one.name, language),
            purpose=localised(one.purpose, language),
            steward=str(Role(one.steward_role).label),
            is_steward=is_steward(actor, one),
            needs_two=one.needs_two,
            is_in=one.code in granted,
            is_in_emergency=one.code in opened,
            members=tuple(m for m in members if m.compartment_code == one.code) if one.code in shown else None,
        )
        for one in found
    ]


def _sees_members(actor: Actor, compartment: Compartment) -> bool:
    may = actor.may(Permission.GRANT_COMPARTMENTS) or actor.may(Permission.SEE_READERS)
    return may or is_steward(actor, compartment)


def _members(grants: QuerySet[CompartmentGrant], language: str, on: date) -> list[MemberRow]:
    names = {found.code: localised(found.name, language) for found in Compartment.objects.all()}
    return [
        MemberRow(
            id=grant.pk,
            account_id=grant.account_id,
            name=grant.account.display_name,
            compartment=names.get(grant.compartment, grant.compartment),
            compartment_code=grant.compartment,
            purpose=grant.purpose,
            last_day=grant.period.upper - timedelta(days=1),
            state=_state(grant, on),
            granted_by=grant.granted_by_name,
            seconded_by=grant.seconded_by_name,
            until=grant.confirmed_on + CONFIRMED_FOR,
            is_due=_state(grant, on) == GrantState.IN_FORCE and is_confirmation_due(grant.confirmed_on, on),
        )
        for grant in grants.select_related("account").order_by("account__display_name")
    ]


def _state(grant: CompartmentGrant, on: date) -> str:
    return "lapsed" if grant.state == GrantState.IN_FORCE and has_lapsed(grant.confirmed_on, on) else grant.state
