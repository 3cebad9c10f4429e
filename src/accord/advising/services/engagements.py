"""Planning, holding, conducting, cancelling engagements. Plan and conduct pass the gate; nothing passes around it."""

from datetime import date, timedelta
from functools import cache

from django.utils.translation import gettext_lazy as _

from accord.access.choices import Role
from accord.access.queries import accounts_with_role
from accord.advising.choices import CancelReason, EngagementState
from accord.advising.models import Engagement, EngagementFocus, EngagementStep, Participant
from accord.advising.permissions import Permission
from accord.advising.plans import Plan, concerned
from accord.advising.rules import is_party_to
from accord.advising.workflow import CANCEL, CONDUCT, HOLD, PLAN, RELEASE
from accord.audit.services import record
from accord.audit.usecase import use_case
from accord.coordination.choices import ResourceKind
from accord.coordination.services import Diary, book, release
from accord.kernel.actor import Actor
from accord.kernel.clock import day_of, now, today
from accord.kernel.errors import Invalid, Refused
from accord.kernel.workflow import Step
from accord.mandate import gate
from accord.mandate.choices import ActivityType, Mode
from accord.mandate.events import GROUND
from accord.mandate.facts import facts_on, the_mission
from accord.mandate.rules import Question, Verdict
from accord.notices.phrases import Phrase
from accord.notices.services import tell
from accord.people.queries import accounts_of_positions, host_accounts


@use_case(Permission.PLAN_ENGAGEMENT, turn=GROUND)
def plan_engagement(*, actor: Actor, plan: Plan) -> Engagement:
    """Plan an engagement: the gate says yes, the diaries are free, and it stands in the calendar."""
    _require_whole(plan)
    verdict = gate.demand(plan.question())
    engagement = Engagement(created_by=actor.account_id, state=EngagementState.DRAFT)
    _write(engagement, plan, verdict)
    _step(actor, engagement, PLAN, EngagementState.DRAFT, verdict=verdict)
    record(actor, engagement, institution=plan.institution.code, place=plan.place.code, starts_at=plan.starts_at)
    tell(
        [*accounts_of_positions([p.pk for p in plan.counterparts], today())],
        Phrase(_("Planned with you on %(day)s: %(topic)s"), day=day_of(plan.starts_at), topic=plan.topic),
        link=f"engagement:{engagement.pk}",
    )
    return engagement


@use_case(Permission.PLAN_ENGAGEMENT, turn=GROUND)
def replan_engagement(*, actor: Actor, engagement: Engagement, plan: Plan) -> Engagement:
    """Change a plan. The gate is asked anew; a plan on hold may come free that way."""
    _require_whole(plan)
    engagement = _locked(engagement)
    require_party(actor, engagement)
    origin = engagement.state
    PLAN.next_state(origin, _("Only a planned engagement or one on hold can be changed."))
    verdict = gate.demand(plan.question())
    release(engagement.pk)
    engagement.focus.all().delete()
    engagement.participants.all().delete()
    _write(engagement, plan, verdict)
    _step(actor, engagement, PLAN, origin, verdict=verdict)
    record(actor, engagement, institution=plan.institution.code, place=plan.place.code, starts_at=plan.starts_at)
    return engagement


@use_case(Permission.REPORT_ENGAGEMENT, turn=GROUND)
def conduct_engagement(*, actor: Actor, engagement: Engagement) -> Engagement:
    """Record that it was held. The gate is asked again for its day, so that consent lost meanwhile is noticed."""
    engagement = _locked(engagement)
    require_party(actor, engagement)
    origin = engagement.state
    target = CONDUCT.next_state(
        origin, _("Only a planned engagement can be recorded as held. One on hold waits for what is missing.")
    )
    if engagement.starts_at > now():
        raise Invalid(_("It has not taken place yet. Record it once it has."))
    verdict = gate.demand(question_of(engagement))
    engagement.state, engagement.accord_id = target, verdict.accord_id
    engagement.save()
    _step(actor, engagement, CONDUCT, origin, verdict=verdict)
    record(actor, engagement, accord=str(verdict.accord_id))
    return engagement


