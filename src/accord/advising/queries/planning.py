"""From what a planner chose to a plan and to the question for the gate."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accord.advising.plans import Plan
from accord.advising.queries.engagements import counterparts_to_choose
from accord.kernel.actor import Actor
from accord.kernel.clock import today
from accord.kernel.errors import Invalid
from accord.kernel.text import localised, titled
from accord.mandate import gate
from accord.mandate.choices import Mode
from accord.mandate.facts import facts_on
from accord.mandate.rules import Question
from accord.objectives.models import FocusArea, Objective
from accord.people.models import Organisation, Position
from accord.people.queries import counterparts_of, organisations, positions
from accord.places.models import Place
from accord.places.queries import places

Option = dict[str, str]


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen in a plan, in the reader's language.

    ``paired`` are the posts paired with the planner's own; ``counterparts`` all others, by institution. ``usual_mode``
    is the way of meeting that today's posture allows.
    """

    institutions: tuple[Option, ...]
    places: tuple[Option, ...]
    paired: tuple[Option, ...]
    counterparts: tuple[tuple[str, tuple[Option, ...]], ...]
    leads: tuple[Option, ...]
    focus_areas: tuple[Option, ...]
    objectives: tuple[tuple[str, tuple[Option, ...]], ...]
    own_lead: str
    usual_mode: str

    def flat(self, name: str) -> list[tuple[str, str]]:
        if name == "counterparts":
            others = [o for _group, options in self.counterparts for o in options]
            return [(o["value"], o["label"]) for o in (*self.paired, *others)]
        return [(o["value"], o["label"]) for o in getattr(self, name)]


def choices_for(actor: Actor, language: str) -> Choices:
    """Everything a planner can choose today. Objectives are the open ones below an end."""
    on = today()
    own_posts = sorted(actor.position_ids)
    paired = {row.other.id for post in own_posts for row in counterparts_of(post, language, on)}
    mine: list[Option] = []
    counterparts: dict[str, list[Option]] = {}
    for post in counterparts_to_choose(language, on):
        name = f"{post.title} · {post.holder.name}" if post.holder else post.title
        if post.id in paired:
            mine.append(_option(post.id, f"{name} · {post.organisation}"))
        else:
            counterparts.setdefault(post.organisation, []).append(_option(post.id, name))
    leads = [
        (p.id, f"{p.title} · {p.holder.name}" if p.holder else p.title) for p in positions(language, on, side="mission")
    ]
    objectives: dict[str, list[Option]] = {}
    rows = Objective.objects.filter(state="open", period__contains=on).exclude(level="end").select_related("parent")
    for row in rows:
        group = localised(row.parent.title, language) if row.parent else ""
        objectives.setdefault(group, []).append(_option(row.pk, localised(row.title, language)))
    own = next((str(pk) for pk, _name in leads if pk in actor.position_ids), "")
    return Choices(
        tuple(_option(o.id, o.name) for o in organisations(language, on, side="host") if o.kind != "government"),
        tuple(_option(p.id, p.name) for p in sorted(places(language), key=lambda p: p.name) if p.kind != "country"),
        tuple(mine),
        tuple((group, tuple(options)) for group, options in counterparts.items()),
        tuple(_option(pk, name) for pk, name in leads),
        tuple(
            _option(f.pk, titled(localised(f.name, language))) for f in FocusArea.objects.filter(period__contains=on)
        ),
        tuple((group, tuple(options)) for group, options in objectives.items()),
        own,
        _usual_mode(on),
    )


def _usual_mode(on: date) -> str:
    facts = facts_on(on)
    modes = facts.posture_modes.get(facts.posture or "", frozenset())
    return Mode.REMOTE if modes == {Mode.REMOTE} else Mode.IN_PERSON


def plan_from(chosen: Mapping[str, Any], starts_at: datetime, ends_at: datetime) -> Plan:
    """The plan behind ids that were chosen; Invalid names the field whose record is gone."""
    institution = Organisation.objects.filter(pk=chosen["institution"], side="host").first()
    place = Place.objects.filter(pk=chosen["place"]).first()
    lead = Position.objects.filter(pk=chosen["lead"], organisation__side="mission").first()
    objective = Objective.objects.filter(pk=chosen["objective"], state="open").exclude(level="end").first()
    faults = {
        name: [_("Choose from the list.")]
        for name, found in (
            ("institution", institution), ("place", place), ("lead", lead), ("objective", objective),
        )
        if found is None
    }  # fmt: skip
    if institution is None or place is None or lead is None or faults:
        raise Invalid(_("The plan is not complete."), faults)
    posts = Position.objects.filter(pk__in=chosen["counterparts"], organisation__side="host")
    return Plan(
        type=chosen["type"], topic=chosen["topic"].strip(), institution=institution, place=place, mode=chosen["mode"],
        starts_at=starts_at, ends_at=ends_at, lead=lead, counterparts=list(posts.select_related("organisation")),
        focus_areas=list(FocusArea.objects.filter(pk__in=chosen["focus_areas"])), objective=objective,
        interpreter=bool(chosen.get("interpreter")),
    )  # fmt: skip


def asked(chosen: Mapping[str, Any], raw: Mapping[str, str]) -> Question | None:
    """The question as far as a plan is filled in: None until kind, institution, place and day are there."""
    day, institution, place = chosen.get("day"), chosen.get("institution"), chosen.get("place")
    if not isinstance(day, date) or not isinstance(institution, UUID) or not isinstance(place, UUID):
        return None
    posts = Position.objects.filter(pk__in=chosen.get("counterparts", [])).select_related("organisation")
    return gate.question(
        type=raw.get("type", ""), on=day, institution=Organisation.objects.filter(pk=institution).first(),
        place=Place.objects.filter(pk=place).first(), mode=chosen.get("mode", Mode.IN_PERSON),
        units=tuple(p.organisation for p in posts), topic=chosen.get("topic", ""),
    )  # fmt: skip


def _option(key: UUID, label: str) -> Option:
    return {"value": str(key), "label": label}
