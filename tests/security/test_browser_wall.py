"""Goal S7: every answer, failures, files and downloads included, tells the browser to keep everybody else out."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from accord.config.browser import LARGEST_BODY
from tests.security.addresses import every_address
from tests.web.conftest import Mission
from tests.web.publishing.conftest import LOLLESGAARD, Publish

# All there is: a directive that is not here falls back to default-src, so objects, frames and workers are forbidden.
POLICY = {
    "default-src": "'none'",
    "object-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "form-action": "'self'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "default",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
STATIC = [
    "accord/accord.js",
    "accord/trusted.js",
    "accord/css/base.css",
    "accord/icons.svg",
    "django_htmx/htmx-2.min.js",
]
PRIVATE = "private, no-store"


def holes(response: Any) -> list[str]:
    """What is missing in the wall of this answer."""
    told = response.headers.get("Content-Security-Policy", "")
    directives = dict(part.strip().split(" ", 1) for part in told.split(";") if part)
    found = [
        f"{name}: {directives.get(name)}" for name in POLICY | directives if directives.get(name) != POLICY.get(name)
    ]
    found += [
        f"{name}: {response.headers.get(name)}" for name in HEADERS if response.headers.get(name) != HEADERS[name]
    ]
    found += [name for name in ("Cache-Control", "Permissions-Policy") if name not in response.headers]
    if "Access-Control-Allow-Origin" in response.headers:
        found.append("other origins are let in")
    return found


@pytest.mark.parametrize("username", ["", "advisor", "host", "admin"])
def test_every_address_answers_behind_the_wall_and_is_kept_by_no_cache(nmi: Mission, username: str) -> None:
    client = nmi.client(username) if username else Client()
    answers = {name: client.get(address) for name, address in every_address().items()}
    assert len(answers) > 60
    assert {name: holes(answer) for name, answer in answers.items() if holes(answer)} == {}
    assert not [name for name, answer in answers.items() if answer.status_code >= 500]
    kept = {name for name, answer in answers.items() if "no-store" not in answer.headers["Cache-Control"]}
    assert kept <= {"factsheet-json", "factsheet-pdf"}, "only the public's own files may be kept"


def test_failures_answer_behind_the_wall(nmi: Mission, monkeypatch: pytest.MonkeyPatch) -> None:
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    answers: dict[int, Any] = {
        400: Client().get("/", headers={"host": "elsewhere.example"}),
        401: Client().post("/engagements/plan/", {"topic": "x"}),
        403: nmi.client("advisor").get("/trail/"),
        404: nmi.client("advisor").get("/nowhere/"),
        405: Client().trace("/"),
        413: Client().post("/sign-in/", {"username": "x"}, headers={"content-length": str(LARGEST_BODY + 1)}),
        422: Client().post("/sign-in/", {"username": "x", "password": "y"}),
    }
    expired = strict.post("/sign-in/", {"username": "x", "password": "y"})
    monkeypatch.setattr("accord.web.home.entry.sign_in_context", lambda *_, **__: 1 / 0)
    answers[500] = strict.get("/sign-in/")
    assert {status: answer.status_code for status, answer in answers.items()} == {status: status for status in answers}
    assert expired.status_code == 403
    assert {status: holes(a) for status, a in [*answers.items(), (0, expired)] if holes(a)} == {}


@pytest.mark.parametrize("name", STATIC)
def test_style_sheets_and_scripts_come_behind_the_wall(name: str) -> None:
    answer = Client().get(f"/static/{name}")
    assert answer.status_code == 200
    assert b"".join(answer)  # read to its end, the file is closed
    assert holes(answer) == []
    assert answer.headers["Content-Type"].replace('"', "").endswith("; charset=utf-8")


@pytest.mark.parametrize("file", ["fact-sheet.json", "fact-sheet.pdf"])
def test_downloads_come_behind_the_wall(client: Client, publish: Publish, file: str) -> None:
    publish(LOLLESGAARD)
    answer = client.get(f"/{file}?as_of=2021-06-30")
    assert answer.status_code == 200
    assert holes(answer) == []
    unchanged = client.get(f"/{file}?as_of=2021-06-30", headers={"If-None-Match": answer.headers["ETag"]})
    assert (unchanged.status_code, holes(unchanged)) == (304, [])


def test_a_file_that_is_not_there_is_not_another_file(db: None) -> None:
    answer = Client().get("/static/accord/nowhere.css")
    assert (answer.status_code, holes(answer)) == (404, [])


@pytest.mark.parametrize("method", ["trace", "options", "put", "patch", "delete"])
def test_methods_nobody_needs_are_refused(nmi: Mission, method: str) -> None:
    assert getattr(nmi.client("admin"), method)("/accounts/").status_code == 405


def test_the_wall_test_would_notice() -> None:
    whole = {"Content-Security-Policy": "; ".join(f"{k} {v}" for k, v in POLICY.items()), **HEADERS}
    whole |= {"Cache-Control": PRIVATE, "Permissions-Policy": "camera=()"}
    assert holes(HttpResponse(headers=whole)) == []
    for name in whole:
        assert holes(HttpResponse(headers={k: v for k, v in whole.items() if k != name})), name
    looser = whole | {"Content-Security-Policy": whole["Content-Security-Policy"] + "; script-src-attr 'unsafe-inline'"}
    assert holes(HttpResponse(headers=looser))
