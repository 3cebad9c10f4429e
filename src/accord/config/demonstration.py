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
            "demo-advisor-one",
            "Advisor One (fictional)",
            _("Advisor: plans engagements, reports them"),
        ),
        DemoAccount(
            "chief", "chief", "demo-chief", "Chief of Advisors (fictional)", _("Chief of advisors: approves reports")
        ),
        DemoAccount(
            "legal", "legal", "demo-legal", "Legal Advisor (fictional)", _("Legal advisor: drafts mandates and accords")
        ),
        DemoAccount(
            "host",
            "host",
            "demo-host-one",
            "Host Official One (fictional)",
            _("Host official: asks, consents, suspends; works in Arabic"),
            "ar",
        ),
        DemoAccount(
            "press",
            "public_affairs",
            "demo-press",
            "Public Affairs Officer (fictional)",
            _("Public affairs: publishes the fact sheet"),
        ),
        DemoAccount(
            "commander",
            "commander",
            "demo-commander",
            "Commander’s Office (fictional)",
            _("Commander: decides requests, signs, sets the posture"),
        ),
        DemoAccount(
            "auditor",
            "auditor",
            "demo-auditor",
            "Auditor (fictional)",
            _("Auditor: reads everything, changes nothing"),
        ),
        DemoAccount(
            "admin",
            "administrator",
            "demo-administrator",
            "Administrator (fictional)",
            _("Administrator: opens accounts, grants roles"),
        ),
    ),
)
