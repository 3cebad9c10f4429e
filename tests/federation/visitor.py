"""A person with a browser, as far as forms and cookies go; everything he does goes over real HTTP."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

from requests import Response, Session


@dataclass
class Form:
    action: str
    fields: dict[str, str] = field(default_factory=dict)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append(Form(given.get("action", "")))
        elif tag in {"input", "button"} and self.found and given.get("name"):
            self.found[-1].fields.setdefault(given["name"], given.get("value", ""))


class _Browser(Session):
    """Goes where it is sent, except to addresses that begin with ``halt``."""

    halt = ""

    def get_redirect_target(self, resp: Response) -> str | None:
        sent_to = super().get_redirect_target(resp)
        return None if self.halt and sent_to and sent_to.startswith(self.halt) else sent_to


class Visitor:
    def __init__(self) -> None:
        self.session = _Browser()
        self.session.headers["Accept-Language"] = "en"
        self.at = Response()

    def go(self, address: str) -> Response:
        self.at = self.session.get(address, timeout=15)
        return self.at

    def send(self, wanted: str, values: Mapping[str, str], leave: tuple[str, ...] = ()) -> Response:
        """Fill in the form of this page that has the field ``wanted``, and send it."""
        return self._send(next(form for form in self._forms() if wanted in form.fields), values, leave)

    def submit(self, action: str = "") -> Response:
        """Send the form of this page that goes there; without an address, the one that goes to the page itself."""
        return self._send(next(form for form in self._forms() if form.action == action), {}, ())

    def _forms(self) -> list[Form]:
        reader = _Forms()
        reader.feed(self.at.text)
        return reader.found

    def _send(self, form: Form, values: Mapping[str, str], leave: tuple[str, ...]) -> Response:
        sent = {name: value for name, value in {**form.fields, **values}.items() if name not in leave}
        self.at = self.session.post(urljoin(self.at.url, form.action), data=sent, timeout=15)
        return self.at
