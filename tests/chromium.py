"""Where the browser for the tests is: the one named, the one installed, or the one Playwright brought."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

INSTALLED = ("chromium", "google-chrome", "chromium-browser")


def executable() -> str | None:
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, INSTALLED)), None)


@contextmanager
def launched() -> Iterator[Browser]:
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # the sandbox refuses to run as root
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=[*sandbox, "--disable-gpu"])
        try:
            yield browser
        finally:
            browser.close()
