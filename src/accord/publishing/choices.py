from django.db import models
from django.utils.translation import gettext_lazy as _


class EditionState(models.TextChoices):
    DRAFT = "draft", _("In preparation")
    PUBLISHED = "published", _("Published")
    CORRECTED = "corrected", _("Replaced by a correction")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Section(models.TextChoices):
    """The parts of the sheet, in reading order."""

    ORIGIN = "origin", _("Mandate and command")
    PURPOSE = "purpose", _("Purpose")
    WORK = "work", _("What the mission does")
    EXPANSION = "expansion", _("Expansion")
    PRINCIPLES = "principles", _("Principles")
    CONTRIBUTORS = "contributors", _("Contributors")
    COOPERATION = "cooperation", _("Wider international effort")


class Change(models.TextChoices):
    """How a claim differs between two sheets."""

    ADDED = "added", _("New")
    REMOVED = "removed", _("No longer stated")
    REWORDED = "reworded", _("Says something else")
    RESOURCED = "resourced", _("Same words, other records or sources")
