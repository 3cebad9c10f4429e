"""From a register to a sheet as of a day, and from two sheets to what changed. No database, no clock."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from accord.kernel.source import Source
from accord.notices.phrases import Phrase
from accord.publishing.bindings import COMMON_OPTIONS, COMMON_SLOTS, OPTION_SHAPES, REGISTRY, Day, RecordRef
from accord.publishing.choices import Change, Section
from accord.publishing.records import Register, Template, Words, digest_of
from accord.publishing.wording import Slot, said

_SLOT = re.compile(r"\{(\w+)\}")
_CONTACT_LINES = ("telephone", "email", "social", "website")


RECORD = Source("record")


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence. ``code`` is what it is about, ``wording`` the template that words it on that day."""

    code: str
    wording: str
    section: str
    clause: str
    text: Words
    sources: tuple[Source, ...]
    records: tuple[RecordRef, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A source as the sheet lists it: its number, and what the mission's files say it is."""

    number: int
    source: Source
    note: Words


@dataclass(frozen=True, slots=True)
class Contact:
    office: Words
    telephone: str = ""
    email: str = ""
    social: str = ""
    website: str = ""
    source: Source = RECORD

    @property
    def dialled(self) -> str:
        """The telephone number as a telephone wants it."""
        return re.sub(r"\(0\)|[^+\d]", "", self.telephone)

    @property
    def web_address(self) -> str:
        """The website as a browser wants it."""
        return f"https://{self.website}" if self.website and "://" not in self.website else self.website


@dataclass(frozen=True, slots=True)
class Sheet:
    """``digest`` covers what is stated and on what it rests, not the day: it tells whether two days read the same."""

    as_of: date
    code: str
    acronym: str
    name: Words
    languages: tuple[str, ...]
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    contact: Contact
    digest: str

    def numbers(self, claim: Claim) -> tuple[int, ...]:
        """Under which numbers the sources of a claim are listed."""
        return tuple(sorted(c.number for c in self.citations if c.source in claim.sources))

    def section(self, section: str) -> tuple[Claim, ...]:
        return tuple(claim for claim in self.claims if claim.section == section)


@dataclass(frozen=True, slots=True)
class Difference:
    code: str
    section: str
    change: Change
    before: Words
    after: Words


def sheet_on(register: Register, as_of: date) -> Sheet:
    day = Day(register, as_of)
    mission = register.mission
    common = {
        "mission": said(mission.name),
        "acronym": said({"en": mission.acronym}),
        "host": said(mission.host_government),
        "nation_of_host": said(mission.host_nation),
    }
    order = list(Section.values)
    stated = [c for t in day.among(register.templates) if (c := _claim(t, day, common))]
    claims = tuple(sorted(stated, key=lambda c: order.index(c.section) if c.section in order else len(order)))
    contact = _contact(mission.contacts)
    digest = digest_of([mission.name, mission.acronym, _plain_contact(contact), [c.digest for c in claims]])
    return Sheet(
        as_of=as_of,
        code=mission.code,
        acronym=mission.acronym,
        name=mission.name,
        languages=mission.languages,
        claims=claims,
        citations=tuple(_citations(claims, mission.sources)),
        contact=contact,
        digest=digest,
    )


def _citations(claims: Iterable[Claim], notes: Mapping[str, Any]) -> Iterator[Citation]:
    cited = dict.fromkeys(source for claim in claims for source in claim.sources)
    for number, source in enumerate(cited, 1):
        yield Citation(number, source, notes.get(source.kind, {}).get(source.ref, {}))


def _claim(template: Template, day: Day, common: Mapping[str, Slot]) -> Claim | None:
    reading = REGISTRY[template.binding].read(day, template.options)
    if reading is None:
        return None
    sentence = template.options.get("variants", {}).get(reading.variant) if reading.variant else template.sentence
    if not sentence:
        return None
    slots = {**common, **reading.slots}
    text = {language: _filled(words, language, slots) for language, words in sentence.items()}
    sources = tuple(dict.fromkeys((template.source, *reading.sources)))
    evidence = [text, template.clause, [s.plain() for s in sources], sorted(r.digest for r in reading.records)]
    return Claim(
        code=template.claim,
        wording=template.code,
        section=template.section,
        clause=template.clause,
        text=text,
        sources=sources,
        records=reading.records,
        digest=digest_of(evidence),
    )


def _filled(words: str, language: str, slots: Mapping[str, Slot]) -> str:
    text = _SLOT.sub(lambda match: slots[match[1]](language), words)
    return text[:1].upper() + text[1:]


def _contact(contacts: Mapping[str, Any]) -> Contact:
    lines = {line: str(contacts.get(line, "")) for line in _CONTACT_LINES}
    return Contact(contacts.get("office", {}), **lines, source=Source.of(contacts.get("source")))


def _plain_contact(contact: Contact) -> dict[str, Any]:
    return {"office": contact.office, **{line: getattr(contact, line) for line in _CONTACT_LINES}}


def compare(before: Sheet, after: Sheet) -> tuple[Difference, ...]:
    """What differs, claim by claim, in the reading order of the later sheet; what is gone comes last."""
    old = {claim.code: claim for claim in before.claims}
    new = {claim.code: claim for claim in after.claims}
    found = [_difference(claim, old.get(code), claim) for code, claim in new.items()]
    found += [_difference(claim, claim, None) for code, claim in old.items() if code not in new]
    return tuple(difference for difference in found if difference)


def _difference(known: Claim, old: Claim | None, new: Claim | None) -> Difference | None:
    if old is None:
        return Difference(known.code, known.section, Change.ADDED, {}, known.text)
    if new is None:
        return Difference(known.code, known.section, Change.REMOVED, known.text, {})
    if old.digest == new.digest:
        return None
    change = Change.RESOURCED if old.text == new.text else Change.REWORDED
    return Difference(known.code, known.section, change, old.text, new.text)


def change_days(register: Register, start: date, end: date) -> tuple[date, ...]:
    """The first day on which anything is stated, then every day, up to and with ``end``, that reads differently."""
    found, last = [], sheet_on(register, date.min).digest
    for day in sorted({start, *(day for day in register.days() if start < day <= end)}):
        digest = sheet_on(register, day).digest
        if digest != last:
            found.append(day)
            last = digest
    return tuple(found)


def problems_of(binding: str, sentence: Words, options: Mapping[str, Any], languages: Iterable[str]) -> list[Any]:
    """What would keep a wording from being read: an unknown binding, slot or option, a missing language."""
    known = REGISTRY.get(binding)
    if known is None:
        return [Phrase(_("unknown binding “%(name)s”"), name=binding)]
    wrong = [name for name, value in options.items() if not isinstance(value, OPTION_SHAPES.get(name, object))]
    if wrong:
        return [Phrase(_("the option “%(name)s” does not have the right shape"), name=name) for name in wrong]
    strange = sorted(set(options) - known.options - COMMON_OPTIONS)
    texts = [text for words in (sentence, *options.get("variants", {}).values()) for text in words.values()]
    slots = {slot for text in texts for slot in _SLOT.findall(text)} - known.slots - COMMON_SLOTS
    return [
        *(Phrase(_("it is missing in “%(name)s”"), name=code) for code in languages if not sentence.get(code)),
        *(Phrase(_("unknown option “%(name)s”"), name=name) for name in strange),
        *(Phrase(_("unknown slot “%(name)s”"), name=name) for name in sorted(slots)),
    ]
