"""Who acts, and a small register, for tests of the people context."""

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from accord.kernel.actor import Actor, Side
from accord.people.models import Nation, Organisation, Person, Position
from accord.people.permissions import Permission
from accord.people.services import add_organisation, open_position, register_person

START = date(2021, 1, 1)


def acting(*permissions: Permission, side: Side = "mission") -> Actor:
    return Actor(name="Keeper (fictional)", side=side, permissions=frozenset(permissions), roles=("chief",))


KEEPER = acting(Permission.MANAGE_REGISTER, Permission.READ_REGISTER, Permission.PAIR_POSITIONS)
READER = acting(Permission.READ_REGISTER)
HOST = acting(Permission.READ_REGISTER, side="host")
NOBODY = acting()


def organisation(name: str = "Ministry", side: str = "host", kind: str = "ministry", **more: object) -> Organisation:
    return add_organisation(actor=KEEPER, name={"en": name}, kind=kind, side=side, start=START, **more)  # type: ignore[arg-type]


def position(title: str = "Director", of: Organisation | None = None, side: str = "host") -> Position:
    return open_position(
        actor=KEEPER, organisation=of or organisation(f"House of {title}", side), title={"en": title}, start=START
    )


def person(name: str = "Official One (fictional)", side: str = "host") -> Person:
    return register_person(actor=KEEPER, shown_name={"en": name}, side=side)


def nation(code: str, name: str, *statuses: tuple[str, date | None, date | None]) -> Nation:
    made = Nation.objects.create(code=code, name={"en": name})
    for status, start, end in statuses:
        made.statuses.create(status=status, period=DateRange(start, end))
    return made
