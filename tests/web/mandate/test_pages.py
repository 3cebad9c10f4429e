"""Every page of the mandate: who may open it, in both languages, as of other days, at a steady number of queries."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accord.access.models import Account
from accord.kernel.clock import now, today
from accord.kernel.keys import new_key
from accord.mandate.models import (
    Accord,
    AccordStep,
    Area,
    AreaPlace,
    ConditionsAssessment,
    ControlStatus,
    ExpansionInstitution,
    ExpansionStep,
    HostRequest,
    Instrument,
    MandateVersion,
    OperationsFlag,
    Posture,
    RequestStep,
)
from accord.people.models import Organisation, Position
from accord.places.models import Place
from tests.web.conftest import Mission

LISTS = (
    "mandate",
    "mandate-timeline",
    "compare-versions",
    "requests",
    "control-status",
    "authorities",
    "areas",
    "conditions",
    "posture",
    "operations",
    "expansions",
    "accords",
    "gate",
)
EVERYBODY = ("advisor", "chief", "legal", "host", "press", "commander", "auditor", "admin")
# Pages on which something is changed, and who may open them.
CHANGING = {
    "new-version": {"legal"},
    "new-instrument": {"legal"},
    "new-request": {"host"},
    "sign-control-status": {"host"},
    "rate-conditions": {"chief", "commander"},
    "change-posture": {"commander"},
    "flag-operations": {"host", "legal", "chief"},
    "propose-expansion": {"commander"},
    "new-accord": {"advisor", "chief", "legal"},
}
SOURCE = {"kind": "illustrative", "ref": "For a test"}


def details() -> list[str]:
    return [
        reverse("accord", kwargs={"key": Accord.objects.get(code="accord-interior-2023").pk}),
        reverse("request", kwargs={"key": HostRequest.objects.get(code="requirement-defence").pk}),
        reverse("version", kwargs={"key": MandateVersion.objects.get(number=1).pk}),
    ]


def test_everybody_signed_in_reads_every_page(nmi: Mission) -> None:
    for username in EVERYBODY:
        client = nmi.client(username)
        for address in [*map(reverse, LISTS), *details()]:
            response = client.get(address)
            assert response.status_code == 200, (username, address)
            assert "<h1>" in response.content.decode(), address


def test_every_page_stands_in_arabic(nmi: Mission) -> None:
    client = nmi.client("host", "ar")
    for address in [*map(reverse, LISTS), *details()]:
        page = client.get(address).content.decode()
        assert '<html lang="ar" dir="rtl"' in page, address


def test_every_list_reads_as_of_another_day_and_offers_no_change(nmi: Mission) -> None:
    for username in ("commander", "host", "legal"):
        client = nmi.client(username)
        for day in ("2018-01-01", "2020-02-01", "2023-09-01"):
            client.cookies["as_of"] = day
            for name in LISTS:
                response = client.get(reverse(name))
                assert response.status_code == 200, (name, day)
                page = response.content.decode()
                assert not [p for p in CHANGING if f'href="{reverse(p)}' in page], (name, day)


def test_nothing_is_changed_while_another_day_is_read(nmi: Mission) -> None:
    client = nmi.client("commander")
    client.cookies["as_of"] = "2021-06-30"
    assert "Back to today" in client.get(reverse("change-posture")).content.decode()
    before = Posture.objects.count()
    client.post(reverse("change-posture"), {"kind": "suspended"})
    assert Posture.objects.count() == before


def test_who_is_not_signed_in_is_asked_to_sign_in(nmi: Mission) -> None:
    for name in (*LISTS, *CHANGING):
        response = Client().get(reverse(name))
        assert response.status_code == 302, name
        assert response["Location"].startswith(reverse("sign-in"))


def test_an_account_without_a_role_reads_nothing(nmi: Mission) -> None:
    client = Client()
    client.force_login(Account.objects.create(username="nobody", display_name="Nobody (fictional)", verified_at=now()))
    for address in [*map(reverse, LISTS), *details()]:
        assert client.get(address).status_code == 403, address


def test_a_form_opens_for_those_whose_work_it_is_and_for_nobody_else(nmi: Mission) -> None:
    for username in EVERYBODY:
        client = nmi.client(username)
        for name, allowed in CHANGING.items():
            expected = 200 if username in allowed else 403
            assert client.get(reverse(name)).status_code == expected, (name, username)
            if expected == 403:
                assert client.post(reverse(name), {}).status_code == 403, (name, username)


def test_a_form_about_a_record_opens_only_for_its_people(nmi: Mission) -> None:
    in_force = Accord.objects.get(code="accord-interior-2023").pk
    waiting = HostRequest.objects.get(code="requirement-example-school").pk
    draft = MandateVersion.objects.create(number=90, title={"en": "A draft"}, source=SOURCE).pk
    forms = {
        ("decide-request", waiting): {"commander"},
        ("complete-version", draft): {"legal"},
        ("word-clause", draft): {"legal"},
        ("activate-version", draft): {"commander"},
        ("suspend-accord", in_force): {"host"},
        ("withdraw-accord", in_force): {"host"},
        ("amend-accord", in_force): {"advisor", "chief", "legal"},
        ("unflag-operations", OperationsFlag.objects.all()[0].pk): {"host", "legal", "chief"},
    }
    for username in EVERYBODY:
        client = nmi.client(username)
        for (name, key), allowed in forms.items():
            expected = 200 if username in allowed else 403
            assert client.get(reverse(name, kwargs={"key": key})).status_code == expected, (name, username)


def test_a_step_that_is_not_possible_now_leads_back_and_says_so(nmi: Mission) -> None:
    decided = HostRequest.objects.get(code="requirement-defence").pk
    expired = Accord.objects.get(code="accord-institutions-2018").pk
    in_force = MandateVersion.objects.get(number=3).pk
    for username, name, key in (
        ("commander", "decide-request", decided),
        ("host", "complete-request", decided),
        ("host", "withdraw-accord", expired),
        ("host", "resume-accord", expired),
        ("legal", "amend-accord", expired),
        ("legal", "word-clause", in_force),
        ("commander", "activate-version", in_force),
    ):
        response = nmi.client(username).get(reverse(name, kwargs={"key": key}), follow=True)
        assert "This step is not possible now" in response.content.decode(), name


def test_what_does_not_exist_is_not_found(nmi: Mission) -> None:
    client = nmi.client("host")
    for name in ("accord", "request", "version", "suspend-accord", "unflag-operations", "complete-request"):
        unknown = reverse(name, kwargs={"key": "00000000-0000-7000-8000-000000000000"})
        assert client.get(unknown).status_code == 404, name


def soon() -> DateRange:
    return DateRange(today(), today() + timedelta(days=9))


def _accord(n: int) -> None:
    accord = Accord.objects.create(
        code=f"more-{n}", title={"en": f"More {n}"}, period=soon(), source=SOURCE,
    )  # fmt: skip
    accord.institutions.create(institution=Organisation.objects.get(code="war-college"))
    accord.places.create(place=Place.objects.get(code="baghdad"))
    AccordStep.objects.create(
        accord=accord, name="propose", origin="", target="proposed", effective_on=today(), actor_name="Test"
    )


def _request(n: int) -> None:
    asked = HostRequest.objects.create(
        code=f"more-{n}", purpose="activity", title={"en": f"More {n}"}, submitted_on=today(), state="submitted",
        institution=Organisation.objects.get(code="war-college"), source=SOURCE,
    )  # fmt: skip
    RequestStep.objects.create(
        id=new_key(), request=asked, name="submit", origin="drafted", target="submitted", effective_on=today(),
        actor_name="Test",
    )  # fmt: skip


def _expansion(n: int) -> None:
    step = ExpansionStep.objects.create(number=90 + n, title={"en": f"More {n}"}, source=SOURCE)
    ExpansionInstitution.objects.create(expansion=step, institution=Organisation.objects.get(code="war-college"))


def _flag(n: int) -> None:
    period = DateRange(today() + timedelta(days=9 * n), today() + timedelta(days=9 * n + 9))
    OperationsFlag.objects.create(
        unit=Organisation.objects.get(code="war-college"), period=period, noted_by="Test", source=SOURCE
    )


def _status(n: int) -> None:
    unit = Organisation.objects.create(
        code=f"more-{n}", name={"en": f"More {n}"}, kind="unit", side="host", period=DateRange(None, None),
        source=SOURCE,
    )  # fmt: skip
    ControlStatus.objects.create(
        institution=unit, status="under_control", period=soon(),
        signed_by=Position.objects.get(code="government-representative"), signed_on=today(), source=SOURCE,
    )  # fmt: skip


def _rating(n: int) -> None:
    place = Place.objects.create(code=f"more-{n}", kind="city", name={"en": f"More {n}"}, source=SOURCE)
    ConditionsAssessment.objects.create(
        place=place, rating="green", period=soon(),
        assessed_by=Position.objects.get(code="commander"), source=SOURCE,
    )  # fmt: skip


def _area(n: int) -> None:
    area = Area.objects.create(
        code=f"more-{n}", name={"en": f"More {n}"}, period=DateRange(today(), None), source=SOURCE,
        instrument=Instrument.objects.all()[0],
    )  # fmt: skip
    AreaPlace.objects.create(area=area, place=Place.objects.get(code="basra"))


@pytest.mark.parametrize(
    ("name", "add"),
    [
        ("accords", _accord),
        ("requests", _request),
        ("expansions", _expansion),
        ("operations", _flag),
        ("control-status", _status),
        ("conditions", _rating),
        ("areas", _area),
    ],
)
def test_three_rows_cost_no_more_queries_than_one(nmi: Mission, name: str, add: Callable[[int], None]) -> None:
    client = nmi.client("commander")
    client.get(reverse(name))  # the first visit also writes the session
    counts = []
    for more in ((1,), (2, 3)):
        for n in more:
            add(n)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse(name)).status_code == 200
        with CaptureQueriesContext(connection) as overview:
            client.get(reverse("mandate"))
        with CaptureQueriesContext(connection) as history:
            client.get(reverse("mandate-timeline"))
        counts.append((len(captured), len(overview), len(history)))
    assert counts[0] == counts[1]
