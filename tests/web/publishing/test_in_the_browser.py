"""The press officer publishes and everybody reads, in a real browser that watches the wall and accessibility."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accord.config.demonstration import DEMONSTRATION
from tests.web.conftest import Mission, load_nmi

pytestmark = pytest.mark.journey


@pytest.fixture
def committed(transactional_db: None) -> Mission:
    """The server reads through another connection, so what it shall see must be committed."""
    return load_nmi()


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, locale="en-GB", viewport={"width": 360, "height": 800})
    context.set_default_timeout(60_000)
    expect.set_options(timeout=30_000)
    page = context.new_page()
    page.add_init_script(
        "window.broken = []; addEventListener('securitypolicyviolation', (e) => broken.push(e.violatedDirective))"
    )
    yield page
    context.close()


def _is_sound(page: Page) -> None:
    assert page.evaluate("window.broken") == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_from_the_desk_to_the_reader(committed: Mission, page: Page) -> None:
    page.goto("/publishing/")
    page.get_by_label("User name").fill("press")
    page.get_by_label("Password").fill(DEMONSTRATION.password)
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    _is_sound(page)
    page.get_by_label("Day it describes").fill("2021-05-06")
    page.get_by_role("button", name="Prepare", exact=True).first.click()
    expect(page.get_by_role("heading", name="Edition 1", level=1)).to_be_visible()
    _is_sound(page)
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("dialog").get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Published. The public reads it now.")).to_be_visible()

    page.context.clear_cookies()
    page.goto("/fact-sheet/")
    page.get_by_role("textbox", name="As of").fill("2021-06-30")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("Michael Lollesgaard")).to_be_visible()
    _is_sound(page)
    page.get_by_role("link", name="العربية").click()
    expect(page.get_by_text("مايكل لوليسغارد")).to_be_visible()
    assert page.locator("html").get_attribute("dir") == "rtl"
    _is_sound(page)
    page.goto("/fact-sheet/editions/")
    _is_sound(page)
    page.goto("/fact-sheet/editions/compare/?a=1&b=1")
    _is_sound(page)
