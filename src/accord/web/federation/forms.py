from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.web.federation.tokens import LONGEST
from accord.web.fields import Choices, WordsForm, one_of


class IdentityForm(WordsForm):
    subject = forms.CharField(
        label=_("Subject"), max_length=LONGEST, help_text=_("The value of “sub”: what the provider never changes.")
    )

    def __init__(self, *args: Any, providers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["provider"] = one_of(_("Identity provider"), providers)
        self.order_fields(["provider", "subject"])
