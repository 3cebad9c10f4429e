"""Code app and recovery codes: each code once, within its time, and void with what it stands for."""

import math
import random
from datetime import datetime, timedelta

import pyotp
import pytest

from accord.access import services
from accord.access.models import Account, Passkey, RecoveryCode, Totp
from accord.access.permissions import Permission
from accord.access.queries import credentials, secret_to_confirm
from accord.access.services import Code, Password
from accord.audit.models import Entry
from accord.kernel.actor import PUBLIC, Actor, system
from accord.kernel.clock import fixed, now
from accord.kernel.errors import Conflict, Invalid, NotFound, Refused, WrongState
from tests.access.conftest import MakeAccount, acting


@pytest.fixture
def actor(somebody: Account) -> Actor:
    return acting(somebody)


def own(actor: Actor) -> Account:
    return Account.objects.get(pk=str(actor.account_id))


def app_of(actor: Actor) -> pyotp.TOTP:
    """A code app, confirmed an hour ago."""
    with fixed(now() - timedelta(hours=1)):
        services.prepare_code_app(actor=actor)
        app = pyotp.TOTP(secret_to_confirm(actor))
        services.confirm_code_app(actor=actor, code=app.at(now()))
    return app


def test_app_counts_once_it_has_shown_a_right_code(actor: Actor) -> None:
    services.prepare_code_app(actor=actor)
    assert not credentials(actor).has_second_step
    with pytest.raises(Invalid):
        services.confirm_code_app(actor=actor, code="000000")
    secret = secret_to_confirm(actor)
    assert secret.encode() not in bytes(Totp.objects.get().sealed_seed)
    services.confirm_code_app(actor=actor, code=pyotp.TOTP(secret).at(now()))
    assert credentials(actor).has_second_step
    assert secret_to_confirm(actor) == "", "nobody sees it again"
    for again in (services.prepare_code_app, lambda actor: services.confirm_code_app(actor=actor, code="000000")):
        with pytest.raises(WrongState):
            again(actor=actor)


def test_code_is_good_a_step_early_or_late_and_never_twice(actor: Actor) -> None:
    app, moment = app_of(actor), datetime(2030, 1, 1, 12, 0, 10, tzinfo=now().tzinfo)
    with fixed(moment):
        for steps in (-2, 2):
            with pytest.raises(Invalid):
                services.enter(actor=actor, proof=Code(app.at(moment, counter_offset=steps)))
        assert services.enter(actor=actor, proof=Code(app.at(moment, counter_offset=-1))) == "code"
        assert services.enter(actor=actor, proof=Code(app.at(moment))) == "code"
        for steps in (-1, 0):
            with pytest.raises(Invalid):
                services.enter(actor=actor, proof=Code(app.at(moment, counter_offset=steps)))
        assert services.prove(actor=actor, proof=Code(app.at(moment, counter_offset=1))) == "code"
    assert [e.action for e in Entry.objects.filter(changes__method="code").order_by("id")] == [
        "sign_in", "sign_in", "prove_again",
    ]  # fmt: skip


def test_code_may_be_typed_in_arabic_digits(actor: Actor) -> None:
    app = app_of(actor)
    typed = app.at(now()).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert services.enter(actor=actor, proof=Code(f"{typed[:3]} {typed[3:]}")) == "code"


def test_password_alone_is_not_enough_beside_a_code_app(actor: Actor) -> None:
    assert services.enter(actor=actor, proof=Password()) == "password"
    app_of(actor)
    for way in (services.enter, services.prove):
        with pytest.raises(Refused):
            way(actor=actor, proof=Password())


