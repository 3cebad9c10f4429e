"""The gate as a page: a question in the address, a verdict with every reason."""

from urllib.parse import urlencode

from django.urls import reverse

from accord.mandate.models import HostRequest
from tests.web.conftest import Mission


def asked(nmi: Mission, username: str = "advisor", language: str = "en", **question: str) -> str:
    client = nmi.client(username, language)
    return client.get(f"{reverse('gate')}?{urlencode(question)}").content.decode()


INTERIOR = {"institution": "Ministry of Interior", "type": "advise", "place": "Baghdad"}


def test_the_ministry_of_interior_is_refused_the_day_before_and_allowed_after(nmi: Mission) -> None:
    before = asked(nmi, **INTERIOR, on="2023-08-16")
    assert "Refused" in before
    assert ">S6</span>" in before
    assert "Who can supply it" in before
    after = asked(nmi, **INTERIOR, on="2023-08-18")
    assert "verdict-yes" in after
    assert "Accord on advice for the Ministry of Interior" in after


def test_a_school_in_basra_is_refused_for_its_place(nmi: Mission) -> None:
    page = asked(
        nmi, institution="Example military school in Basra (fictional)", type="advise", place="Basra", on="2026-11-01"
    )
    assert ">S10c</span>" in page
    assert f'href="{reverse("areas")}"' in page


def test_a_kind_outside_the_list_is_refused_citing_its_clause(nmi: Mission) -> None:
    page = asked(nmi, **INTERIOR | {"type": "patrol"}, on="2024-01-10")
    assert "“patrol” is not a kind of activity of this mission." in page
    assert ">S4</span>" in page
    assert '<option value="patrol" selected>' in page, "what was typed is kept"


def test_unknown_names_are_refused_and_kept(nmi: Mission) -> None:
    page = asked(nmi, institution="Ministry of Magic", type="advise", place="Atlantis", on="2024-01-10")
    assert "“Ministry of Magic” is not in the register of institutions." in page
    assert "“Atlantis” is not in the register of places." in page
    assert 'value="Ministry of Magic"' in page


def test_the_host_asks_in_arabic(nmi: Mission) -> None:
    page = asked(nmi, "host", "ar", institution="وزارة الداخلية", type="advise", place="بغداد", on="2023-08-18")
    assert "verdict-yes" in page


def test_posture_and_mode_decide_today(nmi: Mission) -> None:
    here = {"institution": "Ministry of Defence", "type": "advise", "place": "Baghdad", "on": "2026-11-01"}
    assert "verdict-no" in asked(nmi, **here)
    assert "verdict-yes" in asked(nmi, **here, mode="remote")


def test_a_wrong_day_or_mode_is_explained_and_kept(nmi: Mission) -> None:
    client = nmi.client("advisor")
    for wrong in ({"on": "soon"}, {"on": "2024-01-10", "mode": "by-magic"}, {"institution": "", "on": "2024-01-10"}):
        answer = client.get(f"{reverse('gate')}?{urlencode(INTERIOR | wrong)}")
        assert answer.status_code == 422, wrong
        assert "needs your attention" in answer.content.decode()
        assert 'value="Baghdad"' in answer.content.decode()


def test_without_a_question_there_is_no_verdict(nmi: Mission) -> None:
    page = asked(nmi)
    assert "The gate answers here." in page
    assert "Ministry of Interior" in page, "the names to choose from"


def test_the_live_answer_is_the_verdict_alone(nmi: Mission) -> None:
    client = nmi.client("advisor")
    address = f"{reverse('gate')}?{urlencode(INTERIOR | {'on': '2023-08-16'})}"
    answer = client.get(address, headers={"HX-Request": "true", "HX-Target": "verdict"})
    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()
    assert "verdict-no" in answer.content.decode()
    half = client.get(f"{reverse('gate')}?institution=Ministry", headers={"HX-Target": "verdict"})
    assert half.status_code == 200
    assert "Fill in institution" in half.content.decode()


def test_asking_changes_nothing_and_is_open_as_of_another_day(nmi: Mission) -> None:
    before = HostRequest.objects.count()
    client = nmi.client("press")
    client.cookies["as_of"] = "2023-08-18"
    page = client.get(f"{reverse('gate')}?{urlencode(INTERIOR)}").content.decode()
    assert "verdict-yes" in page, "the day read is the day asked about"
    assert HostRequest.objects.count() == before
