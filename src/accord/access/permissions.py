from django.db import models
from django.utils.translation import gettext_lazy as _


class Permission(models.TextChoices):
    """Each with what it lets its holder do, in plain words."""

    MANAGE_ACCOUNTS = "access.manage_accounts", _("Open accounts, grant roles and end them")
    SIGN_IN = "access.sign_in", _("Sign in and keep your own account")
