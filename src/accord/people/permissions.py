from django.db import models
from django.utils.translation import gettext_lazy as _


class Permission(models.TextChoices):
    """Each with what it lets its holder do, in plain words."""

    READ_REGISTER = "people.read_register", _("Read the register of organisations, posts, persons and nations")
    READ_CONTACTS = "people.read_contacts", _("Read the full names and the contact data of persons")
    MANAGE_REGISTER = "people.manage_register", _("Keep the register: organisations, posts, persons and who holds what")
    PAIR_POSITIONS = "people.pair_positions", _("Pair advisors with their counterparts, post to post")
