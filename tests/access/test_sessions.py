"""Sessions: the cookie's key is not in the database, it changes when it must, and it ends when it must."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.test import Client

from accord.access.models import Account, Session
from accord.access.sessions import SessionStore, here, is_proven, prove
from accord.audit.models import Entry
from accord.kernel.clock import fixed, now
from tests.access.conftest import PASSWORD, MakeAccount, browser, is_in, signed_in, with_password

FIREFOX = "Mozilla/5.0 (Android 14; Mobile; rv:130.0) Gecko/130.0 Firefox/130.0"


def key_of(client: Client) -> str:
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def test_key_is_kept_as_a_hash_only(somebody: Account) -> None:
    client = browser(HTTP_USER_AGENT=FIREFOX)
    assert with_password(client) == 302
    row = Session.objects.get()
    assert key_of(client) not in f"{row.digest}{row.data}"
    assert (row.account, row.method, row.browser) == (somebody, "password", "Firefox/Android")
    assert row.stepped_up_at is None


def test_store_gives_back_what_was_put_in(db: None) -> None:
    store = SessionStore()
    store["word"] = "kept"
    store.save()
    again = SessionStore(store.session_key)
    assert again["word"] == "kept"
    assert again.exists(store.session_key or "")
    again.delete()
    assert SessionStore(store.session_key).get("word") is None
    assert not again.exists(store.session_key or "")


def test_session_that_was_ended_is_not_written_again(db: None) -> None:
    store = SessionStore()
    store.save()
    late = SessionStore(store.session_key)
    late["word"] = "late"
    store.delete()
    with pytest.raises(UpdateError):
        late.save()
    with pytest.raises(UpdateError):
        late.cycle_key()
    assert not Session.objects.exists()


def test_fixation_is_impossible(somebody: Account) -> None:
    client = browser()
    client.post("/sign-in/challenge/")  # whoever planted this key knows it
    planted = key_of(client)
    assert with_password(client) == 302
    assert key_of(client) != planted
    thief = browser()
    thief.cookies[settings.SESSION_COOKIE_NAME] = planted
    assert not is_in(thief)
    thief.cookies[settings.SESSION_COOKIE_NAME] = "k" * 32  # a key of one's own choosing is not taken up
    assert with_password(thief) == 302
    assert key_of(thief) != "k" * 32


def test_key_changes_at_step_up_and_the_end_stays_where_it_was(somebody: Account) -> None:
    client = signed_in(somebody)
    before, row = key_of(client), Session.objects.get()
    with fixed(now() + timedelta(minutes=20)):
        sent = {"resume": "/account/", "proof_password": PASSWORD}
        assert client.post("/account/prove/", sent).status_code == 200
    after = Session.objects.get()
    assert key_of(client) != before
    assert (after.pk, after.created_at, after.expires_at) == (row.pk, row.created_at, row.expires_at)
    assert after.stepped_up_at is not None
    thief = browser()
    thief.cookies[settings.SESSION_COOKIE_NAME] = before
    assert not is_in(thief)


def test_proof_is_as_old_as_the_sign_in_or_what_was_shown_since(db: None) -> None:
    store = SessionStore()
    store.create()
    with fixed(now() + timedelta(minutes=11)):
        old = SessionStore(store.session_key)
        assert not is_proven(old)
        prove(old)
        old.save()
        assert is_proven(SessionStore(old.session_key))
    assert here(old) == Session.objects.get().digest


def test_session_ends_after_half_an_hour_of_silence(somebody: Account) -> None:
    client = signed_in(somebody)
    start = now()
    for minutes in (29, 58):
        with fixed(start + timedelta(minutes=minutes)):
            assert is_in(client)
    with fixed(start + timedelta(minutes=88)):
        assert not is_in(client)


def test_session_ends_after_twelve_hours_whatever_happens(somebody: Account) -> None:
    client, start = signed_in(somebody), now()
    for minutes in range(25, 12 * 60, 25):
        with fixed(start + timedelta(minutes=minutes)):
            assert is_in(client), minutes
    with fixed(start + timedelta(hours=12)):
        assert not is_in(client)


def test_that_it_was_used_is_written_once_a_minute(somebody: Account) -> None:
    client, start = signed_in(somebody), now()
    is_in(client)
    seen = Session.objects.get().seen_at
    with fixed(start + timedelta(seconds=30)):
        is_in(client)
    assert Session.objects.get().seen_at == seen
    with fixed(start + timedelta(seconds=90)):
        is_in(client)
    assert Session.objects.get().seen_at > seen


def test_sessions_that_are_over_are_forgotten(somebody: Account) -> None:
    signed_in(somebody)
    with fixed(now() + timedelta(hours=13)):
        signed_in(somebody)
        assert Session.objects.count() == 1
        SessionStore.clear_expired()
        assert Session.objects.count() == 1


@pytest.mark.parametrize("change", [{"is_active": False}, {"verified_at": None}])
def test_account_that_may_no_longer_be_used_is_out_at_the_next_request(
    somebody: Account, change: dict[str, Any]
) -> None:
    client = signed_in(somebody)
    assert is_in(client)
    Account.objects.filter(pk=somebody.pk).update(**change)
    assert not is_in(client)


def test_list_shows_ones_own_and_ends_them(make_account: MakeAccount) -> None:
    mine, other = make_account(), make_account("two")
    here_, elsewhere, stranger = signed_in(mine), signed_in(mine), signed_in(other)
    page = here_.get("/account/sessions/").content.decode()
    assert page.count('scope="row"') == 2
    assert page.count("This one") == 1
    foreign = Session.objects.get(account=other)
    assert here_.post(f"/account/sessions/{foreign.pk}/end/").status_code == 404
    assert is_in(stranger)
    theirs = Session.objects.filter(account=mine).latest("created_at")
    assert here_.post(f"/account/sessions/{theirs.pk}/end/").status_code == 302
    assert not is_in(elsewhere)
    assert is_in(here_)
    third = signed_in(mine)
    assert here_.post("/account/sessions/end-others/").status_code == 302
    assert not is_in(third)
    assert is_in(here_)
    assert Entry.objects.filter(action__in=["end_session", "end_other_sessions"]).count() == 2


def test_list_shows_no_session_that_is_over(somebody: Account) -> None:
    signed_in(somebody)
    late = signed_in(somebody)
    Session.objects.filter(pk=Session.objects.earliest("created_at").pk).update(seen_at=now() - timedelta(minutes=31))
    assert late.get("/account/sessions/").content.decode().count('scope="row"') == 1


def test_new_password_ends_every_other_session(somebody: Account) -> None:
    here_, elsewhere = signed_in(somebody), signed_in(somebody)
    key = key_of(here_)
    sent = {"old": PASSWORD, "new": "another long password", "again": "another long password"}
    assert here_.post("/account/password/", sent).status_code == 302
    assert is_in(here_)
    assert key_of(here_) != key
    assert not is_in(elsewhere)
    assert Session.objects.count() == 1


def test_present_password_is_not_guessed_in_a_session_left_open(somebody: Account) -> None:
    client = signed_in(somebody)
    sent = {"old": "wrong", "new": "another long password", "again": "another long password"}
    for _n in range(10):
        client.post("/account/password/", sent)
    answer = client.post("/account/password/", sent | {"old": PASSWORD})
    assert answer.status_code == 422
    assert "Too many tries" in answer.content.decode()
