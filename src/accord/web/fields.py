"""What forms are made of: days, lists, texts in several languages, and how objections reach them."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar, TypeVar

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from accord.kernel.clock import FIRST_DAY, LAST_DAY
from accord.kernel.errors import Conflict, Invalid, Refused, WrongState
from accord.mandate.queries.options import text_languages

Choices = Sequence[tuple[str, Any]]
T = TypeVar("T")
LONGEST_TEXT = 20_000  # some ten pages


class DayField(forms.DateField):
    """A day somebody can mean; a slip in the year is said at once, instead of breaking what counts on from it."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not FIRST_DAY <= value <= LAST_DAY:
            limits = {"first": FIRST_DAY.isoformat(), "last": LAST_DAY.isoformat()}
            raise forms.ValidationError(_("Choose a day between %(first)s and %(last)s."), params=limits)


def day_field(label: Any, *, help_text: Any = "", required: bool = True) -> DayField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return DayField(label=label, help_text=help_text, required=required, widget=widget)


def one_of(label: Any, choices: Choices, *, help_text: Any = "", required: bool = True) -> forms.ChoiceField:
    """A list to choose from that starts with no choice at all."""
    return forms.ChoiceField(
        label=label, help_text=help_text, required=required, choices=[("", _("Choose from the list")), *choices]
    )


def radio(label: Any, choices: Choices, *, help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, help_text=help_text, choices=choices, widget=forms.RadioSelect)


def some_of(label: Any, choices: Choices, *, help_text: Any = "", required: bool = True) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, help_text=help_text, required=required, choices=choices, widget=forms.CheckboxSelectMultiple
    )


class WordsForm(forms.Form):
    """A form with texts in the mission's languages, the reader's first.

    ``words`` names them, with their label and number of rows; those in ``demanded`` are needed in every language, those
    in ``told`` in at least one.
    """

    words: ClassVar[dict[str, tuple[Any, int]]] = {}
    demanded: ClassVar[tuple[str, ...]] = ()
    told: ClassVar[tuple[str, ...]] = ()
    side_by_side: ClassVar[tuple[tuple[str, str], ...]] = (("start", "end"), ("valid_from", "valid_until"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = own_language_first(text_languages()) if self.words else ()
        for name, (label, rows) in self.words.items():
            for code in self.languages:
                field = _said_in(code, label, rows)
                field.required = name in self.demanded
                if name in self.told and code == self.languages[0]:
                    field.help_text = _("At least in one language.")
                self.fields[f"{name}_{code}"] = field

    def said(self, name: str) -> dict[str, str]:
        """What was written, by language; nothing where nothing was."""
        found = {code: self.cleaned_data.get(f"{name}_{code}", "").strip() for code in self.languages}
        return {code: text for code, text in found.items() if text}

    def arranged(self) -> list[list[BoundField]]:
        """The fields in order, those that belong side by side together."""
        groups: list[list[BoundField]] = []
        together = {second: first for first, second in self.side_by_side}
        for name in self.words:
            for code in self.languages[1:]:
                together[f"{name}_{code}"] = f"{name}_{self.languages[0]}"
        for field in self:
            first = together.get(field.name)
            home = next((g for g in groups if g[0].name == first), None)
            if home:
                home.append(field)
            else:
                groups.append([field])
        return groups

    def blame(self, error: Invalid) -> None:
        """Write the use case's objections beside the fields they are about."""
        for name, found in error.fields.items():
            messages = [str(m) for m in found]
            spoken = [f"{name}_{code}" for code in self.languages]
            places = [n for n in spoken if n in self.fields and not self.cleaned_data.get(n)] or spoken[:1]
            if name in self.fields:
                self.add_error(name, messages)
            elif places and places[0] in self.fields:
                self.add_error(places[0], messages)
            else:
                self.add_error(None, messages)
        if not error.fields:
            self.add_error(None, str(error))


def carried_out(form: WordsForm, use_case: Callable[[], T]) -> T | None:
    """What the use case returns; None once its objection stands in the form, so that nothing typed is lost."""
    try:
        return use_case()
    except Invalid as error:
        form.blame(error)
    except (Refused, WrongState, Conflict) as error:
        form.add_error(None, str(error))
    return None


def own_language_first(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(codes, key=lambda code: code != get_language()))


def _said_in(code: str, label: Any, rows: int) -> forms.CharField:
    info = get_language_info(code)
    attrs: dict[str, Any] = {"lang": code, "dir": "rtl" if info["bidi"] else "ltr"}
    widget = forms.Textarea({**attrs, "rows": rows}) if rows > 1 else forms.TextInput(attrs)
    words = forms.CharField(required=False, widget=widget, max_length=LONGEST_TEXT if rows > 1 else 300)
    words.label = _("%(what)s, in %(language)s") % {"what": label, "language": info["name_translated"]}
    return words
