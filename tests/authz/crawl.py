"""Every address of the URL configuration, with the rows it can be asked for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import get_resolver, reverse

from accord.kernel.keys import new_key
from accord.web.knowing.why import RECORDS
from tests.architecture.test_addresses import ADDRESSES
from tests.authz.canaries import Row
from tests.authz.stage import Stage

# The table whose rows an address with a key takes, by how its route begins: the longest beginning counts.
TAKES = {
    "account/identities/<uuid:key>/": "access_externalidentity",
    "account/security/passkeys/<uuid:key>/": "access_passkey",
    "account/sessions/<uuid:key>/": "access_session",
    "account/tokens/<uuid:key>/": "access_token",
    "accounts/<uuid:key>/": "access_account",
    "accounts/roles/<uuid:key>/": "access_grant",
    "access/compartments/<slug:code>/": "access_compartment",
    "access/emergencies/<uuid:key>/": "access_breakglass",
    "access/grants/<uuid:key>/": "access_compartmentgrant",
    "accords/<uuid:key>/": "mandate_accord",
    "commitments/<uuid:key>/": "advising_commitment",
    "engagements/<uuid:key>/": "advising_engagement",
    "fact-sheet/editions/<int:number>/": "publishing_edition",
    "mandate/expansions/<uuid:key>/": "mandate_expansionstep",
    "mandate/operations/<uuid:key>/": "mandate_operationsflag",
    "mandate/requests/<uuid:key>/": "mandate_hostrequest",
    "mandate/versions/<uuid:key>/": "mandate_mandateversion",
    "objectives/<uuid:key>/": "objectives_objective",
    "people/organisations/<uuid:key>/": "people_organisation",
    "people/pairings/<uuid:key>/": "people_pairing",
    "people/persons/<uuid:key>/": "people_person",
    "people/positions/<uuid:key>/": "people_position",
    "people/tours/<uuid:key>/": "people_tour",
    "publishing/editions/<int:number>/": "publishing_edition",
    "vetting/cases/<uuid:key>/": "vetting_vettingrequest",
    "vetting/persons/<uuid:key>/": "people_person",
    "vetting/units/<uuid:key>/": "people_organisation",
}
# Addresses whose parameter names no row.
OTHERWISE: dict[str, Callable[[], list[dict[str, Any]]]] = {
    "invitation/<str:secret>/": lambda: [{"secret": "CANARY"}],
    "sign-in/with/<slug:code>/": lambda: [{"code": "nobody"}],
    "sign-out/from/<slug:code>/": lambda: [{"code": "nobody"}],
    "account/identities/link/<slug:code>/": lambda: [{"code": "nobody"}],
}
WHY = "access/why/<slug:kind>/<uuid:key>/"


@dataclass(frozen=True)
class Address:
    """``row`` is what the address asks for; None where it asks for none, ``is_absent`` where there is no such row."""

    route: str
    url: str
    row: Row | None = None
    is_absent: bool = False


def routes() -> dict[str, str]:
    """Route by name, of everything that can be asked for."""
    get_resolver()
    return {str(pattern.name): route for route, pattern in ADDRESSES.items()}


def addresses(stage: Stage, name: str) -> list[Address]:
    """Of one route; with a row of each kind of readers, and with a key that nobody has given out."""
    if name not in stage.kept:
        stage.kept[name] = list(_addresses(stage, name))
    return stage.kept[name]


def _addresses(stage: Stage, name: str) -> Iterator[Address]:
    route = routes()[name]
    if "<" not in route:
        yield Address(name, reverse(name))
        return
    others = [fill for start, fill in OTHERWISE.items() if route.startswith(start)]
    if others:
        yield from (Address(name, reverse(name, kwargs=values)) for values in others[0]())
        return
    for extra, table in _tables(route):
        for row in representatives(stage, table):
            yield Address(name, reverse(name, kwargs={**extra, **_parameter(route, row)}), row)
        yield Address(name, reverse(name, kwargs={**extra, **_absent(route)}), None, is_absent=True)


def _tables(route: str) -> list[tuple[dict[str, str], str]]:
    if route.startswith(WHY):
        return [({"kind": kind}, label.replace(".", "_")) for kind, label in RECORDS.items()]
    known = [start for start in TAKES if route.startswith(start)]
    if not known:
        raise LookupError(f"{route}: say in tests/authz/crawl.py which rows fill its parameter")
    return [({}, TAKES[max(known, key=len)])]


def representatives(stage: Stage, table: str) -> list[Row]:
    """One row for each set of readers, so that every border between people is crossed."""
    rows = sorted(stage.canaries.of(table), key=lambda row: "CANARY" not in str(row.called))
    return list({stage.readers(row): row for row in rows}.values())


def _parameter(route: str, row: Row) -> dict[str, Any]:
    if "<int:number>" in route:
        return {"number": row.called}
    if "<slug:code>" in route:
        return {"code": row.called}
    return {"key": row.key}


def _absent(route: str) -> dict[str, Any]:
    if "<int:number>" in route:
        return {"number": 999999}
    return {"code": "nothing"} if "<slug:code>" in route else {"key": new_key()}
