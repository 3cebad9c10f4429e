"""What the writing addresses act on: one of each, in the state in which the next step is possible."""

from datetime import timedelta
from typing import Any

from accord.access import services as access
from accord.access.models import Compartment, ExternalIdentity, Passkey, Session, Token
from accord.access.queries import invited, number_of, secret_to_confirm
from accord.advising import services as advising
from accord.advising.models import Commitment, Engagement
from accord.advising.services import Promise
from accord.mandate import services as mandate
from accord.mandate.models import ExpansionStep, HostRequest
from accord.objectives import services as objectives
from accord.people import services as people
from accord.people.models import Pairing, Person, Tour
from accord.places.models import Place
from accord.publishing.models import ClaimTemplate
from accord.publishing.services import prepare_edition, publish_edition
from accord.vetting import services as vetting
from tests.authz_writes.stage import LATER, PASSWORD, Stage
from tests.cast import CONSENT_FROM, CONSENT_UNTIL, SINCE, TODAY

TEXT = {"en": "Words", "ar": "كلمات"}
EMERGENCY = "Somebody is in danger and waiting does harm"
ISSUER = "https://id.example.org"


def furnish(stage: Stage) -> None:
    """Put everything in its place."""
    for part in (_accounts, _own, _circles, _mandate, _growth, _work, _register, _aims, _sheet, _vetting):
        part(stage, stage.things)


def _accounts(stage: Stage, things: dict[str, Any]) -> None:
    administrator = stage.actor("administrator")
    account, things["secret"] = access.invite(actor=administrator, username="invited", name="Invited (fictional)")
    access.grant_role(actor=administrator, account=account, role="advisor", start=TODAY)
    taken, secret = access.invite(actor=administrator, username="taken-up", name="Taken Up (fictional)")
    access.accept_invitation(actor=invited(secret).actor, secret=secret, password=PASSWORD)
    taken.refresh_from_db()
    things |= {"invited": account, "waiting": taken, "number": number_of(taken)}
    things["grant"] = stage.accounts["second-advisor"].grants.get()


def _own(stage: Stage, things: dict[str, Any]) -> None:
    advisor, chief = stage.accounts["advisor"], stage.accounts["second-chief"]
    before = set(Session.objects.values_list("pk", flat=True))
    stage.clients["advisor-elsewhere"] = elsewhere = type(stage.clients["anonymous"])(HTTP_HOST="localhost")
    elsewhere.force_login(advisor)
    things["session"] = Session.objects.exclude(pk__in=before).get()
    access.create_token(
        actor=stage.actor("advisor"), name="Diary", scopes=["coordination.read_calendar"], last_day=TODAY
    )
    things["token"] = Token.objects.get(name="Diary")
    things["passkey"] = Passkey.objects.create(account=chief, name="Key", credential_id=b"key", public_key=b"key")
    things["identity"] = ExternalIdentity.objects.create(account=advisor, issuer=ISSUER, subject="one")
    access.prepare_code_app(actor=stage.actor("press"))
    things["seed"] = secret_to_confirm(stage.actor("press"))


def _circles(stage: Stage, things: dict[str, Any]) -> None:
    administrator = stage.actor("administrator")

    def let_in(code: str, who: str) -> Any:
        return people.let_into_compartment(
            actor=administrator, account=stage.accounts[who], compartment=Compartment.objects.get(code=code),
            purpose="Helps", last_day=LATER,
        )  # fmt: skip

    def ask(who: str, code: str) -> Any:
        compartment = Compartment.objects.get(code=code)
        return access.ask_emergency(actor=stage.actor(who), compartment=compartment, reason=EMERGENCY)

    things["grant-waiting"] = let_in("vetting", "second-advisor")
    things["grant-held"] = let_in("force-protection", "second-advisor")
    things["emergency"] = ask("second-advisor", "contracts")
    things["emergency-open"] = access.answer_emergency(
        actor=stage.actor("legal"), emergency=ask("outsider", "vetting"), allows=True
    )


def _mandate(stage: Stage, things: dict[str, Any]) -> None:
    world, legal, host = stage.world, stage.actor("legal"), stage.actor("host")
    things["accord"] = mandate.propose_accord(
        actor=legal, title=TEXT, text=TEXT, institutions=[world.org["defence"]], activity_types=["advise"],
        places=[world.place["capital"]], start=TODAY, end=LATER,
    )  # fmt: skip
    other = world.accord_on(CONSENT_FROM, CONSENT_UNTIL, institutions=("college",), places=("coast",))
    things["paused"] = mandate.stop_accord(actor=host, accord=other, step="suspend", reason="Pause")
    things["request"] = _asked(stage)
    things["returned"] = mandate.decide_request(
        actor=stage.actor("commander"), request=_asked(stage), step="return", remark="More, please"
    )
    things["flag"] = mandate.flag_operations(actor=host, unit=world.org["brigade"], start=TODAY)


