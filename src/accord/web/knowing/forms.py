"""The shape of the forms of need-to-know."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.web.fields import Choices, WordsForm, day_field, one_of, radio


class LetInForm(WordsForm):
    def __init__(self, *args: Any, accounts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"] = one_of(
            _("Who is let in"), accounts, help_text=_("Never yourself, and nobody who manages grants.")
        )
        self.fields["purpose"] = forms.CharField(
            label=_("What for"), help_text=_("One sentence, so that others can judge the need."), max_length=300
        )
        self.fields["last_day"] = day_field(
            _("Last day"), help_text=_("At the latest the last day of this person’s tour.")
        )


class AnswerForm(WordsForm):
    """Yes or no, in the words that fit."""

    def __init__(self, *args: Any, question: Any, yes: Any, no: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"] = radio(question, [("yes", yes), ("no", no)])

    def is_yes(self) -> bool:
        return bool(self.cleaned_data["answer"] == "yes")


class ReasonForm(WordsForm):
    reason = forms.CharField(label=_("Reason"), required=False, max_length=300)


class MarkForm(WordsForm):
    def __init__(self, *args: Any, markings: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["marking"] = radio(_("Marking"), markings)
        self.fields["reason"] = forms.CharField(label=_("Reason"), required=False, max_length=300)


class EmergencyForm(WordsForm):
    reason = forms.CharField(
        label=_("What is the emergency"),
        help_text=_("At least a sentence. The steward and the second person read it, and it stays in the trail."),
        widget=forms.Textarea({"rows": 4}),
        max_length=2000,
    )


class SureForm(WordsForm):
    """Nothing to fill in: the page says what will happen."""
