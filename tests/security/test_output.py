"""What goes out: text stays text, every answer says what it is, and secrets are in no address."""

import ast
import json
import re

import pytest
from django.apps import apps
from django.test import Client

from accord.access.models import Account
from accord.people.models import Organisation, Person
from accord.web.jinja import environment
from tests.architecture.source import PACKAGE, called_name, calls, modules
from tests.security.addresses import every_address
from tests.web.conftest import Mission
from tests.web.publishing.conftest import LOLLESGAARD, Publish

PAYLOAD = "\"'><xss onmouseover=run()>{{7*7}}</script><script>run()</script>"
KINDS = {"text/html; charset=utf-8", "application/json", "application/pdf"}


@pytest.mark.parametrize("username", ["admin", "advisor", "host"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_text_stays_text_wherever_it_is_shown(nmi: Mission, username: str, language: str) -> None:
    Account.objects.update(display_name=PAYLOAD)
    Person.objects.update(shown_name={"en": PAYLOAD, "ar": PAYLOAD})
    Organisation.objects.update(name={"en": PAYLOAD, "ar": PAYLOAD})
    client = nmi.client(username, language)
    addresses = [*every_address().values(), f"/people/organisations/{Organisation.objects.filter(side='host')[0].pk}/"]
    texts = [
        client.get(f"{address}?q={PAYLOAD}&words={PAYLOAD}").content.decode(errors="replace") for address in addresses
    ]
    assert sum("&lt;xss" in text for text in texts) > 20, "hardly any page showed it"
    assert not [text for text in texts if "<xss" in text or "<script>run" in text or re.search(r"\b49\b</script", text)]


def test_data_for_machines_cannot_end_its_script(client: Client, publish: Publish) -> None:
    inside = environment(autoescape=True).from_string('<script type="application/ld+json">{{ x|tojson }}</script>')
    text = inside.render(x={"name": PAYLOAD})
    assert text.count("<") == 2
    assert json.loads(text[text.index(">") + 1 : text.rindex("<")]) == {"name": PAYLOAD}
    publish(LOLLESGAARD)
    page = client.get("/fact-sheet/?as_of=2021-06-30").content.decode()
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert data
    assert json.loads(data[1])


@pytest.mark.parametrize("sent", ["/x\r\nX-Planted: yes", "/x%0d%0aX-Planted:%20yes", "/\u010d\u010aX-Planted: yes"])
def test_headers_hold_no_line_of_their_own(nmi: Mission, sent: str) -> None:
    client = nmi.client("advisor")
    for answer in (client.post("/theme/", {"theme": "dark", "next": sent}), client.get("/sign-out/", {"next": sent})):
        assert "X-Planted" not in answer.headers
        assert not [value for value in answer.headers.values() if "\r" in value or "\n" in value]


def test_addresses_are_encoded(nmi: Mission) -> None:
    asked = "/engagements/?q=" + PAYLOAD.replace("#", "")
    assert re.fullmatch(r"[\w/?=&%.~*()'-]+", Client().get(asked).headers["Location"])
    assert environment(autoescape=True).from_string("{{ url('factsheet') }}").render() == "/fact-sheet/"


def test_every_answer_says_what_it_is_and_none_is_a_script(nmi: Mission) -> None:
    client = nmi.client("admin")
    answers = {name: client.get(f"{address}?callback=run&jsonp=run") for name, address in every_address().items()}
    assert {answer.headers["Content-Type"] for answer in answers.values() if answer.content} <= KINDS
    assert not [name for name, answer in answers.items() if answer.content.lstrip().startswith((b"run(", b"run ("))]


def test_texts_have_an_end() -> None:
    """Every field of a form that takes free text."""
    fields = [
        (module.at(call), {keyword.arg for keyword in call.keywords})
        for module in modules()
        if PACKAGE / "web" in module.path.parents
        for call in calls(module.tree)
        if called_name(call) in {"CharField", "RegexField"} and ast.unparse(call.func).startswith("forms.")
    ]
    assert len(fields) > 10
    assert not [place for place, given in fields if "max_length" not in given]


@pytest.mark.parametrize("address", ["/sign-in/", "/account/password/"])
def test_secrets_are_never_asked_for_in_an_address(nmi: Mission, address: str) -> None:
    page = (Client() if address == "/sign-in/" else nmi.client("admin")).get(address).content.decode()
    forms = [form for form in re.findall(r"<form.*?</form>", page, re.DOTALL) if "password" in form]
    assert forms
    assert all('method="post"' in form.split(">")[0] for form in forms)


def test_no_secret_questions() -> None:
    names = {
        field.name
        for model in apps.get_models()
        if model.__module__.startswith("accord.")
        for field in model._meta.fields
    }
    assert "password" in names
    assert not [name for name in names if re.search(r"hint|secret_|security_question|mother|maiden|pet_", name)]
