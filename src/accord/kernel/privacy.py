"""What is kept about people: which field, what for, how long, and how it is erased.

Every context describes its own tables in ``privacy.py``; ``config.privacy`` gathers them and holds them against the
database's. The closed lists are words for the people concerned: English here, translated where they are shown. Periods
are proposals until the mission's data-protection officer has decided.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from accord.kernel.text import noted as _

Tables = Mapping[str, Collection[str]]


class Kind(StrEnum):
    """What a field holds."""

    TECHNICAL = _("Technical key")
    ORGANISATIONAL = _("About the work")
    LINK = _("Leads to a person")
    ABOUT = _("About a person")
    TEXT = _("Free text that may name people")
    IDENTIFYING = _("Identifies a person")
    CONTACT = _("Contact data")
    CREDENTIAL = _("Proof for signing in")
    SENSITIVE = _("Sensitive")

    @property
    def is_personal(self) -> bool:
        return self not in {Kind.TECHNICAL, Kind.ORGANISATIONAL}


class Purpose(StrEnum):
    """What it is kept for."""

    SIGN_IN = _("To let the right people in and nobody else")
    ACCESS = _("To decide who may read and do what")
    PEOPLE = _("To know who holds which post and how to reach them")
    CONSENT = _("To prove who asked, agreed and signed")
    WORK = _("To plan and report the work done together")
    VETTING = _("To check who may be supported")
    NOTICE = _("To tell people what concerns them")
    PUBLIC = _("To inform the public")
    TRAIL = _("To show who did what, when and why")
    RUNNING = _("To keep the software running")


class Basis(StrEnum):
    """What entitles the mission to keep it; every purpose has one."""

    TASK = _("The mission's task under its mandate")
    SECURITY = _("The duty to protect the mission's records")
    ACCOUNT = _("The duty to account for what is done")


BASES: Mapping[Purpose, Basis] = {
    Purpose.SIGN_IN: Basis.SECURITY,
    Purpose.ACCESS: Basis.SECURITY,
    Purpose.PEOPLE: Basis.TASK,
    Purpose.CONSENT: Basis.ACCOUNT,
    Purpose.WORK: Basis.TASK,
    Purpose.VETTING: Basis.ACCOUNT,
    Purpose.NOTICE: Basis.TASK,
    Purpose.PUBLIC: Basis.TASK,
    Purpose.TRAIL: Basis.ACCOUNT,
    Purpose.RUNNING: Basis.SECURITY,
}


class Keep(StrEnum):
    """For how long."""

    SESSION = _("12 hours, or 30 minutes without use")
    DAY = _("24 hours")
    MONTH = _("30 days")
    CHECK_SOURCE = _("90 days after the check expires")
    IN_USE = _("As long as it is in use")
    ACCOUNT = _("As long as the account is open, and 24 months after")
    CONTACT = _("24 months after the last contact")
    CHECK = _("3 years after the check")
    TRAIL = _("7 years; after 2 years under a pseudonym")
    RECORDS = _("As long as the mission's records")


class Erase(StrEnum):
    """What becomes of it then, or when a person's request for erasure is granted."""

    DELETE = _("It is deleted")
    PSEUDONYM = _("A pseudonym takes the place of names")
    BY_HAND = _("Somebody reads it and takes names out")
    POST = _("It names a post; it leads to nobody once the person's time in that post is erased")
    PROOF = _("It stays, because what was agreed or published must remain provable")


@dataclass(frozen=True, slots=True)
class Rule:
    purpose: Purpose
    keep: Keep
    erase: Erase


@dataclass(frozen=True, slots=True)
class Held:
    """Fields of one table that share a rule; names are separated by blanks. Without a rule nothing is of a person.

    ``table`` is a model's label (``access.Account``); ``what`` says to the people concerned what is kept.
    """

    table: str
    rule: Rule | None
    what: str
    fields: Mapping[Kind, str]

    @property
    def pairs(self) -> Iterator[tuple[str, Kind]]:
        """Field and kind, one by one."""
        return ((name, kind) for kind, names in self.fields.items() for name in names.split())


def impersonal(table: str, fields: str) -> Held:
    """A table that holds nothing of a person."""
    return Held(table, None, "", {Kind.ORGANISATIONAL: fields})


def deeds(table: str, fields: Mapping[Kind, str]) -> Held:
    """Who changed a record and when. Steps and signatures are alike in every context."""
    rule = Rule(Purpose.TRAIL, Keep.RECORDS, Erase.PSEUDONYM)
    return Held(table, rule, _("Beside a record, who prepared it or changed its state: name, time and remark"), fields)


@dataclass(frozen=True, slots=True)
class Register:
    """What every context says, and what is said once for all of them.

    ``common`` are names that mean the same wherever they stand; ``following`` are names that tell something about
    whatever their record is about: about a person where the table has a rule. What a table says itself comes first.
    """

    held: tuple[Held, ...]
    common: Mapping[Kind, str]
    following: str

    def completed(self, tables: Tables) -> tuple[Held, ...]:
        """Everything held, the common fields among it. They join the first part of their table that has a rule."""
        return tuple(replace(one, fields=self._with_common(one, tables.get(one.table, ()))) for one in self.held)

    def problems(self, tables: Tables) -> Iterator[str]:
        """What is missing or wrong, in words that say what to do."""
        held = self.completed(tables)
        said = Counter((one.table, name) for one in held for name, _kind in one.pairs)
        known = {one.table for one in held}
        for table, fields in tables.items():
            if table not in known:
                yield f"{table} is not in the register of personal data; describe it in privacy.py of its context"
                continue
            for name in fields:
                if said[table, name] != 1:
                    often = "not classified" if not said[table, name] else "classified more than once"
                    yield f"{table}.{name} is {often}; see privacy.py of its context"
        for one in held:
            for name, kind in one.pairs:
                if name not in tables.get(one.table, ()):
                    yield f"{one.table}.{name} is classified but does not exist; take it out of privacy.py"
                elif kind.is_personal and one.rule is None:
                    yield f"{one.table}.{name} is of a person, but nothing says what for and how long; give it a rule"

    def _with_common(self, one: Held, present: Collection[str]) -> Mapping[Kind, str]:
        parts = [other for other in self.held if other.table == one.table]
        if one is not next((part for part in parts if part.rule), parts[0]):
            return one.fields
        taken = {name for part in parts for name, _kind in part.pairs}
        theirs = Kind.ABOUT if one.rule else Kind.ORGANISATIONAL
        found = [(kind, name) for kind, names in self.common.items() for name in names.split()]
        found += [(theirs, name) for name in self.following.split()]
        fields = dict(one.fields)
        for kind, name in found:
            if name in present and name not in taken:
                fields[kind] = f"{fields.get(kind, '')} {name}".strip()
        return fields
