"""Consent: proposed, agreed by both sides, in force; suspended, resumed, withdrawn, amended (S12a)."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from accord.access.choices import Role
from accord.access.queries import accounts_with_role
from accord.audit.events import announce
from accord.audit.services import record
from accord.audit.usecase import use_case
from accord.kernel.actor import Actor
from accord.kernel.clock import today
from accord.kernel.errors import Invalid, Refused, WrongState
from accord.mandate.choices import AccordState, ActivityType, Matter
from accord.mandate.events import GROUND, GroundShifted
from accord.mandate.facts import accord_states_on, the_mission
from accord.mandate.models import Accord, AccordInstitution, AccordPlace, AccordStep, HostRequest
from accord.mandate.permissions import Permission
from accord.mandate.services.authority import signing_position
from accord.mandate.workflow import ACCORD_WORKFLOW, AGREE, AMEND, ENTER_INTO_FORCE, RESUME
from accord.notices.phrases import Phrase
from accord.notices.services import tell
from accord.people.models import Organisation
from accord.people.queries import host_accounts
from accord.places.models import Place


@use_case(Permission.PROPOSE_ACCORD)
def propose_accord(
    *,
    actor: Actor,
    title: Mapping[str, str],
    text: Mapping[str, str],
    institutions: Sequence[Organisation],
    activity_types: Sequence[str],
    places: Sequence[Place],
    start: date,
    end: date,
    conditions: Mapping[str, str] | None = None,
    request: HostRequest | None = None,
    amends: Accord | None = None,
) -> Accord:
    """Propose an accord to both sides. ``end`` is the first day it no longer holds; both languages are needed."""
    _require_whole(title, text, institutions, activity_types, places, start, end)
    accord = Accord(
        title=dict(title), text=dict(text), conditions=dict(conditions or {}), request=request, amends=amends,
        activity_types=list(activity_types), period=DateRange(start, end), proposed_by=actor.name,
        source={"kind": "record", "ref": ""},
    )  # fmt: skip
    accord.code = f"accord-{accord.pk.hex[-8:]}"
    accord.save()
    AccordInstitution.objects.bulk_create([AccordInstitution(accord=accord, institution=o) for o in institutions])
    AccordPlace.objects.bulk_create([AccordPlace(accord=accord, place=p) for p in places])
    _step(actor, accord, "propose", "", AccordState.PROPOSED, today(), "")
    record(actor, accord, types=list(activity_types), start=start, end=end, amends=amends.code if amends else None)
    tell(
        [*host_accounts(today()), *accounts_with_role(Role.COMMANDER, today())],
        Phrase(_("An accord waits for agreement: %(title)s"), title=accord.title),
        link=f"accord:{accord.pk}",
    )
    return accord


@use_case(Permission.PROPOSE_ACCORD)
def amend_accord(*, actor: Actor, accord: Accord, start: date, end: date, reason: str) -> Accord:
    """Propose the same accord anew for other days; it replaces this one on the day it enters into force."""
    if accord_states_on(today()).get(accord.pk) not in AMEND.origins:
        raise WrongState(_("Only an accord in force or suspended can be amended."))
    new = propose_accord(
        actor=actor, title=accord.title, text=accord.text, conditions=accord.conditions, request=accord.request,
        institutions=[i.institution for i in accord.institutions.select_related("institution")],
        places=[p.place for p in accord.places.select_related("place")],
        activity_types=accord.activity_types, start=start, end=end, amends=accord,
    )  # fmt: skip
    narrow = accord.institutions.filter(with_subordinates=False).values("institution")
    new.institutions.filter(institution__in=narrow).update(with_subordinates=False)
    record(actor, accord, reason=reason, amendment=new.code)
    return new


def _signing_side(actor: Actor) -> str:
    if actor.is_host and actor.may(Permission.SIGN_FOR_HOST):
        return "host"
    if actor.may(Permission.SIGN_FOR_MISSION) and not actor.is_host:
        return "mission"
    raise Refused(_("You may not sign accords. The register of signing authority names who may."))


@use_case(Permission.READ_MANDATE, turn=GROUND)
def sign_accord(*, actor: Actor, accord: Accord) -> Accord:
    """Agree for one's own side. Signed by both, the accord is agreed and enters into force on its first day."""
    side = _signing_side(actor)
    accord = Accord.objects.select_for_update().get(pk=accord.pk)
    state = _state_today(accord)
    move = ACCORD_WORKFLOW.step(f"sign_for_{side}")
    target = move.next_state(state, _("This accord is not waiting for agreement."))
    if getattr(accord, f"{side}_signed_on"):
        raise WrongState(_("Your side has already signed this accord."))
    if today() >= accord.period.upper:
        raise WrongState(_("The days this accord would cover are over. Propose a new one."))
    setattr(accord, f"{side}_signatory", signing_position(actor, Matter.ACCORD, today(), side))
    setattr(accord, f"{side}_signed_on", today())
    accord.state = target
    accord.save()
    _step(actor, accord, move.name, state, target, today(), "")
    if accord.host_signed_on and accord.mission_signed_on:
        _agree(actor, accord)
    record(actor, accord, side=side, state=accord.state)
    return accord


