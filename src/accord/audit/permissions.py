from django.db import models
from django.utils.translation import gettext_lazy as _


class Permission(models.TextChoices):
    """Each with what it lets its holder do, in plain words."""

    READ_TRAIL = "audit.read_trail", _("Read the trail of accounts, roles and grants")
    READ_WHOLE_TRAIL = "audit.read_whole_trail", _("Read the whole trail: who did what, when and why")
