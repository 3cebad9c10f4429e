"""The accounts with which a visitor tries Accord: at least one for each role, all of them plainly fictional.

Only `accord demo` opens them. Their password is public, so that command listens on this machine alone.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

PASSWORD = "accord-demo"  # noqa: S105 - public on purpose


@dataclass(frozen=True)
class DemoAccount:
    """``person`` is the code of who it is in the mission's folder; ``words`` say why to choose this account."""

    username: str
    role: str
    person: str
    name: str
    words: Any
    language: str = "en"


@dataclass(frozen=True)
class Demonstration:
    password: str
    accounts: tuple[DemoAccount, ...]


DEMONSTRATION = Demonstration(
    PASSWORD,
    (
        DemoAccount(
            "advisor",
            "advisor",
            "advisor-one",
            "Advisor One (fictional)",
            _("Advisor: plans engagements, reports them"),
        ),
        DemoAccount("chief", "chief", "chief-one", "Chief One (fictional)", _("Chief of advisors: approves reports")),
        DemoAccount(
            "legal",
            "legal",
            "legal-one",
            "Legal Advisor One (fictional)",
            _("Legal advisor: drafts mandates and accords"),
        ),
        DemoAccount(
            "host",
            "host",
            "host-representative",
            "Government Representative One (fictional)",
            _("Host official: asks, consents, suspends; works in Arabic"),
            "ar",
        ),
        DemoAccount(
            "press",
            "public_affairs",
            "press-one",
            "Public Affairs Officer One (fictional)",
            _("Public affairs: publishes the fact sheet"),
        ),
        DemoAccount(
            "commander",
            "commander",
            "deputy-commander",
            "Deputy Commander (fictional)",
            _("Commander: decides requests, signs, sets the posture"),
        ),
        DemoAccount(
            "auditor",
            "auditor",
            "auditor-one",
            "Auditor One (fictional)",
            _("Auditor: reads everything, changes nothing"),
        ),
        DemoAccount(
            "admin",
            "administrator",
            "administrator-one",
            "Administrator One (fictional)",
            _("Administrator: invites people, grants roles"),
        ),
        DemoAccount(
            "vetting",
            "vetting_officer",
            "vetting-one",
            "Vetting Officer One (fictional)",
            _("Vetting officer: checks and decides, inside a compartment"),
        ),
        DemoAccount(
            "protection",
            "data_protection",
            "data-protection-one",
            "Data-Protection Officer One (fictional)",
            _("Data-protection officer: sees who reads what, confirms who stays in"),
        ),
        DemoAccount(
            "partner",
            "partner",
            "partner-liaison-one",
            "Partner Liaison One (fictional)",
            _("Partner liaison: reads what is releasable to partners"),
        ),
    ),
)