@use_case(Permission.PLAN_ENGAGEMENT)
def cancel_engagement(*, actor: Actor, engagement: Engagement, reason: str, remark: str = "") -> Engagement:
    """Cancel with a reason from the list; the diaries are free again and the counterparts are told."""
    if reason not in CancelReason.values:
        raise Invalid(_("Choose why it is cancelled."), {"reason": [_("Choose a reason from the list.")]})
    engagement = _locked(engagement)
    require_party(actor, engagement)
    origin = engagement.state
    engagement.state = CANCEL.next_state(origin, _("This engagement can no longer be cancelled."))
    engagement.cancel_reason, engagement.hold = reason, []
    engagement.save()
    release(engagement.pk)
    _step(actor, engagement, CANCEL, origin, remark=remark)
    record(actor, engagement, reason=remark, cancelled_because=reason)
    people = [p.position_id for p in engagement.participants.all()]
    tell(
        accounts_of_positions(people, today()),
        Phrase(_("Cancelled: %(topic)s on %(day)s"), topic=engagement.topic, day=day_of(engagement.starts_at)),
        link=f"engagement:{engagement.pk}",
    )
    return engagement


@use_case(Permission.REVIEW_HOLDS, turn=GROUND)
def review_holds(*, actor: Actor, since: date) -> int:
    """Ask the gate again for everything planned or on hold from a day on; hold what it refuses, free what it allows.

    Returns how many engagements changed. The people concerned are told.
    """
    waiting = Engagement.objects.select_for_update(of=("self",)).filter(
        state__in=[EngagementState.PLANNED, EngagementState.ON_HOLD], starts_at__date__gte=since
    )
    changed = 0
    facts = cache(facts_on)
    for engagement in waiting.select_related("institution", "place"):
        question = question_of(engagement)
        verdict = gate.ask(question, facts(question.on))
        if not verdict.allowed:
            changed += _hold(actor, engagement, verdict)
        elif engagement.state == EngagementState.ON_HOLD:
            changed += _free(actor, engagement, verdict)
        elif engagement.accord_id != verdict.accord_id:  # an amendment took over
            engagement.accord_id = verdict.accord_id
            engagement.save(update_fields=["accord"])
    record(actor, the_mission(), action="review_holds", since=since, changed=changed)
    return changed


def question_of(engagement: Engagement) -> Question:
    """The question the gate is asked about an engagement as it stands."""
    others = engagement.participants.exclude(side="mission").select_related("position__organisation")
    return gate.question(
        type=engagement.type, on=day_of(engagement.starts_at), institution=engagement.institution,
        place=engagement.place, mode=engagement.mode, units=tuple(p.position.organisation for p in others),
        topic=engagement.topic,
    )  # fmt: skip


def require_party(actor: Actor, engagement: Engagement) -> None:
    """Refused unless the actor planned it, sits at its table, or is a chief who answers for all of them."""
    seats = [p.position_id for p in engagement.participants.all()]
    if actor.may(Permission.JUDGE_REPORT) or is_party_to(
        creator=engagement.created_by, seats=seats, account=actor.account_id, positions=actor.position_ids
    ):
        return
    raise Refused(_("This engagement belongs to others. Ask its lead or the chief of advisors."))


def _hold(actor: Actor, engagement: Engagement, verdict: Verdict) -> int:
    reasons = gate.plain(verdict)["refusals"]
    if engagement.state == EngagementState.ON_HOLD:
        if engagement.hold != reasons:
            engagement.hold = reasons
            engagement.save(update_fields=["hold"])
        return 0
    engagement.state, engagement.hold = HOLD.target, reasons
    engagement.save(update_fields=["state", "hold"])
    _step(actor, engagement, HOLD, EngagementState.PLANNED, verdict=verdict)
    message = _("On hold: %(topic)s on %(day)s. The page says why and who can help.")
    _tell_concerned(engagement, Phrase(message, topic=engagement.topic, day=day_of(engagement.starts_at)))
    return 1


def _free(actor: Actor, engagement: Engagement, verdict: Verdict) -> int:
    engagement.state, engagement.hold, engagement.accord_id = RELEASE.target, [], verdict.accord_id
    engagement.save(update_fields=["state", "hold", "accord"])
    _step(actor, engagement, RELEASE, EngagementState.ON_HOLD, verdict=verdict)
    message = _("No longer on hold: %(topic)s on %(day)s")
    _tell_concerned(engagement, Phrase(message, topic=engagement.topic, day=day_of(engagement.starts_at)))
    return 1


