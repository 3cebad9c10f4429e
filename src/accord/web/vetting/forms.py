"""The shape of the forms of vetting."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.vetting.workflow import CLEAR, CONDITION, DENY
from accord.web.fields import WordsForm, day_field, radio


class VettingForm(WordsForm):
    course = forms.CharField(
        label=_("Course or assistance"),
        help_text=_("Write it the same way each time: a clearance counts for this course only."), max_length=200,
    )  # fmt: skip
    purpose = forms.CharField(label=_("What for"), max_length=300)


class OutcomeForm(WordsForm):
    step = radio(_("Outcome"), [(step.name, step.label) for step in (CLEAR, CONDITION, DENY)])
    last_day = day_field(
        _("Last day of the clearance"), help_text=_("Needed unless it is denied: every clearance ends."), required=False
    )
    reference = forms.CharField(
        label=_("File number"),
        help_text=_("Where the reasons are kept. Only the number: no reasons and no allegations in Accord."),
        max_length=60,
    )