def test_recovery_code_is_good_once_and_counted(actor: Actor) -> None:
    with pytest.raises(WrongState):
        services.renew_recovery_codes(actor=actor)
    app_of(actor)
    old = services.renew_recovery_codes(actor=actor)
    codes = services.renew_recovery_codes(actor=actor)
    assert len(set(codes)) == 10
    with pytest.raises(Invalid):
        services.enter(actor=actor, proof=Code(old[0]))
    assert services.enter(actor=actor, proof=Code(f"{codes[0][:4]}-{codes[0][4:]}".upper())) == "recovery_code"
    with pytest.raises(Invalid):
        services.enter(actor=actor, proof=Code(codes[0]))
    assert credentials(actor).codes_left == 9
    assert Entry.objects.get(changes__method="recovery_code").changes["recovery_codes_left"] == 9
    assert not any(code in str(Entry.objects.values_list("changes", flat=True)) for code in codes)


def test_seeds_and_codes_are_long_and_come_by_chance(actor: Actor) -> None:
    app_of(actor)
    codes = [code for _n in range(20) for code in services.renew_recovery_codes(actor=actor)]
    assert len(set(codes)) == 200
    assert len(codes[0]) * math.log2(len(set("".join(codes)))) > 56  # bits
    seeds = {pyotp.random_base32() for _n in range(50)}
    assert len(seeds) == 50
    assert {len(seed) * 5 for seed in seeds} == {160}  # bits
    assert isinstance(pyotp.random, random.SystemRandom)


def test_recovery_code_of_somebody_else_is_worth_nothing(make_account: MakeAccount, actor: Actor) -> None:
    other = acting(make_account("two"))
    for one in (actor, other):
        app_of(one)
    codes = services.renew_recovery_codes(actor=other)
    services.renew_recovery_codes(actor=actor)
    with pytest.raises(Invalid):
        services.enter(actor=actor, proof=Code(codes[0]))


def test_recovery_codes_go_with_the_last_they_stand_for(actor: Actor) -> None:
    app_of(actor)
    services.renew_recovery_codes(actor=actor)
    passkey = Passkey.objects.create(account=own(actor), name="One", credential_id=b"1", public_key=b"1")
    services.remove_code_app(actor=actor)
    assert RecoveryCode.objects.count() == 10
    services.remove_passkey(actor=actor, key=passkey.pk)
    assert not RecoveryCode.objects.exists()
    with pytest.raises(WrongState):
        services.remove_code_app(actor=actor)
    with pytest.raises(NotFound):
        services.remove_passkey(actor=actor, key=passkey.pk)


def test_nobody_removes_the_passkey_of_somebody_else(make_account: MakeAccount, actor: Actor) -> None:
    theirs = Passkey.objects.create(account=make_account("two"), name="One", credential_id=b"1", public_key=b"1")
    with pytest.raises(NotFound):
        services.remove_passkey(actor=actor, key=theirs.pk)
    assert Passkey.objects.exists()


def test_administrator_takes_away_what_was_lost(make_account: MakeAccount, actor: Actor) -> None:
    app_of(actor)
    administrator = acting(make_account("admin", "administrator"))
    account = own(actor)
    services.remove_credentials(actor=administrator, account=account, reason="Telephone lost")
    assert not credentials(actor).has_second_step
    assert Entry.objects.get(action="remove_credentials").reason == "Telephone lost"
    with pytest.raises(Conflict):
        services.remove_credentials(actor=administrator, account=own(administrator))
    with pytest.raises(Refused):
        services.remove_credentials(actor=actor, account=account)


def test_closed_account_enters_by_no_way(actor: Actor) -> None:
    app = app_of(actor)
    Account.objects.update(is_active=False)
    with pytest.raises(Refused):
        services.enter(actor=actor, proof=Code(app.at(now())))


def test_only_people_with_an_account_have_credentials() -> None:
    with pytest.raises(Refused):
        services.prepare_code_app(actor=PUBLIC)
    nobody = Actor(name="Nobody", side="mission", permissions=frozenset({Permission.SIGN_IN}))
    for refused, error in ((lambda: credentials(nobody), NotFound), (lambda: secret_to_confirm(nobody), NotFound)):
        with pytest.raises(error):
            refused()


def test_software_itself_has_no_credentials(db: None) -> None:
    assert system("worker").account_id is None
    with pytest.raises(Refused):
        services.prepare_code_app(actor=system("worker"))