def _tell_concerned(engagement: Engagement, message: Phrase) -> None:
    people = accounts_of_positions([p.position_id for p in engagement.participants.all()], today())
    chiefs = accounts_with_role(Role.CHIEF, today())
    tell([*people, *chiefs, *host_accounts(today())], message, link=f"engagement:{engagement.pk}", urgent=True)


def _require_whole(plan: Plan) -> None:
    faults: dict[str, list[object]] = {}
    if not plan.topic.strip():
        faults["topic"] = [_("Say in a few words what it is about.")]
    if plan.type not in ActivityType.values:
        faults["type"] = [_("Choose a kind of activity from the list.")]
    if plan.mode not in Mode.values:
        faults["mode"] = [_("Choose in person or remote.")]
    if plan.ends_at <= plan.starts_at:
        faults["ends_at"] = [_("The end lies after the start.")]
    elif day_of(plan.ends_at - timedelta(microseconds=1)) != day_of(plan.starts_at):
        # The gate answers for one day; a longer meeting would reach into days nobody asked about.
        faults["ends_at"] = [_("It ends on the day it starts. Plan one for each day.")]
    faults |= _who_is_wrong(plan)
    if not plan.focus_areas:
        faults["focus_areas"] = [_("Choose at least one focus area it serves.")]
    if plan.objective is None or plan.objective.state != "open" or plan.objective.level == "end":
        faults["objective"] = [_("Choose the open objective it serves.")]
    if faults:
        raise Invalid(_("The plan is not complete."), faults)


def _who_is_wrong(plan: Plan) -> dict[str, list[object]]:
    faults: dict[str, list[object]] = {}
    if not plan.counterparts:
        faults["counterparts"] = [_("Choose at least one counterpart.")]
    elif any(p.organisation.side != plan.institution.side for p in plan.counterparts):
        faults["counterparts"] = [_("Counterparts hold posts of the side you meet.")]
    if any(p.organisation.side != "mission" for p in (plan.lead, *plan.colleagues)):
        faults["lead"] = [_("Those who lead and join hold posts of the mission.")]
    return faults


def _write(engagement: Engagement, plan: Plan, verdict: Verdict) -> None:
    for name in (
        "type", "topic", "institution", "place", "mode", "starts_at", "ends_at", "lead", "objective", "interpreter",
    ):  # fmt: skip
        setattr(engagement, name, getattr(plan, name))
    engagement.state, engagement.hold, engagement.accord_id = EngagementState.PLANNED, [], verdict.accord_id
    engagement.concerns = concerned(plan)
    engagement.save()
    EngagementFocus.objects.bulk_create(
        [EngagementFocus(engagement=engagement, focus_area=f) for f in plan.focus_areas]
    )
    own = {p.pk: p for p in (plan.lead, *plan.colleagues)}
    others = {p.pk: p for p in plan.counterparts}
    rows = [Participant(engagement=engagement, position=p, side="mission") for p in own.values()]
    rows += [Participant(engagement=engagement, position=p, side=plan.institution.side) for p in others.values()]
    Participant.objects.bulk_create(rows)
    diaries = [Diary(ResourceKind.POSITION, pk, p.organisation_id) for pk, p in (own | others).items()]
    diaries += [Diary(ResourceKind.ORGANISATION, pk, pk, is_firm=False) for pk in engagement.concerns]
    book(
        owner=the_mission().organisation, title={"en": plan.topic}, starts_at=plan.starts_at, ends_at=plan.ends_at,
        diaries=diaries, subject_id=engagement.pk, link=f"engagement:{engagement.pk}",
    )  # fmt: skip


def _locked(engagement: Engagement) -> Engagement:
    return (
        Engagement.objects.select_for_update(of=("self",)).select_related("institution", "place").get(pk=engagement.pk)
    )


def _step(
    actor: Actor, engagement: Engagement, step: Step, origin: str, *, remark: str = "", verdict: Verdict | None = None
) -> None:
    EngagementStep.objects.create(
        engagement=engagement, name=step.name, origin=origin, target=engagement.state, account_id=actor.account_id,
        actor_name=actor.name, remark=remark, verdict=gate.plain(verdict) if verdict else {},
    )  # fmt: skip
