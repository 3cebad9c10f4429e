"""The shape of the forms about accounts. Whether what was typed may happen is for the use cases to say."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accord.access.choices import Role
from accord.web import words
from accord.web.fields import Choices, WordsForm, day_field, one_of, some_of


def _new_password(label: Any, *, help_text: Any = "") -> forms.CharField:
    widget = forms.PasswordInput({"autocomplete": "new-password", "dir": "ltr"})
    return forms.CharField(label=label, help_text=help_text, widget=widget, max_length=200, strip=False)


class InviteForm(WordsForm):
    username = forms.CharField(
        label=_("User name"), help_text=_("Small letters and digits; it cannot be changed."), max_length=80
    )
    name = forms.CharField(label=_("Name shown"), max_length=200)
    email = forms.EmailField(
        label=_("E-mail"), help_text=_("For the link, and nothing else than that he is invited."), required=False
    )
    language = one_of(_("Language"), settings.LANGUAGES, required=False)

    def __init__(self, *args: Any, persons: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = one_of(
            _("Person in the register"), persons, help_text=_("Gives the account the person’s side and posts."),
            required=False,
        )  # fmt: skip
        self.fields["role"] = one_of(_("First role"), Role.choices, required=False)


class ChosenPassword(WordsForm):
    new = _new_password(_("New password"), help_text=_("The longer, the better: a short sentence is easy to remember."))
    again = _new_password(_("New password once more"))

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if found.get("new") != found.get("again"):
            self.add_error("again", _("The two new passwords differ."))
        return found


class PasswordForm(ChosenPassword):
    old = forms.CharField(
        label=_("Present password"),
        widget=forms.PasswordInput({"autocomplete": "current-password", "dir": "ltr"}),
        max_length=200,
        strip=False,
    )
    field_order = ("old", "new", "again")


class VerifyForm(WordsForm):
    number = forms.CharField(
        label=_("The number the person reads out to you"),
        help_text=_("Six digits that only the person sees, after choosing a password or when trying to sign in."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "dir": "ltr"}),
        max_length=12,
    )


class GrantForm(WordsForm):
    role = one_of(_("Role"), Role.choices)
    start = day_field(_("First day"))
    end = day_field(_("Last day"), help_text=_("Leave it open if it is not known."), required=False)


class TokenForm(WordsForm):
    """``until`` is the last day of its owner's tour: no token outlasts it."""

    name = forms.CharField(
        label=_("Name"), help_text=_("What the token is for, so that you know it again."), max_length=80
    )

    def __init__(self, *args: Any, scopes: Choices, until: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.until = until
        self.fields["scopes"] = some_of(
            _("What it may read"), scopes, help_text=_("Never more than you may read yourself on that day.")
        )
        self.fields["last_day"] = day_field(_("Last day"))

    def clean_last_day(self) -> date:
        chosen: date = self.cleaned_data["last_day"]
        if self.until and chosen > self.until:
            message = _("Your tour ends on %(day)s. Choose that day or an earlier one.")
            raise forms.ValidationError(message % {"day": words.day(self.until)})
        return chosen
