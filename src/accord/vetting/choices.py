from django.db import models
from django.utils.translation import gettext_lazy as _

# The code of the compartment in which outcomes are read; the mission's markings define it.
COMPARTMENT = "vetting"


class CaseState(models.TextChoices):
    REQUESTED = "requested", _("Waits to be taken into check")
    IN_CHECK = "in_check", _("In check")
    CLEAR = "clear", _("Clear")
    CONDITIONAL = "conditional", _("Clear under conditions")
    DENIED = "denied", _("Denied")


CLEARED = (CaseState.CLEAR, CaseState.CONDITIONAL)
