"""Pages are light, need one request for their content, and work without JavaScript."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser

from accord.config.demonstration import DEMONSTRATION
from tests.journeys.conftest import SignIn
from tests.journeys.test_main_job import mission_today

pytestmark = pytest.mark.journey
LIMIT = 100_000  # bytes over the wire, everything of a first visit together
PAGES = ("/", "/mandate/", "/accords/", "/engagements/", "/engagements/plan/", "/people/", "/objectives/coverage/")


@pytest.mark.parametrize("address", PAGES)
def test_first_load_stays_under_the_limit(sign_in: SignIn, address: str) -> None:
    page = sign_in("advisor")
    wire = page.context.new_cdp_session(page)
    sizes: list[float] = []
    later: list[str] = []
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.on("request", lambda request: later.append(request.url) if request.resource_type in {"xhr", "fetch"} else None)
    page.goto(address, wait_until="networkidle")
    print(f"{address}: {sum(sizes) / 1000:.1f} kB in {len(sizes)} answers")
    assert 0 < sum(sizes) < LIMIT
    assert not later, "content was asked for after the page had come"


def test_public_fact_sheet_stays_under_the_limit(sign_in: SignIn) -> None:
    page = sign_in()
    wire = page.context.new_cdp_session(page)
    sizes: list[float] = []
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto("/fact-sheet/?as_of=2021-06-30", wait_until="networkidle")
    assert 0 < sum(sizes) < LIMIT


def test_engagement_is_planned_without_javascript(product: str, browser: Browser) -> None:
    context = browser.new_context(base_url=product, java_script_enabled=False)
    page = context.new_page()
    page.goto("/sign-in/")
    page.fill("#id_username", "advisor")
    page.fill("#id_password", DEMONSTRATION.password)
    page.click("form.form button.btn-primary")
    page.goto("/engagements/plan/")
    page.fill("#id_topic", "Planned without script")
    page.select_option("#id_institution", label="Ministry of Defence")
    page.check("input[name=counterparts] >> nth=0")
    page.fill("#id_day", (mission_today() + timedelta(days=11)).isoformat())
    page.fill("#id_start", "07:00")
    page.fill("#id_end", "07:30")
    page.select_option("#id_place", label="Baghdad")
    page.click("button:has-text('Ask the gate')")
    assert "Allowed" in page.locator("#verdict").inner_text()
    page.check("input[name=focus_areas] >> nth=0")
    page.select_option("#id_objective", index=1)
    page.click("button:has-text('Plan it')")
    assert "Planned without script" in page.locator("h1").inner_text()
    context.close()