def _asked(stage: Stage) -> HostRequest:
    return mandate.submit_request(
        actor=stage.actor("host"), purpose="expansion", title=TEXT, text=TEXT,
        institution=stage.world.org["interior"], activity_types=["advise"],
    )  # fmt: skip


def _growth(stage: Stage, things: dict[str, Any]) -> None:
    world, commander = stage.world, stage.actor("commander")
    things["version"] = mandate.draft_version(
        actor=stage.actor("legal"), title=TEXT, summary=TEXT, request=world.request, invitation=world.instrument,
        decision=world.instrument, add_institutions=[world.org["interior"]],
    )  # fmt: skip

    def step(place: str) -> Any:
        request = mandate.decide_request(
            actor=commander, request=_asked(stage), step="accept", valid_from=TODAY, valid_until=LATER
        )
        return mandate.propose_expansion(
            actor=commander, title=TEXT, request=request, institutions=[world.org["interior"]],
            places=[world.place[place]], activity_types=["advise"], headcount_cap=4, start=TODAY, end=LATER,
        )  # fmt: skip

    things["expansion"] = step("coast")
    things["expanded"] = step("port")
    # The one cannot be in force before the other; here each shall wait for its next step.
    ExpansionStep.objects.filter(pk=things["expanded"].pk).update(state="in_force")


def _work(stage: Stage, things: dict[str, Any]) -> None:
    world, advisor = stage.world, stage.actor("advisor")

    def report(engagement: Engagement, discussed: str = "Plans", hand_in: bool = True) -> Any:
        promise = Promise("mission", world.post["advisor"], "Send papers", LATER)
        kept = advising.save_report(
            actor=advisor, engagement=engagement, discussed=discussed, outcome="Agreed", atmosphere="neutral",
            promises=[promise],
        )  # fmt: skip
        return advising.submit_report(actor=advisor, report=kept) if hand_in else kept

    def held(before: int) -> Engagement:
        return world.conducted(TODAY - timedelta(days=before))

    things["planned"] = world.planned()
    things["past"] = world.planned(TODAY - timedelta(days=1))
    things["held"] = held(3)
    things["reported"] = report(held(5))
    things["worded"] = report(held(6), "On patrol with the brigade")
    things["promise"] = Commitment.objects.filter(engagement=things["reported"].engagement).get()


def _register(stage: Stage, things: dict[str, Any]) -> None:
    things["tour"] = Tour.objects.get(person__code="second-advisor")
    things["pairing"] = Pairing.objects.get()
    things["person"] = Person.objects.get(code="second-host")
    things["empty-post"] = people.open_position(
        actor=stage.actor("chief"), organisation=stage.world.org["mission"], title=TEXT, start=TODAY
    )


def _aims(stage: Stage, things: dict[str, Any]) -> None:
    chief, world = stage.actor("chief"), stage.world
    above = world.objective.parent
    assert above is not None
    things["way"] = objectives.propose_objective(
        actor=chief, level="way", parent=above, title=TEXT, focus_areas=world.focus,
        host_owner=world.post["planner"], exit_criterion=TEXT,
    )  # fmt: skip
    objectives.add_indicator(actor=chief, objective=things["way"], name=TEXT, baseline="1", baseline_on=TODAY)


def _sheet(stage: Stage, things: dict[str, Any]) -> None:
    ClaimTemplate.objects.create(
        code="posture", claim="posture", section="origin", order=1, binding="posture",
        options={"kinds": ["in_country"]}, sentence={"en": "It is in {place}.", "ar": "{place}"}, period=SINCE,
    )  # fmt: skip
    press = stage.actor("press")
    things["published"] = publish_edition(
        actor=press, number=prepare_edition(actor=press, as_of=TODAY - timedelta(days=2)).number
    )
    # Since then the records say something else, so that there is something to correct.
    Place.objects.filter(code="capital").update(name={"en": "The Capital", "ar": "العاصمة"})
    things["edition"] = prepare_edition(actor=press, as_of=TODAY - timedelta(days=1))


def _vetting(stage: Stage, things: dict[str, Any]) -> None:
    def asked(course: str) -> Any:
        return vetting.request_vetting(
            actor=stage.actor("advisor"), subject=things["person"], purpose="Takes part", course=course
        )

    things["vetting"] = asked("Staff course 7")
    things["in-check"] = asked("Staff course 8")
    vetting.take_into_check(actor=stage.actor("officer"), request=things["in-check"])
