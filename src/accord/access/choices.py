from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """Roles in the words the mission uses."""

    ADVISOR = "advisor", _("Advisor")
    CHIEF = "chief", _("Chief of advisors")
    LEGAL = "legal", _("Legal advisor")
    HOST = "host", _("Host official")
    PUBLIC_AFFAIRS = "public_affairs", _("Public affairs officer")
    COMMANDER = "commander", _("Commander")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")
    VETTING_OFFICER = "vetting_officer", _("Vetting officer")
    DATA_PROTECTION = "data_protection", _("Data-protection officer")
    PARTNER = "partner", _("Partner liaison")


def side_of(role: str) -> str:
    """Whose people hold this role."""
    return {Role.HOST: "host", Role.PARTNER: "partner"}.get(Role(role), "mission")


class GrantState(models.TextChoices):
    """A grant into a compartment: proposed until a second person agrees where two are needed."""

    PROPOSED = "proposed", _("Waits for a second person")
    IN_FORCE = "in_force", _("In force")
    ENDED = "ended", _("Ended")
