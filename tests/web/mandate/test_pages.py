"""Every page of the mandate, for everybody who may read it, in both languages and as of other days."""

import pytest
from django.test import Client
from django.urls import reverse

from accord.access.models import Account
from accord.mandate.models import Accord, HostRequest, MandateVersion, OperationsFlag
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
DAYS = ("2018-01-01", "2019-06-01", "2020-02-01", "2021-06-30", "2023-09-01")


def _details() -> list[str]:
    accords = [reverse("accord", kwargs={"key": a.pk}) for a in Accord.objects.all()]
    asked = [reverse("request", kwargs={"key": r.pk}) for r in HostRequest.objects.all()]
    return [*accords, *asked, *(reverse("version", kwargs={"key": v.pk}) for v in MandateVersion.objects.all())]


@pytest.mark.parametrize("username", EVERYBODY)
def test_everybody_signed_in_reads_every_page(nmi: Mission, username: str) -> None:
    client = nmi.client(username)
    for address in [*(reverse(name) for name in LISTS), *_details()]:
        response = client.get(address)
        assert response.status_code == 200, address
        assert "<h1>" in response.content.decode(), address


def test_every_page_stands_in_arabic(nmi: Mission) -> None:
    client = nmi.client("host", "ar")
    for address in [*(reverse(name) for name in LISTS), *_details()]:
        page = client.get(address).content.decode()
        assert '<html lang="ar" dir="rtl"' in page, address


@pytest.mark.parametrize("day", DAYS)
def test_every_list_reads_as_of_another_day_and_offers_no_change(nmi: Mission, day: str) -> None:
    commander, host = nmi.client("commander"), nmi.client("host")
    for client in (commander, host):
        client.cookies["as_of"] = day
        for name in LISTS:
            response = client.get(reverse(name))
            assert response.status_code == 200, name
            page = response.content.decode()
            assert not [p for p in CHANGING if f'href="{reverse(p)}"' in page], name


def test_who_is_not_signed_in_is_asked_to_sign_in(nmi: Mission) -> None:
    for name in (*LISTS, *CHANGING):
        response = Client().get(reverse(name))
        assert response.status_code == 302, name
        assert response["Location"].startswith(reverse("sign-in"))


def test_an_account_without_a_role_reads_nothing(nmi: Mission) -> None:
    client = Client()
    client.force_login(Account.objects.create(username="nobody", display_name="Nobody (fictional)"))
    for address in [*(reverse(name) for name in LISTS), *_details()]:
        assert client.get(address).status_code == 403, address


@pytest.mark.parametrize("name", CHANGING)
def test_a_form_opens_for_those_whose_work_it_is_and_for_nobody_else(nmi: Mission, name: str) -> None:
    for username in EVERYBODY:
        expected = 200 if username in CHANGING[name] else 403
        assert nmi.client(username).get(reverse(name)).status_code == expected, username


@pytest.mark.parametrize(
    ("name", "model", "allowed"),
    [
        ("decide-request", HostRequest, {"commander"}),
        ("complete-request", HostRequest, {"host"}),
        ("complete-version", MandateVersion, {"legal"}),
        ("word-clause", MandateVersion, {"legal"}),
        ("activate-version", MandateVersion, {"commander"}),
        ("suspend-accord", Accord, {"host"}),
        ("withdraw-accord", Accord, {"host"}),
        ("resume-accord", Accord, {"host"}),
        ("amend-accord", Accord, {"advisor", "chief", "legal"}),
        ("unflag-operations", OperationsFlag, {"host", "legal", "chief"}),
    ],
)
def test_a_form_about_a_record_opens_only_for_its_people(
    nmi: Mission, name: str, model: type, allowed: set[str]
) -> None:
    address = reverse(name, kwargs={"key": model.objects.first().pk})  # type: ignore[attr-defined]
    for username in EVERYBODY:
        expected = 200 if username in allowed else 403
        assert nmi.client(username).get(address).status_code == expected, username


@pytest.mark.parametrize("name", ["accord", "request", "version", "suspend-accord", "unflag-operations"])
def test_what_does_not_exist_is_not_found(nmi: Mission, name: str) -> None:
    unknown = reverse(name, kwargs={"key": "00000000-0000-7000-8000-000000000000"})
    assert nmi.client("host").get(unknown).status_code == 404
