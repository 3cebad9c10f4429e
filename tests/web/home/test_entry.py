"""Coming in through the pages: second step, step-up before dangerous acts, and whom to ask without a role."""

from datetime import timedelta

import pyotp
import pytest
import segno
from django.test import Client

from accord.access import services
from accord.access.models import Account, Grant
from accord.access.queries import secret_to_confirm
from accord.audit.models import Entry
from accord.config.demonstration import DEMONSTRATION
from accord.kernel.clock import fixed, now
from accord.mandate.models import Accord
from accord.mandate.queries.accords import accord_for
from accord.mandate.services import propose_accord
from accord.people.models import Organisation
from accord.places.models import Place
from accord.publishing.models import Edition
from tests.access.device import Device
from tests.web.conftest import Mission

TEXT = {"en": "Words", "ar": "كلمات"}
SENT = {"username": "host", "password": DEMONSTRATION.password}


def browser(nmi: Mission, username: str) -> Client:
    client = Client(HTTP_HOST="localhost")
    client.force_login(nmi.accounts[username])
    return client


def code_app(nmi: Mission, username: str) -> pyotp.TOTP:
    """Set up an hour ago, so that the present code is fresh."""
    actor = nmi.actor(username)
    with fixed(now() - timedelta(hours=1)):
        services.prepare_code_app(actor=actor)
        app = pyotp.TOTP(secret_to_confirm(actor))
        services.confirm_code_app(actor=actor, code=app.at(now()))
    return app


def proposed(nmi: Mission) -> Accord:
    return propose_accord(
        actor=nmi.actor("legal"), title=TEXT, text=TEXT,
        institutions=[Organisation.objects.get(code="ministry-of-defence")], activity_types=["advise"],
        places=[Place.objects.get(code="baghdad-governorate")], start=now().date(),
        end=now().date() + timedelta(days=90),
    )  # fmt: skip


# Second step ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "ar"])
def test_password_alone_leads_to_the_second_step(nmi: Mission, language: str) -> None:
    app = code_app(nmi, "host")
    client = Client(HTTP_HOST="localhost")
    client.cookies["django_language"] = language
    answer = client.post("/sign-in/", SENT | {"next": "/accords/"})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="proof_code"' in text
    assert 'name="proof_password"' not in text
    assert client.get("/account/").status_code == 302, "he is not in yet"
    assert client.post("/sign-in/second-step/", {"proof_code": "000000"}).status_code == 422
    answer = client.post("/sign-in/second-step/", {"proof_code": app.at(now()), "next": "/accords/"})
    assert (answer.status_code, answer["Location"]) == (302, "/accords/")
    assert client.get("/account/").status_code == 200


def test_second_step_waits_ten_minutes_and_wants_the_password_first(nmi: Mission) -> None:
    app = code_app(nmi, "host")
    client = Client()
    assert client.post("/sign-in/second-step/", {"proof_code": app.at(now())})["Location"] == "/sign-in/"
    client.post("/sign-in/", SENT)
    assert client.get("/sign-in/second-step/")["Location"] == "/sign-in/"
    with fixed(now() + timedelta(minutes=10)):
        answer = client.post("/sign-in/second-step/", {"proof_code": app.at(now())})
        assert answer["Location"] == "/sign-in/"


def test_password_shown_again_is_no_second_step(nmi: Mission) -> None:
    code_app(nmi, "host")
    client = Client()
    client.post("/sign-in/", SENT)
    answer = client.post("/sign-in/second-step/", {"proof_password": DEMONSTRATION.password})
    assert answer.status_code == 403
    assert client.get("/account/").status_code == 302


def test_what_was_typed_survives_password_and_second_step(nmi: Mission) -> None:
    app = code_app(nmi, "host")
    client = Client()
    typed = {"resume": "/mandate/requests/new/", "topic": "A long text"}
    answer = client.post("/sign-in/", SENT | typed)
    assert 'name="topic" value="A long text"' in answer.content.decode()
    answer = client.post("/sign-in/second-step/", typed | {"proof_code": app.at(now())})
    text = answer.content.decode()
    assert 'name="topic" value="A long text"' in text
    assert 'action="/mandate/requests/new/"' in text
    assert "proof_code" not in text


