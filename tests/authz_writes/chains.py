"""Every step an administrator can take towards more than his office, alone and with what he sees on his screen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db import transaction

from accord.access import services as access
from accord.access.models import Account, Compartment
from accord.access.permissions import Permission as Access
from accord.access.queries import invited, number_of
from accord.kernel.actor import Actor
from accord.kernel.errors import AccordError, WrongState
from accord.mandate.choices import Matter
from accord.mandate.permissions import Permission as Mandate
from accord.mandate.queries.authorities import has_authority
from accord.people import services as people
from accord.people.models import Person
from accord.people.queries import actor_for, enters
from accord.people.services import give_account
from tests.authz_writes.stage import LATER, PASSWORD, Stage
from tests.authz_writes.things import ISSUER
from tests.cast import TODAY

MINE = "the subject of the administrator"


@dataclass
class Intruder:
    """An administrator, and every account of which he has come to hold the password or the identity."""

    stage: Stage
    holds: dict[str, Account] = field(default_factory=dict)

    @property
    def actor(self) -> Actor:
        return self.stage.actor("administrator")

    def account(self, name: str) -> Account:
        found = self.holds.get(name) or self.stage.accounts.get(name)
        if found is None:
            raise WrongState("There is no such account yet.")
        return found

    def take(self, name: str, account: Account, secret: str) -> None:
        """He sees every link he makes, and takes it up himself."""
        access.accept_invitation(actor=invited(secret).actor, secret=secret, password=PASSWORD)
        self.holds[name] = account

    def reached(self) -> list[str]:
        """What he can now do that he must not, by any account that lets him in."""
        mine = [self.stage.accounts["administrator"], *self.holds.values()]
        return [fault for account in mine for fault in _faults(Account.objects.get(pk=account.pk))]


def _faults(account: Account) -> Iterator[str]:
    if not enters(account, TODAY):
        return
    actor = actor_for(account, TODAY)
    if actor.is_host and actor.may(Mandate.SIGN_FOR_HOST) and has_authority(actor, Matter.ACCORD, TODAY):
        yield f"{account}: signs for the host"
    if "vetting" in actor.compartments or "vetting" in actor.markings:
        yield f"{account}: reads VETTING"
    if actor.may(Access.SECOND_GRANTS) or actor.may(Access.VERIFY_ACCOUNTS):
        yield f"{account}: is a second person too"


Move = Callable[[Intruder], object]


def invite(it: Intruder) -> None:
    account, secret = access.invite(actor=it.actor, username="puppet", name="Puppet (fictional)")
    it.take("puppet", account, secret)


def _renew(name: str) -> Move:
    return lambda it: it.take(name, it.account(name), access.renew_invitation(actor=it.actor, account=it.account(name)))


def _grant(name: str, role: str) -> Move:
    return lambda it: access.grant_role(actor=it.actor, account=it.account(name), role=role, start=TODAY)


def _assign(name: str) -> Move:
    def assign(it: Intruder) -> None:
        access.assign_identity(actor=it.actor, account=it.account(name), issuer=ISSUER, subject=MINE)
        it.holds[name] = it.account(name)

    return assign


def _let_in(name: str) -> Move:
    return lambda it: people.let_into_compartment(
        actor=it.actor, account=it.account(name), compartment=Compartment.objects.get(code="vetting"),
        purpose="Helps", last_day=LATER,
    )  # fmt: skip


def _second(it: Intruder) -> None:
    grant = it.stage.things["grant-waiting"]
    access.answer_grant(actor=it.actor, grant=grant, agrees=True)


def _sit(name: str) -> Move:
    """On the post that signs for the government."""
    return lambda it: people.begin_tour(
        actor=it.actor, position=it.stage.world.post["representative"],
        person=_person(it, name), start=TODAY,
    )  # fmt: skip


def _person(it: Intruder, name: str) -> Person:
    found = Person.objects.filter(account=it.account(name)).first()
    if found is None:
        raise WrongState("Nobody in the register has this account.")
    return found


def _register(it: Intruder) -> None:
    """A person of the host for the puppet."""
    account = it.account("puppet")
    made = people.register_person(actor=it.actor, shown_name={"en": "Puppet (fictional)"}, side="host")
    give_account(actor=it.actor, person=made, account=account)


def _unseat(it: Intruder) -> None:
    tour = Person.objects.get(code="host").tours.get()
    people.end_tour(actor=it.actor, tour=tour, end=TODAY)


def _become(it: Intruder) -> None:
    """The person of the representative for a puppet of one's own."""
    give_account(actor=it.actor, person=Person.objects.get(code="host"), account=it.account("puppet"))


def _resign(it: Intruder) -> None:
    """Whoever manages grants holds none; so no longer manage them, once one is given."""
    mine = it.stage.accounts["administrator"]
    access.end_grant(actor=it.actor, grant=mine.grants.get(role="administrator"), end=TODAY)


MOVES: dict[str, Move] = {
    "invite": invite,
    "renew host": _renew("host"),
    "renew officer": _renew("officer"),
    "renew legal": _renew("legal"),
    "grant puppet host": _grant("puppet", "host"),
    "grant puppet legal": _grant("puppet", "legal"),
    "grant self legal": _grant("administrator", "legal"),
    "grant self officer": _grant("administrator", "vetting_officer"),
    "assign host": _assign("host"),
    "assign officer": _assign("officer"),
    "assign puppet": _assign("puppet"),
    "let self in": _let_in("administrator"),
    "let puppet in": _let_in("puppet"),
    "second": _second,
    "sit self": _sit("administrator"),
    "sit puppet": _sit("puppet"),
    "unseat": _unseat,
    "become": _become,
    "register": _register,
    "resign": _resign,
    "verify puppet": lambda it: access.verify_account(
        actor=it.actor, account=it.account("puppet"), number=number_of(it.account("puppet"))
    ),
    "lost device": lambda it: access.remove_credentials(actor=it.actor, account=it.account("host")),
    "close host": lambda it: access.close_account(actor=it.actor, account=it.account("host")),
    "emergency": lambda it: access.ask_emergency(
        actor=it.actor, compartment=Compartment.objects.get(code="vetting"), reason="Somebody is in danger, I say"
    ),
}


def succeeds(intruder: Intruder, move: Move) -> bool:
    try:
        with transaction.atomic():
            move(intruder)
    except AccordError:
        return False
    return True
