"""Writing a report and judging it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accord.advising.choices import Atmosphere
from accord.advising.permissions import Permission
from accord.advising.queries import engagement_for, engagement_page, report_for
from accord.advising.queries.reports import position_records, report_record
from accord.advising.services import Promise, judge_report, review_wording, save_report, submit_report
from accord.kernel.clock import day_written
from accord.kernel.errors import Invalid
from accord.web import words
from accord.web.pages import Visit, page, render

ROWS = 4


class ReportForm(forms.Form):
    """The shape of a report; a draft may be half empty."""

    discussed = forms.CharField(label=gettext_lazy("What was discussed"), required=False, max_length=20_000)
    outcome = forms.CharField(label=gettext_lazy("What came out of it"), required=False, max_length=20_000)
    atmosphere = forms.ChoiceField(
        label=gettext_lazy("How it went"), choices=[("", ""), *Atmosphere.choices], required=False
    )


@page(Permission.REPORT_ENGAGEMENT)
def write(request: Visit, key: UUID) -> HttpResponse:
    """Keep as a draft, or submit. A draft is kept even if it is not complete enough to submit."""
    found = engagement_page(request.actor, key, request.language, request.day)
    report = report_for(request.actor, key, request.language, request.day)
    kept = list(report.commitments) if report else []
    first = (
        {"discussed": report.discussed, "outcome": report.outcome, "atmosphere": report.atmosphere} if report else {}
    )
    form = ReportForm(request.POST or None, initial=first)
    typed = _typed(request) if request.method == "POST" else [_kept(c) for c in kept if c.state == "open"]
    if request.method == "POST" and form.is_valid():
        try:
            return _save(request, key, form, typed)
        except Invalid as error:
            form.add_error(None, str(error))
            for name, faults in error.fields.items():
                form.add_error(name if name in form.fields else None, [str(m) for m in faults])
    typed += [{"text": "", "owner": "", "due": ""} for _row in range(max(1, ROWS - len(typed)))]
    context = {
        "e": found,
        "form": form,
        "promises": typed,
        "owners": [
            {
                "group": label,
                "options": [{"value": str(s.position_id), "label": _seat(s)} for s in found.seats if s.side == side],
            }
            for side, label in (("host", _("Host nation")), ("mission", _("Mission")))
        ],
        "returned": next((s.remark for s in reversed(report.steps) if s.remark), "") if report else "",
        "report_state": report.state if report else "draft",
    }
    return render(request, "advising/report.html", context, status=422 if form.errors else 200)


def _save(request: Visit, key: UUID, form: ReportForm, typed: list[dict[str, str]]) -> HttpResponse:
    engagement = engagement_for(request.actor, key)
    report = save_report(
        actor=request.actor, engagement=engagement, discussed=form.cleaned_data["discussed"],
        outcome=form.cleaned_data["outcome"], atmosphere=form.cleaned_data["atmosphere"], promises=_promises(typed),
    )  # fmt: skip
    if "submit" in request.POST:
        report = submit_report(actor=request.actor, report=report)
        if report.state == "legal_review":
            messages.info(
                request,
                _("Submitted. Some wording sounds like going along on operations: the legal advisor reads it first."),
            )
        else:
            messages.success(request, _("Submitted. You will be told when it is approved or returned."))
    else:
        messages.success(request, _("Your draft is kept."))
    return HttpResponseRedirect(reverse("engagement", kwargs={"key": key}))


def _typed(request: Visit) -> list[dict[str, str]]:
    """The rows of commitments as they were typed; empty ones dropped."""
    columns = [request.POST.getlist(name) for name in ("promise", "owner", "due")]
    rows = [{"text": t.strip(), "owner": o, "due": d} for t, o, d in zip(*columns, strict=False)]
    return [row for row in rows if row["text"] or row["due"]]


def _kept(c: Any) -> dict[str, str]:
    return {"text": c.text, "owner": str(c.owner_id), "due": words.isoday(c.due_on)}


def _promises(typed: list[dict[str, str]]) -> list[Promise]:
    """Promises from typed rows, or Invalid that names the row."""
    owners = position_records([row["owner"] for row in typed])
    promises = []
    for number, row in enumerate(typed, 1):
        owner = owners.get(row["owner"])
        try:
            due = day_written(row["due"])
        except ValueError:
            due = None
        if not row["text"] or owner is None or due is None:
            raise Invalid(
                _("Commitment %(number)s needs its words, an owner and a day. Your other texts are still here.")
                % {"number": words.number(number)}
            )
        promises.append(Promise(owner.organisation.side, owner, row["text"], due))
    return promises


@page(Permission.READ_REPORTS)
def judge(request: Visit, key: UUID) -> HttpResponse:
    """Approve, return, clear the wording: one form, the step says which."""
    target = HttpResponseRedirect(reverse("engagement", kwargs={"key": key}))
    if request.method != "POST":
        return target
    step, remark = request.POST.get("step", ""), request.POST.get("remark", "").strip()
    use_case = review_wording if step in {"clear", "reject"} else judge_report
    if step not in {"clear", "reject", "approve", "return"}:
        messages.error(request, _("Choose what to do with the report."))
        return target
    try:
        use_case(actor=request.actor, report=report_record(request.actor, key), step=step, remark=remark)
    except Invalid as error:
        messages.error(request, " ".join([str(error), *(str(m) for found in error.fields.values() for m in found)]))
        return target
    done = {
        "approve": _("Approved. The author is told."),
        "return": _("Returned with your remark. The author is told."),
        "clear": _("Cleared. The report goes to the chief."),
        "reject": _("Returned for rewording. The author is told."),
    }
    messages.success(request, done[step])
    return target


def _seat(seat: Any) -> str:
    return f"{seat.title} · {seat.name}" if seat.name else str(seat.title)
