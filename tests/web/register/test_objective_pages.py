"""Objectives from the proposal to their end, and the picture of what is covered."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from accord.kernel.clock import today
from accord.objectives.models import FocusArea, Objective
from accord.people.models import Position
from tests.web.conftest import Mission
from tests.web.register.conftest import address

Same = Callable[[Any, str, Callable[[int], Any]], None]


def body(nmi: Mission, path: str, username: str = "chief", language: str = "en") -> str:
    answer = nmi.client(username, language).get(path)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


def proposed(nmi: Mission, username: str = "advisor", **fields: Any) -> Objective:
    end = address("propose-objective", Objective, "end-stability")
    area = FocusArea.objects.get(code="policy-and-strategy")
    answer = nmi.client(username).post(end, {"title_en": "A new way", "focus_areas": [str(area.pk)], **fields})
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    return Objective.objects.get(title__en="A new way")


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("username", ["advisor", "chief", "host", "auditor", "commander"])
def test_objectives_are_read_by_both_sides(nmi: Mission, username: str, language: str) -> None:
    for path in ("/objectives/", "/objectives/coverage/", address("objective", Objective, "way-policy")):
        assert "<h1>" in body(nmi, path, username, language)


def test_tree_shows_owner_baseline_and_exit_criterion(nmi: Mission) -> None:
    page = body(nmi, "/objectives/")
    way = Objective.objects.get(code="way-policy")
    assert way.host_owner is not None
    shown = (way.host_owner.title["en"], way.indicators.get().baseline, way.exit_criterion["en"])
    assert "Iraq is able to stabilise the country by itself" in page
    assert all(words in page for words in shown)


def test_tree_is_that_of_the_day(nmi: Mission) -> None:
    assert "Planning cell at the Ministry of Interior" not in body(nmi, "/objectives/?as_of=2022-01-01")


def test_objective_from_proposal_to_open_to_closed(nmi: Mission) -> None:
    way = proposed(nmi)
    path = reverse("objective", kwargs={"key": way.pk})
    assert "Still missing before it can open" in body(nmi, path)
    refused = nmi.client("chief").post(f"{path}open/")
    assert refused.status_code == 422
    assert "An exit criterion" in refused.content.decode()

    owner = Position.objects.get(code="defence-coordination")
    area = FocusArea.objects.get(code="good-governance")
    complete = {
        "title_en": "A better way", "title_ar": "طريق أفضل", "focus_areas": [str(area.pk)],
        "host_owner": str(owner.pk), "exit_criterion_en": "Done twice alone", "self_reliance": "shared",
    }  # fmt: skip
    assert nmi.client("advisor").post(f"{path}complete/", complete).url == path  # type: ignore[attr-defined]
    indicator = {"name_en": "Reviews", "baseline": "0 of 3", "baseline_on": today().isoformat(), "target": "3 of 3"}
    assert nmi.client("advisor").post(f"{path}indicator/", indicator).status_code == 302
    assert nmi.client("chief").post(f"{path}open/").status_code == 302
    way.refresh_from_db()
    assert way.state == "open"
    assert "طريق أفضل" in body(nmi, path, language="ar")

    assert nmi.client("chief").post(f"{path}close/", {"reason": ""}).status_code == 422
    assert nmi.client("chief").post(f"{path}close/", {"reason": "Reached"}).status_code == 302
    page = body(nmi, path)
    assert "Reached" in page
    assert f"{path}close/" not in page


def test_complete_form_shows_what_is_on_record(nmi: Mission) -> None:
    way = proposed(nmi, exit_criterion_en="Run once alone")
    page = body(nmi, reverse("complete-objective", kwargs={"key": way.pk}))
    assert "Run once alone" in page
    assert "A new way" in page


def test_proposal_without_focus_keeps_what_was_typed(nmi: Mission) -> None:
    answer = nmi.client("advisor").post(
        address("propose-objective", Objective, "end-stability"), {"title_en": "A way without a focus"}
    )
    assert answer.status_code == 422
    assert "A way without a focus" in answer.content.decode()


def test_nothing_is_proposed_under_means(nmi: Mission) -> None:
    path = address("propose-objective", Objective, "means-policy-workshops")
    area = FocusArea.objects.get(code="policy-and-strategy")
    answer = nmi.client("chief").post(path, {"title_en": "Below", "focus_areas": [str(area.pk)]})
    assert answer.status_code == 422
    assert not Objective.objects.filter(title__en="Below").exists()


@pytest.mark.parametrize(
    ("username", "actions"), [("host", ()), ("auditor", ()), ("advisor", ("propose",)), ("commander", ("close",))]
)
def test_buttons_are_those_of_the_role(nmi: Mission, username: str, actions: tuple[str, ...]) -> None:
    path = address("objective", Objective, "way-policy")
    page = body(nmi, path, username)
    for action in ("propose", "close"):
        assert (f"{path}{action}/" in page) == (action in actions)
    assert f"{path}propose/" not in body(nmi, f"{path}?as_of=2024-06-01", "advisor")


def test_forms_are_closed_to_those_without_permission(nmi: Mission) -> None:
    path = address("objective", Objective, "way-policy")
    for username, action in (("host", "propose"), ("auditor", "indicator"), ("advisor", "open"), ("advisor", "close")):
        assert nmi.client(username).post(f"{path}{action}/", {}).status_code == 403
    unknown = reverse("objective", kwargs={"key": FocusArea.objects.values_list("pk", flat=True)[0]})
    assert nmi.client("chief").get(unknown).status_code == 404


def test_coverage_shows_gaps_as_words(nmi: Mission) -> None:
    page = body(nmi, "/objectives/coverage/")
    assert 'class="gap-word">gap<' in page
    assert "Ministry of Interior" in page
    assert "Ministry of Interior" not in body(nmi, "/objectives/coverage/?as_of=2021-06-30")


def test_coverage_leads_to_the_engagements_of_an_institution(nmi: Mission) -> None:
    assert "/engagements/?words=Ministry+of+Interior" in body(nmi, "/objectives/coverage/")
    assert body(nmi, "/engagements/?words=Ministry+of+Interior")


def test_coverage_is_not_for_those_who_do_not_read_engagements(nmi: Mission) -> None:
    assert nmi.client("admin").get("/objectives/coverage/").status_code == 403


def test_objectives_page_asks_as_often_with_more_rows(nmi: Mission, same_queries: Same) -> None:
    owner, area = Position.objects.get(code="defence-coordination"), FocusArea.objects.get(code="good-governance")
    end = Objective.objects.get(code="end-stability")

    def add(n: int) -> None:
        made = Objective.objects.create(
            code=f"w{n}", level="way", parent=end, title={"en": f"Way {n}"}, host_owner=owner, period=end.period
        )
        made.focus.create(focus_area=area)
        made.indicators.create(name={"en": "I"}, baseline="1", baseline_on=today())

    for path in ("/objectives/", reverse("objective", kwargs={"key": end.pk})):
        same_queries(nmi.client("chief"), path, add)
        Objective.objects.filter(code__in=["w0", "w1", "w2"]).delete()
