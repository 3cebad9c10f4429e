"""The rules of the gate, as decisions over facts: no database, no clock, nobody's opinion.

Every rule is HARD: it has no override for anybody. A mission's files set the parameters and the clause each rule cites;
no file can switch a rule off.
"""

from accord.mandate.rules.judging import RULES, covering_consent, judge
from accord.mandate.rules.terms import (
    Consent,
    Control,
    Facts,
    Growth,
    Party,
    Question,
    Refusal,
    Requirement,
    Scope,
    Spot,
    Text,
    Verdict,
)
from accord.mandate.rules.wording import sounds_like_operations

__all__ = [
    "RULES",
    "Consent",
    "Control",
    "Facts",
    "Growth",
    "Party",
    "Question",
    "Refusal",
    "Requirement",
    "Scope",
    "Spot",
    "Text",
    "Verdict",
    "covering_consent",
    "judge",
    "sounds_like_operations",
]
