"""Anybody signed in may ask the gate. The address holds the question, so that it can be shared."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy

from accord.mandate import gate
from accord.mandate.choices import ActivityType, Mode
from accord.mandate.permissions import Permission
from accord.mandate.queries.options import host_institutions, places_of_work
from accord.mandate.rules import Verdict
from accord.web.fields import day_field
from accord.web.pages import Visit, page, render
from accord.web.sheets import page_of
from accord.web.verdicts import shown

RECORDS = {
    "institution": "mandate",
    "place": "areas",
    "consent": "accords",
    "control": "control-status",
    "operations": "operations",
    "keys": "requests",
    "posture": "posture",
}


class QuestionForm(forms.Form):
    """Kind, institution and place are free words: what they mean, and whether they exist, is the gate's to say."""

    institution = forms.CharField(label=gettext_lazy("Institution"), max_length=200)
    type = forms.CharField(label=gettext_lazy("Kind of activity"), max_length=100)
    place = forms.CharField(
        label=gettext_lazy("Place"), max_length=200, help_text=gettext_lazy("Where the host’s people are.")
    )
    on = day_field(gettext_lazy("Day"))
    mode = forms.ChoiceField(label=gettext_lazy("How"), choices=Mode.choices)


@page(Permission.ASK_GATE)
def ask(request: Visit) -> HttpResponse:
    asked = any(name in request.GET for name in ("institution", "type", "place"))
    typed = {"on": request.day.isoformat(), "mode": Mode.IN_PERSON.value, **request.GET.dict()}
    form = QuestionForm(typed) if asked else QuestionForm(initial=typed)
    live = request.headers.get("HX-Target") == "verdict"
    context: dict[str, Any] = {"form": form, "verdict": None, "asked": asked}
    if asked and form.is_valid():
        data = form.cleaned_data
        verdict = gate.ask(gate.question_in_words(**data))
        context |= {"verdict": _with_records(verdict), "accord": _accord(verdict)}
    if live:
        return render(request, "mandate/gate_verdict.html", context)
    kinds: list[tuple[str, Any]] = list(ActivityType.choices)
    if typed.get("type") and typed["type"] not in ActivityType.values:
        kinds.append((typed["type"], typed["type"]))
    context |= {
        "kinds": kinds,
        "institutions": [name for _key, name in host_institutions(request.language, request.day)],
        "places": [name for _key, name in places_of_work(request.language)],
    }
    status = 422 if asked and not form.is_valid() else 200
    return render(request, "mandate/gate.html", context, status=status)


def _with_records(verdict: Verdict) -> dict[str, Any]:
    """The verdict with a way to the register in which each missing record would stand."""
    panel = shown(verdict)
    for refusal, words in zip(verdict.refusals, panel["refusals"], strict=True):
        name = RECORDS.get(refusal.rule)
        words["record_url"] = reverse(name) if name else ""
    return panel


def _accord(verdict: Verdict) -> dict[str, Any] | None:
    if not verdict.accord_id:
        return None
    return {"title": verdict.accord_title, "url": page_of("accord", verdict.accord_id)}
