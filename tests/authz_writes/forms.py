"""The form on a page, filled in as somebody would who may; no field of it is forgotten."""

from dataclasses import dataclass, field
from datetime import timedelta
from html.parser import HTMLParser
from urllib.parse import urlsplit

from tests.cast import TODAY

WORDS = "Words of the matrix"
LATER = ("end", "last_day", "valid_until", "due", "day")
Values = dict[str, list[str]]


@dataclass
class Input:
    name: str
    kind: str
    value: str = ""
    options: list[str] = field(default_factory=list)
    is_chosen: bool = False


@dataclass
class Form:
    action: str
    inputs: list[Input] = field(default_factory=list)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._inside: Form | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and given.get("method", "").lower() == "post":
            self._inside = Form(given.get("action", ""))
            self.found.append(self._inside)
        elif self._inside and tag in {"input", "select", "textarea"} and given.get("name"):
            kind = given.get("type", "text") if tag == "input" else tag
            found = Input(given["name"], kind, given.get("value", ""), is_chosen="checked" in given)
            self._inside.inputs.append(found)
        elif self._inside and tag == "option" and self._inside.inputs:
            select = self._inside.inputs[-1]
            select.options.append(given.get("value", ""))
            if "selected" in given and given.get("value"):
                select.value = given["value"]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = None


def forms_in(html: str) -> list[Form]:
    parser = _Forms()
    parser.feed(html)
    return parser.found


def form_for(html: str, path: str) -> Form | None:
    """The form of a page that is sent to this path."""
    mine = [form for form in forms_in(html) if form.action == path or urlsplit(form.action).path in {"", path}]
    return max(mine, key=lambda form: len(form.inputs), default=None)


def filled(form: Form) -> Values:
    """Every field with what is offered or plain words; what is a choice gets the first, unless one is made."""
    values: Values = {}
    for one in form.inputs:
        if one.name == "csrfmiddlewaretoken" or one.kind in {"file", "submit", "button"}:
            continue
        if one.kind in {"radio", "checkbox"}:
            _choose(values, one)
        elif one.kind == "select":
            chosen = one.value or next((option for option in one.options if option), "")
            values.setdefault(one.name, []).append(chosen)
        else:
            values.setdefault(one.name, []).append(one.value or _typed(one))
    return values


def _choose(values: Values, one: Input) -> None:
    if one.name not in values:
        values[one.name] = [one.value or "on"]
    elif one.is_chosen and one.kind == "radio":
        values[one.name] = [one.value]


def _typed(one: Input) -> str:
    if one.kind == "date":
        return (TODAY + timedelta(days=30 if one.name in LATER else 0)).isoformat()
    return {"email": "fictional@example.org", "number": "4", "time": "10:00"}.get(one.kind, WORDS)