def _agree(actor: Actor, accord: Accord) -> None:
    first_day = max(today(), accord.period.lower)
    accord.state = AccordState.IN_FORCE
    accord.save(update_fields=["state"])
    _step(actor, accord, AGREE.name, AccordState.PROPOSED, AGREE.target, today(), "")
    _step(actor, accord, ENTER_INTO_FORCE.name, AccordState.AGREED, ENTER_INTO_FORCE.target, first_day, "")
    if accord.amends_id:
        old = Accord.objects.select_for_update().get(pk=accord.amends_id)
        old_state = _state_today(old)
        if old_state in AMEND.origins:
            old.state = AMEND.target
            old.save(update_fields=["state"])
            _step(actor, old, AMEND.name, old_state, AMEND.target, first_day, "")
    tell(
        [
            *host_accounts(today()),
            *accounts_with_role(Role.COMMANDER, today()),
            *accounts_with_role(Role.CHIEF, today()),
        ],
        Phrase(_("Agreed by both sides: %(title)s, in force from %(day)s"), title=accord.title, day=first_day),
        link=f"accord:{accord.pk}",
    )
    announce(actor, GroundShifted(first_day, "accord in force", accord.pk))


@use_case(Permission.STOP_ACCORD, turn=GROUND)
def stop_accord(*, actor: Actor, accord: Accord, step: str, reason: str, effective_on: date | None = None) -> Accord:
    """Suspend or withdraw the host's consent, at once or from a coming day. Future activities go on hold at once."""
    _require_host(actor)
    effective_on = effective_on or today()
    if step not in {"suspend", "withdraw"}:
        raise Invalid(_("Choose to suspend or to withdraw."), {"step": [_("Not in the list.")]})
    if effective_on < today():
        raise Invalid(
            _("Consent cannot be taken back for days that are past: history stays."),
            {"effective_on": [_("Choose today or a later day.")]},
        )
    if not reason.strip():
        raise Invalid(_("Say why, in a sentence; the mission will be told."), {"reason": [_("Write a reason.")]})
    accord = Accord.objects.select_for_update().get(pk=accord.pk)
    _move(actor, accord, step, effective_on, reason)
    people = [*host_accounts(today())]
    for role in (Role.COMMANDER, Role.CHIEF, Role.LEGAL):
        people += accounts_with_role(role, today())
    message = (
        _("The host government suspends its consent “%(title)s” from %(day)s")
        if step == "suspend"
        else _("The host government withdraws its consent “%(title)s” from %(day)s")
    )
    tell(people, Phrase(message, title=accord.title, day=effective_on), link=f"accord:{accord.pk}", urgent=True)
    announce(actor, GroundShifted(effective_on, f"accord {step}", accord.pk))
    return accord


@use_case(Permission.STOP_ACCORD, turn=GROUND)
def resume_accord(*, actor: Actor, accord: Accord, reason: str) -> Accord:
    """Lift a suspension from today on. Activities on hold are asked again.

    Any official of the host stops at once; giving consent again is for whoever may sign it.
    """
    _require_host(actor)
    signing_position(actor, Matter.ACCORD, today(), "host")
    accord = Accord.objects.select_for_update().get(pk=accord.pk)
    _move(actor, accord, RESUME.name, today(), reason)
    announce(actor, GroundShifted(today(), "accord resumed", accord.pk))
    return accord


def _move(actor: Actor, accord: Accord, step: str, effective_on: date, reason: str) -> None:
    """Write a step, from the state the accord has on the day the step takes effect."""
    move = ACCORD_WORKFLOW.step(step)
    state = accord_states_on(effective_on).get(accord.pk, accord.state)
    target = move.next_state(state, _("The accord is not in a state that allows this step."))
    accord.state = target
    accord.save(update_fields=["state"])
    _step(actor, accord, move.name, state, target, effective_on, reason)
    record(actor, accord, reason=reason, step=step, effective_on=effective_on)


def _require_host(actor: Actor) -> None:
    if not actor.is_host:
        raise Refused(_("Consent is the host government’s: only its officials suspend, resume or withdraw it."))


def _require_whole(
    title: Mapping[str, str],
    text: Mapping[str, str],
    institutions: Sequence[Organisation],
    activity_types: Sequence[str],
    places: Sequence[Place],
    start: date,
    end: date,
) -> None:
    faults: dict[str, list[object]] = {}
    languages = the_mission().languages
    if any(not title.get(code, "").strip() for code in languages):
        faults["title"] = [_("Write the title in both languages.")]
    if any(not text.get(code, "").strip() for code in languages):
        faults["text"] = [_("Write the text in both languages; both count.")]
    if not institutions:
        faults["institutions"] = [_("Choose at least one institution.")]
    if any(o.side != "host" for o in institutions):
        faults["institutions"] = [_("Choose institutions of the host nation.")]
    if not activity_types or any(t not in ActivityType.values for t in activity_types):
        faults["activity_types"] = [_("Choose at least one kind of activity from the list.")]
    if not places:
        faults["places"] = [_("Choose at least one place.")]
    if end <= start:
        faults["end"] = [_("The last day must lie after the first.")]
    if faults:
        raise Invalid(_("The accord is not complete."), faults)


def _state_today(accord: Accord) -> str:
    return accord_states_on(today()).get(accord.pk, accord.state)


def _step(actor: Actor, accord: Accord, name: str, origin: str, target: str, effective_on: date, reason: str) -> None:
    AccordStep.objects.create(
        accord=accord, name=name, origin=origin, target=target, effective_on=effective_on,
        actor_name=actor.name, reason=reason,
    )  # fmt: skip
