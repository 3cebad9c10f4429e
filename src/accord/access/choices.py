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
