"""Vetting officers inside their compartment, for tests of vetting and of its pages."""

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from accord.access.models import Account, Compartment, CompartmentGrant, Grant
from accord.kernel.actor import Actor
from accord.kernel.clock import now, today
from accord.people.models import Organisation, Person
from accord.people.queries import actor_for
from accord.vetting.choices import COMPARTMENT
from accord.vetting.models import VettingRequest
from accord.vetting.services import decide_vetting, request_vetting, take_into_check

COURSE = "Staff course 7"


def officer(number: int = 1) -> Account:
    """Somebody who holds the role and is let in, by whomever."""
    account, _new = Account.objects.get_or_create(
        username=f"officer-{number}",
        defaults={"display_name": f"Vetting Officer {number} (fictional)", "verified_at": now()},
    )
    days = DateRange(date(2024, 1, 1), date(2028, 1, 1))
    Grant.objects.get_or_create(account=account, role="vetting_officer", defaults={"period": days})
    circle(account)
    return account


def circle(*accounts: Account) -> Compartment:
    """The compartment, and these in it."""
    compartment, _new = Compartment.objects.get_or_create(
        code=COMPARTMENT,
        defaults={"name": {"en": "Vetting"}, "steward_role": "data_protection", "needs_two": True},
    )
    for account in accounts:
        if not CompartmentGrant.objects.filter(account=account).exists():
            # Its granter is of no interest here; the model asks for one.
            CompartmentGrant.objects.create(
                account=account, compartment=COMPARTMENT, purpose="Decides", state="in_force",
                period=DateRange(date(2024, 1, 1), date(2028, 1, 1)), granted_by=compartment.pk,
                granted_by_name="Cast", confirmed_on=today(),
            )  # fmt: skip
    return compartment


def acting(account: Account) -> Actor:
    return actor_for(account, today())


def asked(by: Actor, subject: Person | Organisation, course: str = COURSE) -> VettingRequest:
    return request_vetting(actor=by, subject=subject, purpose="Takes part", course=course)


def decided(by: Actor, request: VettingRequest, step: str, until: date | None = None) -> VettingRequest:
    """Taken into check and decided."""
    take_into_check(actor=by, request=request)
    decide_vetting(actor=by, request=request, step=step, valid_until=until, reference="REG-2025/17")
    return request