# Step-up --------------------------------------------------------------------------------------------------------------


def test_signing_long_after_signing_in_asks_who_is_there(nmi: Mission) -> None:
    accord, clients = proposed(nmi), {side: browser(nmi, side) for side in ("host", "commander")}
    address = f"/accords/{accord.pk}/sign/"
    with fixed(now() + timedelta(minutes=15)):
        for client in clients.values():
            asked = client.post(address)
            assert asked.status_code == 401
            assert 'name="proof_password"' in asked.content.decode()
            wrong = client.post("/account/prove/", {"resume": address, "proof_password": "wrong"})
            assert wrong.status_code == 422
            assert client.post(address).status_code == 401
            go_on = client.post("/account/prove/", {"resume": address, "proof_password": DEMONSTRATION.password})
            assert f'action="{address}"' in go_on.content.decode()
            assert client.post(address).status_code == 302
    signed = accord_for(accord.pk)
    assert signed.host_signed_on
    assert signed.mission_signed_on
    assert Entry.objects.filter(action="prove_again").count() == 2


def test_what_was_typed_for_a_dangerous_act_comes_along(nmi: Mission) -> None:
    client = browser(nmi, "press")
    client.post("/publishing/prepare/", {"as_of": "2021-06-30"})
    number = Edition.objects.get().number
    assert client.post(f"/publishing/editions/{number}/publish/").status_code == 302
    address = f"/publishing/editions/{number}/correct/"
    with fixed(now() + timedelta(minutes=15)):
        asked = client.post(address, {"en": "A long note", "ar": "ملاحظة"})
        assert asked.status_code == 401
        assert 'name="en" value="A long note"' in asked.content.decode()
        sent = {"resume": address, "en": "A long note", "ar": "ملاحظة", "proof_password": DEMONSTRATION.password}
        go_on = client.post("/account/prove/", sent).content.decode()
        assert 'name="en" value="A long note"' in go_on
        assert DEMONSTRATION.password not in go_on


@pytest.mark.parametrize(
    "address", ["/publishing/history/", "/publishing/editions/1/publish/", "/publishing/editions/1/correct/"]
)
def test_publishing_long_after_signing_in_asks_who_is_there(nmi: Mission, address: str) -> None:
    client = browser(nmi, "press")
    with fixed(now() + timedelta(minutes=15)):
        assert client.post(address).status_code == 401
    assert not Edition.objects.filter(state="published").exists()


def test_whoever_has_a_code_app_shows_a_code_and_not_his_password(nmi: Mission) -> None:
    app, client, accord = code_app(nmi, "host"), browser(nmi, "host"), proposed(nmi)
    address = f"/accords/{accord.pk}/sign/"
    with fixed(now() + timedelta(minutes=15)):
        assert 'name="proof_password"' not in client.post(address).content.decode()
        by_password = client.post("/account/prove/", {"resume": address, "proof_password": DEMONSTRATION.password})
        assert by_password.status_code == 403
        assert client.post(address).status_code == 401
        assert client.post("/account/prove/", {"resume": address, "proof_code": app.at(now())}).status_code == 200
        assert client.post(address).status_code == 302


def test_passkey_proves_before_a_dangerous_act(nmi: Mission) -> None:
    client, accord, device = browser(nmi, "host"), proposed(nmi), Device()
    made = device.enrol(client.post("/account/security/passkeys/options/").json())
    client.post("/account/security/passkeys/add/", {"name": "Key", "proof_passkey": made})
    address = f"/accords/{accord.pk}/sign/"
    with fixed(now() + timedelta(minutes=15)):
        assert "data-passkey" in client.post(address).content.decode()
        answer = device.answer(client.post("/sign-in/challenge/").json())
        assert client.post("/account/prove/", {"resume": address, "proof_passkey": answer}).status_code == 200
        assert client.post(address).status_code == 302


