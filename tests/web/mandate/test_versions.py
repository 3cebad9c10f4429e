"""Versions of the mandate: compared, drafted, worded, completed, brought into force."""

import hashlib
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accord.kernel.clock import today
from accord.mandate.models import HostRequest, Instrument, MandateVersion
from accord.people.models import Organisation
from tests.web.conftest import Mission
from tests.web.mandate.sent import day, go


def version_fields(**changes: Any) -> dict[str, Any]:
    return {
        "title_en": "A fourth version",
        "summary_en": "It adds an office.",
        "add_institutions": [str(Organisation.objects.get(code="prime-ministers-office").pk)],
        **changes,
    }


def drafted(nmi: Mission) -> MandateVersion:
    where = go(nmi.client("legal"), "new-version", version_fields())
    return MandateVersion.objects.get(pk=where.strip("/").rsplit("/", 1)[-1])


def shown(nmi: Mission, version: MandateVersion, username: str = "commander") -> str:
    return nmi.client(username).get(reverse("version", kwargs={"key": version.pk})).content.decode()


def test_the_ministry_of_interior_stands_out_between_versions_two_and_three(nmi: Mission) -> None:
    left, right = (MandateVersion.objects.get(number=n).pk for n in (2, 3))
    page = nmi.client("advisor").get(f"{reverse('compare-versions')}?left={left}&right={right}").content.decode()
    differing = page.split('id="institutions-title"')[1].split("<details")[0]
    assert "Ministry of Interior" in differing
    assert "Federal Police Command" in differing
    assert "Ministry of Defence" not in differing
    assert "Changed" in page


def test_any_two_versions_are_compared_and_nonsense_shows_the_last_two(nmi: Mission) -> None:
    client = nmi.client("auditor")
    first, third = (MandateVersion.objects.get(number=n).pk for n in (1, 3))
    assert "Version 1" in client.get(f"{reverse('compare-versions')}?left={first}&right={third}").content.decode()
    page = client.get(reverse("compare-versions") + "?left=x&right=y").content.decode()
    assert "Version 2" in page
    assert "Version 3" in page


def test_a_draft_shows_what_is_missing_and_does_not_come_into_force(nmi: Mission) -> None:
    version = drafted(nmi)
    page = shown(nmi, version)
    assert "It cannot come into force while one of the three acts is missing." in page
    assert page.count("Missing") >= 3
    answer = nmi.client("commander").post(reverse("activate-version", kwargs={"key": version.pk}), {"start": day(0)})
    assert answer.status_code == 422
    assert "the invitation" in answer.content.decode()
    version.refresh_from_db()
    assert version.state == "draft"


def test_with_its_three_acts_a_draft_comes_into_force(nmi: Mission) -> None:
    version = drafted(nmi)
    legal = nmi.client("legal")
    document = SimpleUploadedFile("decision.pdf", b"the decision")
    go(
        legal,
        "new-instrument",
        {"kind": "decision", "title_en": "A new decision", "issued_by_en": "The Council", "issued_on": day(-2),
         "date_precision": "day", "reference": "D-1", "document": document},
    )  # fmt: skip
    decision = Instrument.objects.get(title__en="A new decision")
    assert decision.digest == hashlib.sha256(b"the decision").hexdigest()
    acts = {
        "request": str(HostRequest.objects.get(code="request-interior-2023").pk),
        "invitation": str(Instrument.objects.get(code="invitation-2018").pk),
        "decision": str(decision.pk),
    }
    go(legal, "complete-version", acts, version.pk)
    assert "All three acts stand" in shown(nmi, version)
    go(nmi.client("commander"), "activate-version", {"start": day(3)}, version.pk)
    version.refresh_from_db()
    before = MandateVersion.objects.get(number=3)
    assert version.state == "in_force"
    assert version.period is not None
    assert before.period is not None
    assert before.period.upper == version.period.lower == today() + timedelta(days=3)
    assert "Prime Minister&#39;s Office" in shown(nmi, version)


def test_a_version_does_not_come_into_force_on_a_past_day(nmi: Mission) -> None:
    version = drafted(nmi)
    answer = nmi.client("commander").post(reverse("activate-version", kwargs={"key": version.pk}), {"start": day(-1)})
    assert answer.status_code == 422
    assert "Choose today or a later day." in answer.content.decode()


def test_clauses_of_a_draft_are_worded_added_and_taken_out(nmi: Mission) -> None:
    version = drafted(nmi)
    legal = nmi.client("legal")
    form = legal.get(reverse("word-clause", kwargs={"key": version.pk}) + "?code=S4").content.decode()
    assert "non-combat" in form
    go(legal, "word-clause", {"code": "S4", "text_en": "It only advises."}, version.pk)
    go(legal, "word-clause", {"code": "S99", "text_en": "A new clause."}, version.pk)
    go(legal, "word-clause", {"code": "S8", "text_en": ""}, version.pk)
    page = shown(nmi, version, "legal")
    assert "It only advises." in page
    assert "A new clause." in page
    assert not version.clauses.filter(code="S8").exists()
    wrong = legal.post(reverse("word-clause", kwargs={"key": version.pk}), {"code": "not a code", "text_en": "Kept"})
    assert wrong.status_code == 422
    assert "Kept" in wrong.content.decode()
    none = legal.post(reverse("word-clause", kwargs={"key": version.pk}), {"code": "S77", "text_en": ""})
    assert "Choose a clause of this version." in none.content.decode()


def test_a_version_without_title_and_an_instrument_of_tomorrow_are_refused(nmi: Mission) -> None:
    legal = nmi.client("legal")
    untitled = legal.post(reverse("new-version"), version_fields(title_en=" "))
    assert untitled.status_code == 422
    assert "It adds an office." in untitled.content.decode()
    tomorrow = {"kind": "decision", "title_en": "Too early", "issued_by_en": "Council", "issued_on": day(1)}
    answer = legal.post(reverse("new-instrument"), tomorrow | {"date_precision": "day"})
    assert answer.status_code == 422
    assert "It cannot be issued on a day to come." in answer.content.decode()
    assert "Too early" in answer.content.decode()


def test_a_draft_is_not_shown_as_of_another_day(nmi: Mission) -> None:
    version = drafted(nmi)
    client = nmi.client("legal")
    client.cookies["as_of"] = "2022-01-01"
    assert client.get(reverse("version", kwargs={"key": version.pk})).status_code == 404
    overview = client.get(reverse("mandate")).content.decode()
    assert "Growth in steps" in overview
    assert "A fourth version" not in overview
