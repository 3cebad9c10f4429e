"""Every page a person can reach by a link passes the accessibility engine, in both languages, wide and narrow."""

from urllib.parse import urlparse

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.conftest import SignIn

pytestmark = pytest.mark.journey

STARTS = {
    "advisor": ["/", "/engagements/", "/engagements/plan/", "/gate/", "/calendar/", "/people/", "/objectives/"],
    "host": ["/", "/mandate/", "/mandate/requests/new/", "/accords/", "/engagements/"],
    "chief": ["/", "/mandate/conditions/", "/mandate/operations/", "/vetting/", "/access/compartments/"],
    "legal": ["/accords/new/", "/mandate/versions/compare/", "/mandate/timeline/"],
    "commander": ["/", "/mandate/requests/", "/mandate/expansions/", "/mandate/posture/"],
    "press": ["/publishing/"],
    "auditor": ["/trail/", "/roles/", "/privacy/", "/account/", "/account/security/", "/account/sessions/"],
    "admin": ["/accounts/", "/access/compartments/"],
    "": ["/sign-in/", "/fact-sheet/", "/fact-sheet/?as_of=2021-06-30", "/fact-sheet/editions/", "/nowhere/"],
}
FURTHER = 30  # pages behind links of a start page, one of each kind, at most


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("username", list(STARTS))
def test_pages_are_accessible(sign_in: SignIn, username: str, language: str) -> None:
    page = sign_in(username, language=language, width=1280 if language == "en" else 360)
    seen: set[str] = set()
    waiting = list(STARTS[username])
    problems: list[str] = []
    while waiting and len(seen) < FURTHER:
        address = waiting.pop(0)
        if _kind(address) in seen:
            continue
        seen.add(_kind(address))
        answer = page.goto(address)
        assert answer is not None
        assert answer.status < 500, address
        problems += [f"{address}: {p}" for p in _problems(page, language)]
        waiting += _links(page)
    assert not problems, "\n".join(problems)


def _problems(page: Page, language: str) -> list[str]:
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    problems = [f"{v['id']}: {v['nodes'][0]['html'][:160]} ({len(v['nodes'])})" for v in found]
    if page.locator("html").get_attribute("lang") != language:
        problems.append("the page is not in the language asked for")
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        problems.append("the page is wider than the screen")
    return problems


def _links(page: Page) -> list[str]:
    links = page.eval_on_selector_all("main a[href], nav a[href]", "all => all.map(a => a.getAttribute('href'))")
    return [link for link in links if link.startswith("/") and not urlparse(link).path.endswith((".pdf", ".json"))]


def _kind(address: str) -> str:
    """The address without ids and query: one engagement stands for all of them."""
    parts = urlparse(address).path.split("/")
    return "/".join("*" if len(part) == 36 or part.isdigit() else part for part in parts)
