"""The product as a visitor starts it: `accord demo` on an empty data folder, driven by a real browser."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from accord.config.demonstration import DEMONSTRATION

ROOT = Path(__file__).parents[2]
STARTS_WITHIN = 120  # seconds, on a busy machine; alone it takes about ten

SignIn = Callable[..., Page]


@pytest.fixture(scope="session")
def product() -> Iterator[str]:
    """The address of a running demonstration of its own, stopped at the end as Ctrl-C stops it."""
    folder = Path(tempfile.mkdtemp(prefix="accord-journey-"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if name not in {"DJANGO_SETTINGS_MODULE", "ACCORD_DATA"}}
    command = [sys.executable, "-m", "accord.config.cli", "demo", "--port", str(port), "--data", str(folder / "data")]
    address = f"http://127.0.0.1:{port}"
    with (folder / "output").open("w") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=kept, stdout=output, stderr=subprocess.STDOUT)
    try:
        _wait_for(address, process, folder / "output")
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=30)
        finally:
            process.kill()
            shutil.rmtree(folder, ignore_errors=True)


def _wait_for(address: str, process: "subprocess.Popen[bytes]", output: Path) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"{address}/sign-in/", timeout=5).close()  # noqa: S310 - our own loopback address
        except OSError:
            time.sleep(0.3)
        else:
            return
    raise AssertionError(f"The demonstration did not start:\n{output.read_text()}")


@pytest.fixture
def sign_in(product: str, browser: Browser) -> Iterator[SignIn]:
    """``sign_in("host", language="ar")`` gives a page of a fresh browser; scripts that fail there fail the test."""
    opened = []
    failures: list[str] = []

    def enter(username: str = "", *, language: str = "en", width: int = 1280, height: int = 900) -> Page:
        context = browser.new_context(base_url=product, viewport={"width": width, "height": height})
        context.set_default_timeout(15_000)
        opened.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: failures.append(str(error)))
        page.on("console", lambda said: failures.append(said.text) if "Content Security Policy" in said.text else None)
        if username:
            page.goto("/sign-in/")
            page.fill("#id_username", username)
            page.fill("#id_password", DEMONSTRATION.password)
            page.click("form.form button.btn-primary")
            page.wait_for_url("**/")
        context.add_cookies([{"name": "django_language", "value": language, "url": product}])
        return page

    yield enter
    for context in opened:
        for page in context.pages:
            print(page.url, page.locator("body").inner_text()[:1500], sep="\n")  # shown when the test fails
        context.close()
    assert not failures, failures
