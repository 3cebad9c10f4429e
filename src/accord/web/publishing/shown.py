"""Sheets, editions and differences as templates show them, in the reader's language."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from accord.kernel.text import localised
from accord.publishing.choices import Change, EditionState, Section
from accord.publishing.queries import EditionRow
from accord.publishing.rules import Claim, Contact, Difference, Sheet
from accord.web import words
from accord.web.publishing.choosing import address

# Below this likeness, marking single words would be confetti: the whole sentence is marked.
ALIKE = 0.35
TONES = {Change.ADDED: "ok", Change.REMOVED: "bad", Change.REWORDED: "plum", Change.RESOURCED: "info"}


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    is_changed: bool


def tongue(sheet: Sheet, language: str) -> dict[str, str]:
    """In which language the sheet can speak to this reader."""
    spoken = language
    if language not in sheet.languages:
        spoken = "en" if "en" in sheet.languages else next(iter(sheet.languages), language)
    return {"code": spoken, "dir": direction(spoken)}


def direction(language: str) -> str:
    try:
        return "rtl" if get_language_info(language)["bidi"] else "ltr"
    except KeyError:
        return "ltr"


def language_name(language: str) -> str:
    return str(dict(settings.LANGUAGES).get(language, language))


def sections(sheet: Sheet, language: str, reviewed: Collection[str] = ()) -> list[dict[str, Any]]:
    """The sheet's parts in reading order, each with its sentences and their footnotes. ``reviewed`` are claim codes."""
    cited: set[int] = set()
    parts = []
    for section in Section:
        sentences = []
        for claim in sheet.section(section):
            numbers = sheet.numbers(claim)
            sentences.append(
                {
                    "text": localised(claim.text, language),
                    "notes": [{"n": number, "is_first": number not in cited} for number in numbers],
                    "is_reviewed": claim.code in reviewed,
                }
            )
            cited.update(numbers)
        if sentences:
            parts.append({"id": section.value, "title": str(section.label), "sentences": sentences})
    return parts


def sources(sheet: Sheet, language: str) -> list[dict[str, Any]]:
    return [
        {"n": c.number, "kind": c.source.kind, "ref": c.source.ref, "note": localised(c.note, language)}
        | {"url": c.source.ref if c.source.ref.startswith("https://") else ""}
        for c in sheet.citations
    ]


def contact(lines: Contact, language: str) -> list[dict[str, str]]:
    """The contact block as the data has it, each line with what a browser can do with it."""
    items = [
        (_("Office"), localised(lines.office, language), ""),
        (_("Telephone"), lines.telephone, f"tel:{lines.dialled}"),
        (_("E-mail"), lines.email, f"mailto:{lines.email}"),
        (_("Social media"), lines.social, ""),
        (_("Web"), lines.website, lines.web_address),
    ]
    return [{"label": label, "value": value, "url": url} for label, value, url in items if value]


def claims(sheet: Sheet, language: str, changed: Mapping[str, Difference]) -> list[dict[str, Any]]:
    """For the desk: each part with its claims, what they rest on, and how they differ from the edition in force."""
    return [
        {"id": section.value, "title": str(section.label), "claims": [_claim(c, language, changed) for c in found]}
        for section in Section
        if (found := sheet.section(section))
    ]


def _claim(claim: Claim, language: str, changed: Mapping[str, Difference]) -> dict[str, Any]:
    return {
        "clause": claim.clause,
        "text": localised(claim.text, language),
        "sources": [{"kind": source.kind, "label": source.ref} for source in claim.sources],
        "records": _records(claim, language),
        "count": len(claim.records),
        "difference": str(changed[claim.code].change.label) if claim.code in changed else "",
    }


def _records(claim: Claim, language: str) -> list[dict[str, Any]]:
    """By kind, each name once: a nation's status and its contribution are two records with one name."""
    kinds: dict[str, dict[str, None]] = {}
    for record in claim.records:
        kinds.setdefault(record.kind, {})[localised(record.label, language)] = None
    return [{"kind": kind_word(kind), "labels": list(labels)} for kind, labels in kinds.items()]


def kind_word(kind: str) -> str:
    known = {
        "mission": _("Mission"),
        "act": _("Dated act"),
        "mandate version": _("Mandate version"),
        "institution": _("Institution"),
        "clause": _("Clause of the mandate"),
        "area": _("Area"),
        "focus area": _("Focus area"),
        "tour": _("Who held the post"),
        "nation": _("Nation"),
        "relation": _("Tie between organisations"),
        "posture": _("Posture"),
        "parameter": _("Rule of the mission"),
    }
    return known.get(kind, kind)


def differences(found: Iterable[Difference], clauses: Mapping[str, str], language: str) -> list[dict[str, Any]]:
    """Claim by claim, with the words that differ. ``clauses`` maps a claim's code to its clause."""
    titles = dict(Section.choices)
    rows = []
    for difference in found:
        before, after = pieces(localised(difference.before, language), localised(difference.after, language))
        rows.append(
            {
                "clause": clauses.get(difference.code, ""),
                "title": str(titles.get(difference.section, difference.section)),
                "change": difference.change.value,
                "label": str(difference.change.label),
                "tone": TONES[difference.change],
                "before": before,
                "after": after,
            }
        )
    return rows


def clauses_of(*sheets: Sheet) -> dict[str, str]:
    return {claim.code: claim.clause for sheet in sheets for claim in sheet.claims}


def pieces(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Both sentences cut where they begin to differ, word by word."""
    old, new = re.findall(r"\S+\s*", before), re.findall(r"\S+\s*", after)
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    if matcher.ratio() < ALIKE:
        return [Piece(before, True)] if before else [], [Piece(after, True)] if after else []
    left: list[Piece] = []
    right: list[Piece] = []
    for step, a1, a2, b1, b2 in matcher.get_opcodes():
        left += _cut("".join(old[a1:a2]), step != "equal")
        right += _cut("".join(new[b1:b2]), step != "equal")
    return left, right


def _cut(text: str, is_changed: bool) -> list[Piece]:
    """The space after a changed word is not changed itself."""
    words_only = text.rstrip() if is_changed else text
    return [Piece(part, is_changed and part is words_only) for part in (words_only, text[len(words_only) :]) if part]


def edition(row: EditionRow, language: str) -> dict[str, Any]:
    """One edition in a list, with the words its readers were given."""
    withdrawn = next((step for step in row.steps if step.name == "withdraw"), None)
    return {
        "number": row.number,
        "as_of": row.as_of,
        "state": row.state,
        "state_label": str(EditionState(row.state).label),
        "published_at": row.published_at,
        "digest": row.digest,
        "corrects": row.corrects,
        "corrected_by": row.corrected_by,
        "note": localised(row.note, language),
        "withdrawn_at": withdrawn.at if withdrawn else None,
        "withdrawn_because": localised(withdrawn.reason, language) if withdrawn else "",
        "public_url": address("edition", number=row.number) if row.state != EditionState.DRAFT else "",
        "desk_url": address("desk-edition", number=row.number),
        "title": _("Edition %(number)s") % {"number": words.number(row.number)},
    }
