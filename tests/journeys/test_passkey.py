"""Somebody adds a passkey in a real browser and comes in with it, in Arabic, on a narrow screen."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import SignIn

pytestmark = pytest.mark.journey

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_authenticator(page: Page) -> str:
    """Give the browser a device that knows its holder; the address at which it may be used."""
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return "http://localhost:" + page.url.rsplit(":", 1)[1].split("/")[0]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_passkey_is_added_and_lets_in(sign_in: SignIn, language: str) -> None:
    page = sign_in("auditor", width=360)
    page.goto("/account/security/")
    expect(page.locator("form[data-passkey]")).to_have_count(0)  # the demonstration's own address is a bare number
    named = with_authenticator(page)
    page.goto(f"{named}/sign-in/")
    page.fill("#id_username", "legal" if language == "en" else "host")
    page.fill("#id_password", "accord-demo")
    page.click("form.form:not([data-passkey]) button")
    page.wait_for_url(f"{named}/")
    page.context.add_cookies([{"name": "django_language", "value": language, "url": named}])

    page.goto(f"{named}/account/security/")
    page.fill("#id_name", "Key of the journey")
    page.click("form[data-passkey=create] button")
    expect(page.locator(".flashes")).to_be_visible()
    expect(page.locator("th[scope=row]")).to_contain_text("Key of the journey")

    page.context.clear_cookies()
    page.context.add_cookies([{"name": "django_language", "value": language, "url": named}])
    page.goto(f"{named}/sign-in/")
    page.click("form[data-passkey=get] button")
    page.wait_for_url(f"{named}/")
    page.goto(f"{named}/account/sessions/")
    expect(page.locator("tbody tr").first).to_contain_text("Passkey" if language == "en" else "مفتاح مرور")
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def test_passkey_that_is_not_used_says_so_and_leaves_the_password(sign_in: SignIn) -> None:
    page = sign_in()
    page.goto("/sign-in/")
    named = "http://localhost:" + page.url.rsplit(":", 1)[1].split("/")[0]
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR | {"isUserVerified": False}})
    page.goto(f"{named}/sign-in/")
    page.click("form[data-passkey=get] button")
    expect(page.locator("[data-passkey-failed]")).to_be_visible()
    expect(page.locator("#id_password")).to_be_visible()
