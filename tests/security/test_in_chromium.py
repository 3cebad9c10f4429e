"""The wall in a real browser: the pages live behind it, and text becomes part of a page through one policy only."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accord.config.demonstration import DEMONSTRATION
from tests.web.conftest import load_nmi

pytestmark = pytest.mark.journey

REFUSED = [
    "document.body.innerHTML = '<img src=x onerror=run()>'",
    "document.body.insertAdjacentHTML('beforeend', '<svg><script>run()</script></svg>')",
    "document.body.innerHTML = '<a href=\"javascript:run()\">x</a>'",
    "document.createElement('script').textContent = 'run()'",
    "document.createElement('script').src = '/static/accord/accord.js'",
    "document.body.setAttribute('onclick', 'run()')",
    "new DOMParser().parseFromString('<iframe src=/></iframe>', 'text/html')",
    "trustedTypes.createPolicy('another', {createHTML: (text) => text})",
]


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, transactional_db: None) -> Iterator[Page]:
    """A browser at the door of the reference mission; ``window.broken`` lists what the wall stops."""
    load_nmi()
    context = browser.new_context(base_url=live_server.url, locale="en-GB")
    page = context.new_page()
    page.add_init_script(
        "window.broken = []; addEventListener('securitypolicyviolation', (e) => broken.push(e.violatedDirective))"
    )
    page.goto("/sign-in/")
    yield page
    context.close()


def test_live_answers_and_the_way_back_live_behind_the_wall(page: Page) -> None:
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.fill("#id_username", "advisor")
    page.fill("#id_password", DEMONSTRATION.password)
    page.click("form.form button.btn-primary")
    page.wait_for_url("**/")
    page.goto("/gate/")
    page.locator("[name=institution]").fill("Ministry of Defence")
    page.locator("[name=place]").fill("Baghdad")
    page.locator("[name=type]").select_option("advise")
    expect(page.locator("#verdict")).to_contain_text("Ministry of Defence")
    page.locator("[name=type]").select_option("train")
    page.wait_for_url("**type=train**")
    with page.expect_event("load"):  # the page is asked for anew: nothing of it was kept
        page.go_back()
    expect(page.locator("#verdict")).to_contain_text("Ministry of Defence")
    assert page.evaluate("window.broken") == []
    assert failures == []


def test_text_that_could_run_is_refused(page: Page) -> None:
    page.evaluate("() => { window.ran = false; window.run = () => { window.ran = true; }; }")
    tried = "(() => {{ try {{ {}; return false; }} catch {{ return true; }} }})()"
    assert [attack for attack in REFUSED if not page.evaluate(tried.format(attack))] == []
    assert len(page.evaluate("window.broken")) == len(REFUSED)
    assert page.evaluate("window.ran") is False


def test_a_script_inside_the_page_does_not_run(page: Page) -> None:
    appended = "const one = document.createElement('script'); one.append('ran = true'); document.body.append(one);"
    with page.expect_console_message(lambda said: "will not be executed" in said.text):
        page.evaluate(f"() => {{ {appended} }}")
    assert page.evaluate("'ran' in window") is False
