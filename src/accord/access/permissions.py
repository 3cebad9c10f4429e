from django.db import models
from django.utils.translation import gettext_lazy as _


class Permission(models.TextChoices):
    """Each with what it lets its holder do, in plain words."""

    SIGN_IN = "access.sign_in", _("Sign in and keep your own account")
    MANAGE_ACCOUNTS = "access.manage_accounts", _("Invite people, grant roles and end them")
    VERIFY_ACCOUNTS = "access.verify_accounts", _("Verify whom an invited account belongs to")
    READ_COMPARTMENTS = "access.read_compartments", _("See which compartments there are and whether you are in")
    GRANT_COMPARTMENTS = "access.grant_compartments", _("Let people into compartments and end it")
    SECOND_GRANTS = "access.second_grants", _("Agree as second person to grants and emergency access")
    CONFIRM_GRANTS = "access.confirm_grants", _("Confirm each month, as steward, who stays in a compartment")
    ASK_EMERGENCY = "access.ask_emergency", _("Ask for emergency access to a compartment")
    SEE_READERS = "access.see_readers", _("See who can read a record")
    MARK_RECORDS = "access.mark_records", _("Change the marking of a record")
