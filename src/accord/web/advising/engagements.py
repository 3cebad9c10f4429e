"""Engagements to read, to record as held, to cancel; commitments to settle."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.advising.choices import CancelReason, EngagementState
from accord.advising.permissions import Permission
from accord.advising.queries import commitments, engagement_for, engagement_page, engagements, report_for
from accord.advising.queries.commitments import commitment_record
from accord.advising.queries.engagements import PAGE
from accord.advising.services import cancel_engagement, conduct_engagement, settle_commitment
from accord.kernel.clock import now, today
from accord.kernel.errors import GateRefused, Invalid
from accord.web import words
from accord.web.home.views import commitment_shown
from accord.web.pages import Visit, back, page, render
from accord.web.verdicts import reasons, shown


@page(Permission.READ_ENGAGEMENTS)
def listing(request: Visit) -> HttpResponse:
    state = request.GET.get("state", "")
    state = state if state in EngagementState.values else ""
    mine, text = request.GET.get("mine") == "1", request.GET.get("words", "").strip()
    number = max(int(request.GET.get("page", "1") or "1") if request.GET.get("page", "1").isdigit() else 1, 1)
    institution = _key(request.GET.get("institution", ""))
    rows, total = engagements(
        request.actor,
        request.language,
        request.day,
        state=state,
        mine=mine,
        words=text,
        institution_id=institution,
        page=number,
    )
    pages = Paginator(range(total), PAGE).num_pages
    query = request.GET.copy()
    query.pop("page", None)
    return render(
        request,
        "advising/list.html",
        {
            "rows": rows,
            "total": total,
            "state": state,
            "mine": mine,
            "words": text,
            "states": [s for s in EngagementState.choices if s[0] != EngagementState.DRAFT],
            "page_number": number,
            "pages": pages,
            "page_base": f"?{query.urlencode()}&page=" if query else "?page=",
        },
    )


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@page(Permission.READ_ENGAGEMENTS)
def detail(request: Visit, key: UUID) -> HttpResponse:
    actor, lang, day = request.actor, request.language, request.day
    found = engagement_page(actor, key, lang, day)
    report = report_for(actor, key, lang, day)
    row = found.row
    promised = report.commitments if report else ()
    if actor.is_host:
        promised = tuple(c for c in commitments(actor, lang, day, only_open=False) if c.engagement_id == key)
    may_act = request.is_today and (found.mine or actor.may(Permission.JUDGE_REPORT))
    may_plan = actor.may(Permission.PLAN_ENGAGEMENT) and may_act
    may_report = actor.may(Permission.REPORT_ENGAGEMENT) and may_act
    return render(
        request,
        "advising/detail.html",
        {
            "e": found,
            "row": row,
            "report": report,
            "hold": reasons(row.hold),
            "promised": [{**commitment_shown(c), "id": c.id, "open": c.state == "open"} for c in promised],
            "can_hold": may_report and row.state == "planned" and row.starts_at <= now(),
            "can_change": may_plan and row.state in {"planned", "on_hold"},
            "can_cancel": may_plan and row.state in {"planned", "on_hold"},
            "can_write": may_report and row.state == "conducted"
            and (report is None or (report.is_author and report.state in {"draft", "returned"})),
            "can_judge": request.is_today and report is not None and not report.is_author
            and report.state == "submitted" and actor.may(Permission.JUDGE_REPORT),
            "can_clear": request.is_today and report is not None and not report.is_author
            and report.state == "legal_review" and actor.may(Permission.CLEAR_WORDING),
            "reasons": CancelReason.choices,
        },
    )  # fmt: skip


@page(Permission.REPORT_ENGAGEMENT)
def held(request: Visit, key: UUID) -> HttpResponse:
    """Record as held, then go on to the report."""
    engagement = engagement_for(request.actor, key)
    if request.method == "POST":
        try:
            conduct_engagement(actor=request.actor, engagement=engagement)
        except GateRefused as error:
            return render(request, "advising/refused.html", {"verdict": shown(error.verdict), "key": key}, status=422)
        except Invalid as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(reverse("engagement", kwargs={"key": key}))
        return HttpResponseRedirect(reverse("write-report", kwargs={"key": key}))
    return HttpResponseRedirect(reverse("engagement", kwargs={"key": key}))


@page(Permission.PLAN_ENGAGEMENT)
def cancel(request: Visit, key: UUID) -> HttpResponse:
    engagement = engagement_for(request.actor, key)
    errors: dict[str, list[str]] = {}
    if request.method == "POST":
        try:
            cancel_engagement(
                actor=request.actor,
                engagement=engagement,
                reason=request.POST.get("reason", ""),
                remark=request.POST.get("remark", "").strip(),
            )
        except Invalid as error:
            errors = {name: [str(m) for m in found] for name, found in error.fields.items()}
        else:
            messages.success(request, _("Cancelled. Everybody’s time is free again, and the counterparts are told."))
            return HttpResponseRedirect(reverse("engagement", kwargs={"key": key}))
    context = {
        "topic": engagement.topic,
        "key": key,
        "errors": errors,
        "reasons": CancelReason.choices,
        "reason": request.POST.get("reason", ""),
        "remark": request.POST.get("remark", ""),
    }
    return render(request, "advising/cancel.html", context, status=422 if errors else 200)


@page(Permission.READ_COMMITMENTS)
def promises(request: Visit) -> HttpResponse:
    """What both sides promised, overdue first."""
    everything = request.GET.get("all") == "1"
    rows = commitments(request.actor, request.language, request.day, only_open=not everything)
    mine = "host" if request.actor.is_host else "mission"
    may = request.is_today and request.actor.may(Permission.SETTLE_COMMITMENT)
    sides = [
        (
            side,
            label,
            [
                {**commitment_shown(c), "id": c.id, "open": may and side == mine and c.state == "open"}
                for c in rows
                if c.side == side
            ],
        )
        for side, label in (("host", _("Promised by the host nation")), ("mission", _("Promised by the mission")))
    ]
    return render(request, "advising/commitments.html", {"sides": sides, "everything": everything})


@page(Permission.SETTLE_COMMITMENT)
def settle(request: Visit, key: UUID) -> HttpResponse:
    commitment = commitment_record(request.actor, key)
    if request.method == "POST":
        try:
            settle_commitment(
                actor=request.actor,
                commitment=commitment,
                state=request.POST.get("state", ""),
                remark=request.POST.get("remark", "").strip(),
            )
        except Invalid as error:
            messages.error(request, " ".join([str(error), *(str(m) for found in error.fields.values() for m in found)]))
        else:
            messages.success(request, _("Noted on %(day)s.") % {"day": words.day(today())})
    return back(request, "commitments")
