"""Take the pictures of the README from a running demonstration: `make screenshots` while `make demo` runs.

Bounded: one visit to each page of the list below, on this machine only.
"""

import argparse
import sys
from pathlib import Path

from playwright.sync_api import Page

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests import chromium

FOLDER = Path(__file__).parents[1] / "docs" / "screenshots"
PASSWORD = "accord-demo"  # noqa: S105 - the demonstration's, public on purpose
SHOTS = (
    ("home-en", "advisor", "en", "/", None),
    (
        "gate-en",
        "advisor",
        "en",
        "/gate/?institution=Ministry+of+Interior&type=advise&place=Baghdad&on=2023-08-16&mode=in_person",
        None,
    ),
    ("accord-ar", "host", "ar", "/accords/", "main a:has-text('(٢٠٢٤)')"),
    ("areas-en", "advisor", "en", "/mandate/areas/", None),
    ("factsheet-en", "", "en", "/fact-sheet/?as_of=2021-06-30", None),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--address", default="http://127.0.0.1:8000")
    address = parser.parse_args().address
    FOLDER.mkdir(parents=True, exist_ok=True)
    with chromium.launched() as browser:
        for name, username, language, path, follow in SHOTS:
            context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme="light")
            page = context.new_page()
            if username:
                sign_in(page, address, username)
            context.add_cookies([{"name": "django_language", "value": language, "url": address}])
            page.goto(address + path)
            if follow:
                page.locator(follow).first.click()
            page.screenshot(path=FOLDER / f"{name}.png")
            context.close()


def sign_in(page: Page, address: str, username: str) -> None:
    page.goto(f"{address}/sign-in/")
    page.fill("#id_username", username)
    page.fill("#id_password", PASSWORD)
    page.click("form.form button.btn-primary")


if __name__ == "__main__":
    main()