@pytest.mark.parametrize(
    "name", ["passkeys/options/", "passkeys/add/", "code-app/prepare/", "code-app/remove/", "recovery-codes/"]
)
def test_changing_how_one_signs_in_asks_who_is_there(nmi: Mission, name: str) -> None:
    client = browser(nmi, "advisor")
    with fixed(now() + timedelta(minutes=15)):
        assert client.post(f"/account/security/{name}").status_code == 401


def test_step_up_leads_nowhere_else(nmi: Mission) -> None:
    client = browser(nmi, "host")
    for target in ("https://example.org/", "//example.org", "javascript:alert(1)", "/\\example.org", ""):
        sent = {"resume": target, "proof_password": DEMONSTRATION.password}
        assert client.post("/account/prove/", sent)["Location"] == "/", target
    assert Client().post("/account/prove/", {"resume": "/accords/"}).status_code == 401


# The pages about it ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_security_page_says_what_there_is(nmi: Mission, language: str, host: str) -> None:
    client = nmi.client("advisor", language)
    text = client.get("/account/security/", headers={"host": host}).content.decode()
    assert ("data-passkey=" in text) == (host == "localhost")
    assert ("HTTPS" in text) == (host != "localhost")
    assert "/account/security/code-app/prepare/" in text


@pytest.mark.parametrize("language", ["en", "ar"])
def test_code_app_is_set_up_and_recovery_codes_are_shown_once(nmi: Mission, language: str) -> None:
    client = nmi.client("advisor", language)
    assert client.get("/account/security/code-app/").status_code == 302, "nothing to confirm yet"
    assert client.post("/account/security/code-app/prepare/").status_code == 302
    shown = client.get("/account/security/code-app/")
    text, secret = shown.content.decode(), secret_to_confirm(nmi.actor("advisor"))
    assert f"{secret[:4]} {secret[4:8]}" in text
    picture = segno.make(pyotp.TOTP(secret).provisioning_uri(name="advisor", issuer_name="Accord"), error="m")
    assert text.count("h1v1h-1z") == sum(map(sum, picture.matrix))
    assert "data:" not in text, "the browser's wall would not show it"
    assert "no-store" in shown["Cache-Control"]
    assert client.post("/account/security/code-app/", {"code": "1"}).status_code == 422
    code = pyotp.TOTP(secret).at(now())
    assert client.post("/account/security/code-app/", {"code": code}).status_code == 302
    made = client.post("/account/security/recovery-codes/")
    assert made.content.decode().count("<li><code>") == 10
    assert "no-store" in made["Cache-Control"]
    assert client.get("/account/security/recovery-codes/").status_code == 302
    assert client.post("/account/security/code-app/remove/").status_code == 302


def test_administrator_helps_who_lost_his_device(nmi: Mission) -> None:
    code_app(nmi, "host")
    account = nmi.accounts["host"]
    client = browser(nmi, "admin")
    assert account.display_name in client.get(f"/accounts/{account.pk}/lost-device/").content.decode()
    assert client.post(f"/accounts/{account.pk}/lost-device/", {"reason": "Lost"}).status_code == 302
    assert Client().post("/sign-in/", SENT).status_code == 302
    assert nmi.client("chief").get(f"/accounts/{account.pk}/lost-device/").status_code == 403


@pytest.mark.parametrize("language", ["en", "ar"])
def test_who_has_no_role_reads_whom_to_ask(nmi: Mission, language: str) -> None:
    Grant.objects.filter(account__username="host").delete()
    client = Client()
    client.cookies["django_language"] = language
    answer = client.post("/sign-in/", SENT)
    assert answer.status_code == 403
    assert Account.objects.get(username="admin").display_name in answer.content.decode()
    assert client.get("/account/").status_code == 302, "he is not in"
    assert nmi.client("host", language).get("/").status_code == 403, "nor does an older session open anything"
