"""A sheet for machines: JSON that can be read back, and JSON-LD in the words of schema.org."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from accord.kernel.source import Source
from accord.kernel.text import localised
from accord.publishing.bindings import RecordRef
from accord.publishing.rules import Citation, Claim, Contact, Sheet


def as_json(sheet: Sheet) -> dict[str, Any]:
    contact = sheet.contact
    return {
        "as_of": sheet.as_of.isoformat(),
        "mission": {"code": sheet.code, "acronym": sheet.acronym, "name": dict(sheet.name)},
        "languages": list(sheet.languages),
        "claims": [_claim(claim) for claim in sheet.claims],
        "sources": [{"number": c.number, **c.source.plain(), "note": dict(c.note)} for c in sheet.citations],
        "contact": {
            "office": dict(contact.office),
            "telephone": contact.telephone,
            "email": contact.email,
            "social": contact.social,
            "website": contact.website,
            "source": contact.source.plain(),
        },
        "digest": sheet.digest,
    }


def of_json(content: Mapping[str, Any]) -> Sheet:
    """The sheet a JSON form was made from; how a frozen edition is read."""
    mission, contact = content["mission"], dict(content["contact"])
    return Sheet(
        as_of=date.fromisoformat(content["as_of"]),
        code=mission["code"],
        acronym=mission["acronym"],
        name=mission["name"],
        languages=tuple(content["languages"]),
        claims=tuple(map(_claim_of, content["claims"])),
        citations=tuple(Citation(c["number"], Source.of(c), c["note"]) for c in content["sources"]),
        contact=Contact(**contact | {"source": Source.of(contact["source"])}),
        digest=content["digest"],
    )


def as_jsonld(sheet: Sheet, language: str) -> dict[str, Any]:
    """The sheet as a schema.org report, for search engines and catalogues."""
    contact = sheet.contact
    organisation = {
        "@type": "GovernmentOrganization",
        "name": localised(sheet.name, language),
        "alternateName": sheet.acronym,
        "url": contact.web_address,
        "contactPoint": {
            "@type": "ContactPoint",
            "name": localised(contact.office, language),
            "contactType": "press",
            "telephone": contact.telephone,
            "email": contact.email,
        },
    }
    return {
        "@context": "https://schema.org",
        "@type": "Report",
        "inLanguage": language,
        "temporalCoverage": sheet.as_of.isoformat(),
        "identifier": sheet.digest,
        "about": organisation,
        "text": " ".join(localised(claim.text, language) for claim in sheet.claims),
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "code": claim.code,
        "wording": claim.wording,
        "section": claim.section,
        "clause": claim.clause,
        "text": dict(claim.text),
        "sources": [source.plain() for source in claim.sources],
        "records": [
            {"kind": ref.kind, "label": dict(ref.label), "id": str(ref.id), "digest": ref.digest}
            for ref in claim.records
        ],
        "digest": claim.digest,
    }


def _claim_of(content: Mapping[str, Any]) -> Claim:
    return Claim(
        code=content["code"],
        wording=content["wording"],
        section=content["section"],
        clause=content["clause"],
        text=content["text"],
        sources=tuple(map(Source.of, content["sources"])),
        records=tuple(
            RecordRef(ref["kind"], ref["label"], UUID(ref["id"]), ref["digest"]) for ref in content["records"]
        ),
        digest=content["digest"],
    )
