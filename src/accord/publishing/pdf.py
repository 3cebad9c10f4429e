"""The sheet on paper: a template set by typst, which gets its data as JSON and its font from a package, no shell."""

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from accord.kernel.clock import day_of
from accord.kernel.text import localised
from accord.kernel.writing import digits, written_day, written_number
from accord.publishing.choices import EditionState, Section
from accord.publishing.queries import EditionRow, EditionSheet
from accord.publishing.rules import Citation, Claim, Contact, Sheet

_TEMPLATE = Path(__file__).with_name("templates") / "factsheet.typ"


def pdf(document: Sheet | EditionSheet, language: str) -> bytes:
    """An edition, or a sheet straight from the records, which then says that nobody has cleared it."""
    typst, fonts = _press()
    sheet, edition = (document.sheet, document.edition) if isinstance(document, EditionSheet) else (document, None)
    with translation.override(language):
        data = _data(sheet, edition, language)
    printed = typst.compile(
        _TEMPLATE,
        font_paths=fonts,
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        # The same sheet makes the same file: no moment of printing in it.
        timestamp=0,
    )
    return bytes(printed)


@cache
def _press() -> tuple[Any, Any]:
    """The typesetter and its fonts, read once: the Arabic family brings the Latin letters of its sister with it."""
    # typst is a whole typesetter of 40 MB; a process that never prints should not load it.
    import typst  # noqa: PLC0415

    folder = str(files("fontpkg_ibm_plex_sans_arabic") / "files")
    return typst, typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


def _data(sheet: Sheet, edition: EditionRow | None, language: str) -> dict[str, Any]:
    return {
        "language": language.split("-", 1)[0],
        "dir": "rtl" if get_language_bidi() else "ltr",
        "one": digits("1", language),
        "kind": _("Fact sheet"),
        "acronym": sheet.acronym,
        "title": localised(sheet.name, language),
        "as_of": _("As of %(day)s") % {"day": written_day(sheet.as_of, language)},
        "edition": _edition(edition, language),
        "is_cleared": edition is not None and edition.state == EditionState.PUBLISHED,
        "note": localised(edition.note, language) if edition else "",
        "sections": [
            {"title": str(section.label), "claims": [_claim(sheet, claim, language) for claim in claims]}
            for section in Section
            if (claims := sheet.section(section))
        ],
        "sources": {
            "title": _("Sources"),
            "key": _key(sheet),
            "lines": [_source(c, language) for c in sheet.citations],
        },
        "contact": _contact(sheet.contact, language),
        "digest": {"label": _("Digest"), "value": sheet.digest},
        "page": _("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
    }


def _edition(edition: EditionRow | None, language: str) -> str:
    if edition is None or edition.published_at is None:
        return _("Not a published edition")
    words = {
        "number": written_number(edition.number, language),
        "day": written_day(day_of(edition.published_at), language),
    }
    if edition.state == EditionState.CORRECTED:
        return _("Edition %(number)s, published on %(day)s, since replaced by a correction") % words
    if edition.state == EditionState.WITHDRAWN:
        return _("Edition %(number)s, published on %(day)s, since withdrawn") % words
    return _("Edition %(number)s, published on %(day)s") % words


def _claim(sheet: Sheet, claim: Claim, language: str) -> dict[str, Any]:
    return {
        "text": localised(claim.text, language),
        "notes": [written_number(number, language) for number in sheet.numbers(claim)],
    }


def _key(sheet: Sheet) -> str:
    if all(citation.source.kind != "seed" for citation in sheet.citations):
        return ""
    return _("Short codes are the numbered statements of the fact sheet from which the mission was first described.")


def _source(citation: Citation, language: str) -> dict[str, str]:
    return {
        "number": written_number(citation.number, language),
        "ref": citation.source.ref,
        "note": localised(citation.note, language),
    }


def _contact(contact: Contact, language: str) -> dict[str, Any]:
    lines = [
        (_("Telephone"), contact.telephone, f"tel:{contact.dialled}"),
        (_("E-mail"), contact.email, f"mailto:{contact.email}"),
        (_("Social media"), contact.social, ""),
        (_("Web"), contact.website.removeprefix("https://").rstrip("/"), contact.web_address),
    ]
    return {
        "title": _("Contact"),
        "office": localised(contact.office, language),
        "lines": [{"label": label, "value": value, "link": link} for label, value, link in lines if value],
    }
