"""What waits for this reader, in his role: one list, most pressing first."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accord.access.queries import accounts_to_verify, emergencies_to_answer, grants_to_confirm, grants_to_second
from accord.advising.permissions import Permission as Advising
from accord.advising.queries import commitments, reports_awaiting, to_report
from accord.kernel.actor import Actor
from accord.kernel.clock import now
from accord.mandate.permissions import Permission as Mandate
from accord.mandate.queries.awaiting import accords_awaiting, keys_expiring, requests_awaiting
from accord.publishing.permissions import Permission as Publishing
from accord.publishing.queries import public_sheet
from accord.vetting.queries import cases_waiting
from accord.web import words

Need = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reader:
    actor: Actor
    language: str
    day: date


def needs(reader: Reader) -> list[Need]:
    sources: tuple[Callable[[Reader], list[Need]], ...] = (
        _emergencies, _reports_to_write, _reports_to_judge, _requests, _accords, _accounts, _claims, _grants,
        _confirmations, _vetting, _commitments, _keys,
    )  # fmt: skip
    return [need for source in sources for need in source(reader)]


def _reports_to_write(reader: Reader) -> list[Need]:
    if not reader.actor.may(Advising.REPORT_ENGAGEMENT):
        return []
    return [
        {
            "title": e.topic,
            "url": reverse("engagement", kwargs={"key": e.id}),
            "why": _("Returned to you with a remark.")
            if e.report_state == "returned"
            else _("The day has passed: was it held? Its report is due."),
            "when": words.day(e.starts_at),
            "tone": "warn",
            "icon": "edit",
        }
        for e in to_report(reader.actor, reader.language)
    ]


def _reports_to_judge(reader: Reader) -> list[Need]:
    return [
        {
            "title": r.topic,
            "url": reverse("engagement", kwargs={"key": r.engagement_id}),
            "why": _("A report by %(author)s waits for your reading.") % {"author": r.author},
            "when": words.day(r.held_at),
            "tone": "info",
            "icon": "edit",
        }
        for r in reports_awaiting(reader.actor, reader.language, reader.day)
    ]


def _requests(reader: Reader) -> list[Need]:
    if not reader.actor.may(Mandate.DECIDE_REQUEST):
        return []
    return [
        {
            "title": r.title,
            "url": reverse("request", kwargs={"key": r.id}),
            "why": _("The host government asks; your answer is due."),
            "when": words.day(r.submitted_on),
            "tone": "warn",
            "icon": "request",
        }
        for r in requests_awaiting(reader.language)
    ]


def _accords(reader: Reader) -> list[Need]:
    return [
        {
            "title": a.title,
            "url": reverse("accord", kwargs={"key": a.id}),
            "why": _("Waits for the agreement of your side."),
            "when": words.period(a.period),
            "tone": "warn",
            "icon": "accord",
        }
        for a in accords_awaiting(reader.actor, reader.language)
    ]


def _accounts(reader: Reader) -> list[Need]:
    return [
        {
            "title": row.name,
            "url": reverse("verify-account", kwargs={"key": row.id}),
            "why": _("Invited and not verified yet: ask the person, then confirm whose account it is."),
            "when": "",
            "tone": "warn",
            "icon": "person",
        }
        for row in accounts_to_verify(reader.actor, reader.day)
    ]


def _claims(reader: Reader) -> list[Need]:
    if not reader.actor.may(Publishing.PREPARE_EDITION):
        return []
    published = public_sheet(reader.day)
    if published is not None and not published.is_under_review:
        return []
    return [
        {
            "title": _("The fact sheet"),
            "url": reverse("publishing"),
            "why": _("Records behind published statements have changed. Clear a new edition."),
            "when": "",
            "tone": "warn",
            "icon": "source",
        }
    ]


def _commitments(reader: Reader) -> list[Need]:
    if not reader.actor.may(Advising.READ_COMMITMENTS) or not reader.actor.position_ids:
        return []
    return [
        {
            "title": c.text,
            "url": reverse("engagement", kwargs={"key": c.engagement_id}),
            "why": _("You promised this; it is overdue.") if c.is_overdue else _("You promised this."),
            "when": words.day(c.due_on),
            "tone": "warn" if c.is_overdue else "calm",
            "icon": "check",
        }
        for c in commitments(reader.actor, reader.language, reader.day, mine=True)
    ]


def _keys(reader: Reader) -> list[Need]:
    if not (reader.actor.may(Mandate.ASSESS_CONDITIONS) or reader.actor.may(Mandate.SIGN_CONTROL_STATUS)):
        return []
    return [
        {
            "title": k.title,
            "url": reverse("control-status" if k.kind == "control" else "conditions"),
            "why": _("Expires soon; what rests on it goes on hold."),
            "when": words.day(k.last_day),
            "tone": "calm",
            "icon": "lock",
        }
        for k in keys_expiring(reader.actor, reader.language, reader.day)
    ]


def _emergencies(reader: Reader) -> list[Need]:
    return [
        {
            "title": f"{e.compartment}: {e.name}",
            "url": reverse("emergency", kwargs={"key": e.id}),
            "why": _("Asks for emergency access. A second person must answer."),
            "when": words.moment(e.asked_at),
            "tone": "bad",
            "icon": "warn",
        }
        for e in emergencies_to_answer(reader.actor, reader.language, now())
    ]


def _grants(reader: Reader) -> list[Need]:
    return [
        {
            "title": f"{g.compartment}: {g.name}",
            "url": reverse("answer-grant", kwargs={"key": g.id}),
            "why": _("Shall be let into a compartment. A second person must agree."),
            "when": "",
            "tone": "warn",
            "icon": "lock",
        }
        for g in grants_to_second(reader.actor, reader.language, reader.day)
    ]


def _confirmations(reader: Reader) -> list[Need]:
    return [
        {
            "title": f"{g.compartment}: {g.name}",
            "url": reverse("confirm-grant", kwargs={"key": g.id}),
            "why": _("Is it still needed? Unless you confirm it as steward, it lapses."),
            "when": words.day(g.until),
            "tone": "warn",
            "icon": "lock",
        }
        for g in grants_to_confirm(reader.actor, reader.language, reader.day)
    ]


def _vetting(reader: Reader) -> list[Need]:
    return [
        {
            "title": c.subject,
            "url": reverse("vetting-case", kwargs={"key": c.id}),
            "why": _("A vetting request waits to be taken into check."),
            "when": words.day(c.requested_on),
            "tone": "warn",
            "icon": "request",
        }
        for c in cases_waiting(reader.actor, reader.language)
    ]
