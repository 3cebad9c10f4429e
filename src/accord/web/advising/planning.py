"""Planning: the verdict of the gate and the clashes of the calendar stand beside the form while it is filled in."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accord.advising.permissions import Permission
from accord.advising.queries import engagement_for, engagement_page, plan_clashes
from accord.advising.queries.planning import Choices, asked, choices_for, plan_from
from accord.advising.services import plan_engagement, replan_engagement
from accord.kernel.clock import zone
from accord.kernel.errors import Conflict, GateRefused, Invalid
from accord.mandate.choices import ActivityType, Mode
from accord.mandate.gate import ask
from accord.web import words
from accord.web.fields import DayField
from accord.web.pages import Visit, page, render
from accord.web.verdicts import shown


class PlanForm(forms.Form):
    """The shape of a plan; whether it may happen is the gate's to say."""

    topic = forms.CharField(label=gettext_lazy("Topic"), max_length=300)
    type = forms.ChoiceField(label=gettext_lazy("Kind of activity"), choices=ActivityType.choices)
    institution = forms.UUIDField(label=gettext_lazy("Institution"))
    counterparts = forms.MultipleChoiceField(label=gettext_lazy("Counterparts"))
    day = DayField(label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    start = forms.TimeField(label=gettext_lazy("From"), widget=forms.TimeInput(attrs={"type": "time"}))
    end = forms.TimeField(label=gettext_lazy("Until"), widget=forms.TimeInput(attrs={"type": "time"}))
    place = forms.UUIDField(label=gettext_lazy("Place"))
    mode = forms.ChoiceField(label=gettext_lazy("How you meet"), choices=Mode.choices)
    lead = forms.UUIDField(label=gettext_lazy("Led by"))
    focus_areas = forms.MultipleChoiceField(label=gettext_lazy("Focus areas it serves"))
    objective = forms.UUIDField(label=gettext_lazy("Objective it serves"))
    interpreter = forms.BooleanField(label=gettext_lazy("An interpreter is needed"), required=False)

    def __init__(self, *args: Any, options: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, forms.MultipleChoiceField):
                field.choices = options.flat(name)

    def moments(self) -> tuple[datetime, datetime] | None:
        """Start and end as instants, if day and times are there."""
        found = self.cleaned_data
        if not all(isinstance(found.get(name), kind) for name, kind in (("day", date), ("start", time), ("end", time))):
            return None
        return tuple(datetime.combine(found["day"], found[n], zone()) for n in ("start", "end"))  # type: ignore[return-value]


@page(Permission.PLAN_ENGAGEMENT)
def plan(request: Visit) -> HttpResponse:
    """A new plan."""
    first = {"type": ActivityType.ADVISE, "start": "10:00", "end": "11:00", "day": ""}
    first |= {name: request.GET[name] for name in ("institution", "day", "topic") if name in request.GET}
    return _plan(request, first, None)


@page(Permission.PLAN_ENGAGEMENT)
def change(request: Visit, key: UUID) -> HttpResponse:
    """The same form for a plan that stands or is on hold."""
    e = engagement_page(request.actor, key, request.language, request.day)
    starts, ends = (moment.astimezone(zone()) for moment in (e.row.starts_at, e.row.ends_at))
    record = engagement_for(request.actor, key)
    first = {
        "topic": e.row.topic, "type": record.type, "institution": e.row.institution_id, "mode": record.mode,
        "counterparts": [str(s.position_id) for s in e.seats if s.side == "host"],
        "day": starts.date().isoformat(), "start": f"{starts:%H:%M}", "end": f"{ends:%H:%M}", "place": e.place_id,
        "lead": e.lead_id, "focus_areas": [str(pk) for pk in e.focus_ids], "objective": e.objective_id,
        "interpreter": e.interpreter,
    }  # fmt: skip
    return _plan(request, first, key)


@page(Permission.PLAN_ENGAGEMENT)
def verdict(request: Visit) -> HttpResponse:
    """The verdict and the clashes alone, for the form that asks while it is filled in."""
    options = choices_for(request.actor, request.language)
    form = PlanForm(request.POST, options=options)
    form.is_valid()
    return render(request, "advising/verdict.html", _judged(request, form, _key_in(request.POST.get("besides", ""))))


def _plan(request: Visit, first: dict[str, Any], key: UUID | None) -> HttpResponse:
    options = choices_for(request.actor, request.language)
    first.setdefault("lead", options.own_lead)
    first.setdefault("mode", options.usual_mode)
    form = PlanForm(request.POST or None, options=options, initial=first)
    problems: list[dict[str, str]] = []
    context: dict[str, Any] = {}
    if request.method == "POST":
        if form.is_valid() and "ask" not in request.POST:
            done = _carry_out(request, form, key, problems)
            if done:
                return done
        context = _judged(request, form, key)
    context |= {"form": form, "options": options, "problems": problems, "key": key, "values": _values(form)}
    status = 422 if request.method == "POST" and "ask" not in request.POST else 200
    return render(request, "advising/plan.html", context, status=status)


def _carry_out(request: Visit, form: PlanForm, key: UUID | None, problems: list[dict[str, str]]) -> HttpResponse | None:
    moments = form.moments()
    if moments is None:
        return None
    try:
        planned = plan_from(form.cleaned_data, *moments)
        if key:
            engagement = replan_engagement(
                actor=request.actor, engagement=engagement_for(request.actor, key), plan=planned
            )
        else:
            engagement = plan_engagement(actor=request.actor, plan=planned)
    except Invalid as error:
        for name, found in error.fields.items():
            form.add_error({"ends_at": "end"}.get(name, name), [str(m) for m in found])
    except Conflict as error:
        problems.append({"field": "id_start", "message": str(error)})
    except GateRefused as error:
        problems.append({"field": "verdict", "message": str(error)})
    else:
        messages.success(request, _("Planned, and in the calendar. Your counterparts are told."))
        return HttpResponseRedirect(reverse("engagement", kwargs={"key": engagement.pk}))
    return None


def _judged(request: Visit, form: PlanForm, besides: UUID | None) -> dict[str, Any]:
    """The verdict as far as the form is filled in, and what else happens at that time."""
    found = form.cleaned_data if hasattr(form, "cleaned_data") else {}
    question = asked(found, request.POST)
    moments = form.moments() if hasattr(form, "cleaned_data") else None
    overlaps = []
    if moments:
        people = [found["lead"]] if found.get("lead") else []
        people += [UUID(pk) for pk in found.get("counterparts", [])]
        offices = [found["institution"]] if found.get("institution") else []
        overlaps = plan_clashes(*moments, people, offices, request.language, besides=besides)
    return {
        "verdict": shown(ask(question)) if question else None,
        "clashes": [
            {
                "title": c.title,
                "owner": c.owner,
                "from": words.clock_time(c.starts_at),
                "until": words.clock_time(c.ends_at),
                "blocks": c.blocks,
            }
            for c in overlaps
        ],
    }


def _key_in(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _values(form: PlanForm) -> dict[str, Any]:
    """What stands in each field, as strings, so that selects can mark the chosen one."""
    values: dict[str, Any] = {}
    for field in form:
        value = field.value()
        values[field.name] = [str(v) for v in value] if isinstance(value, (list, tuple)) else value
        if isinstance(value, UUID):
            values[field.name] = str(value)
    return values
