"""S9: after signing in one comes to a page of ours, whatever the link to the sign-in page said."""

from itertools import product
from urllib.parse import quote, urlsplit

import pytest

from tests.federation.conftest import Person
from tests.federation.house import House, signed
from tests.federation.visit import Visit

HOSTS = (
    "evil.example.org",
    "testserver.evil.example.org",
    "testserver@evil.example.org",
    "evil.example.org:80",
    "[::1]",
    "١٢٧.٠.٠.١",
)
SHAPES = (
    "http://{}", "https://{}", "//{}", "///{}", "////{}/", "/\\{}", "\\/{}", "\\\\{}", "\\{}", "http:{}", "http:/{}",
    "http:///{}", "https:\\\\{}", "HtTpS://{}", "ftp://{}", "ws://{}", " //{}", "\t//{}", "\n//{}", "/\t/{}",
    "/\n/{}", "/\r\n/{}", "//\x00{}", "\x00//{}", "//%09/{}", "/%2f%2f{}/..//{}", "http://testserver:pass@{}",
    "http://testserver\\@{}", "//testserver:80@{}", "http://[{}", "https://{}%23.testserver", "https://{}?testserver",
    "https://{}#testserver", "https://{}/testserver", "//{}\\testserver", "//{};testserver", "http:\\{}",
    "h\tttp://{}", "java\tscript://{}/%0aalert(1)", "javascript://{}/%0aalert(1)", "data:text/html,{}", "vbscript:{}",
    "blob:http://{}", "view-source:http://{}", "mailto:{}", "//\u2044{}", "\uff0f\uff0f{}", "\u3031{}", "//{}\u3002",
    "\u200b//{}", "\u202e//{}", "\ufeffhttp://{}",
)  # fmt: skip
PAYLOADS = sorted({shape.replace("{}", host) for shape, host in product(SHAPES, HOSTS)})


def leads_away(location: str) -> bool:
    """As browsers read it: backslashes are slashes, and white space and control characters at the edge are none."""
    read = "".join(c for c in location if c not in "\t\r\n").strip("".join(map(chr, range(33)))).replace("\\", "/")
    parts = urlsplit(read)
    return read.startswith("//") or (bool(parts.scheme) and (parts.scheme, parts.netloc) != ("http", "testserver"))


def test_there_are_payloads_enough() -> None:
    assert len(PAYLOADS) >= 300
    assert leads_away("/\\evil.example.org")
    assert leads_away("\t//evil.example.org")
    assert not leads_away("/account/?next=//evil.example.org")


def test_no_payload_leads_away(visit: Visit, house: House, person: Person) -> None:
    person("alpha", issuer=house.issuer, subject="one")
    led_away = []
    for payload in PAYLOADS:
        if "\0" in payload:  # no address of ours holds one
            assert visit.client.get("/sign-in/with/loose/", {"next": payload}).status_code == 400
            continue
        asked = visit.ask(next=payload)
        house.grants(signed(house.claims(asked.nonce)))
        response = visit.bring(state=asked.state)
        assert response.status_code == 302, (payload, response.status_code)
        if leads_away(response.headers["location"]):
            led_away.append((payload, response.headers["location"]))
    assert not led_away


@pytest.mark.parametrize("payload", [payload for payload in PAYLOADS if "\0" not in payload][::10])
def test_the_buttons_of_the_sign_in_page_carry_it_as_text(visit: Visit, payload: str) -> None:
    page = visit.client.get("/sign-in/", {"next": payload}).content.decode()
    assert f"/sign-in/with/loose/?next={quote(payload, safe='/')}" in page.replace("&#x27;", "'")


def test_a_page_of_ours_is_where_one_arrives(visit: Visit, house: House, person: Person) -> None:
    person("alpha", issuer=house.issuer, subject="one")
    asked = visit.ask(next="/account/?a=1&b=2")
    house.grants(signed(house.claims(asked.nonce)))
    assert visit.bring(state=asked.state).headers["location"] == "/account/?a=1&b=2"
