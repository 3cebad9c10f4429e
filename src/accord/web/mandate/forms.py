"""The shape of the mandate's forms. Whether what was typed may happen is for the use cases to say."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar, TypeVar

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from accord.kernel.errors import Conflict, Invalid, Refused, WrongState
from accord.mandate.choices import (
    ActivityType,
    ControlStatusKind,
    InstrumentKind,
    PostureKind,
    Rating,
    RequestPurpose,
)
from accord.mandate.queries.options import text_languages

Choices = Sequence[tuple[str, Any]]
T = TypeVar("T")


def day_field(label: Any, *, help_text: Any = "", required: bool = True) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, help_text=help_text, required=required, widget=widget)


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
    words = forms.CharField(required=False, widget=widget, max_length=None if rows > 1 else 300)
    words.label = _("%(what)s, in %(language)s") % {"what": label, "language": info["name_translated"]}
    return words


class RequestForm(WordsForm):
    words: ClassVar = {"title": (_("Title"), 1), "text": (_("What is asked and why"), 6)}
    told: ClassVar = ("title",)

    def __init__(self, *args: Any, institutions: Choices, places: Choices, again: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not again:
            self.fields["purpose"] = radio(_("What the request is for"), RequestPurpose.choices)
        self.fields["institution"] = one_of(_("Institution it is for"), institutions)
        self.fields["activity_types"] = some_of(_("Kinds of activity"), ActivityType.choices, required=False)
        self.fields["place"] = one_of(_("Place"), places, required=False)
        self.order_fields(["purpose", *(f"title_{c}" for c in self.languages), *(f"text_{c}" for c in self.languages)])


class DecisionForm(WordsForm):
    step = radio(
        _("Decision"), [("accept", _("Accept")), ("return", _("Return for completion")), ("decline", _("Decline"))]
    )
    valid_from = day_field(_("The requirement holds from"), help_text=_("If you accept."), required=False)
    valid_until = day_field(_("Last day"), help_text=_("Every key expires."), required=False)
    remark = forms.CharField(
        label=_("Reason or remark"),
        help_text=_("Needed to return or decline; the host reads it."),
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


class AccordForm(WordsForm):
    words: ClassVar = {"title": (_("Title"), 1), "text": (_("Text"), 8), "conditions": (_("Conditions of the accord"), 3)}
    demanded: ClassVar = ("title", "text")

    def __init__(
        self, *args: Any, institutions: Choices, places: Choices, requests: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["institutions"] = some_of(
            _("Institutions"), institutions, help_text=_("Each one with everything that stands under it.")
        )
        self.fields["activity_types"] = some_of(_("Kinds of activity"), ActivityType.choices)
        self.fields["places"] = some_of(
            _("Places"), places, help_text=_("A governorate includes its cities and sites.")
        )
        self.fields["start"] = day_field(_("First day"))
        self.fields["end"] = day_field(_("Last day"), help_text=_("Consent always ends some day and is renewed."))
        self.fields["request"] = one_of(_("Answers the request"), requests, required=False)


class StopForm(WordsForm):
    effective_on = day_field(_("From which day"), help_text=_("Today or a later day."))
    reason = forms.CharField(
        label=_("Reason"), help_text=_("A sentence; the mission reads it."), widget=forms.Textarea({"rows": 3})
    )


class ReasonForm(WordsForm):
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea({"rows": 3}))


class AmendForm(ReasonForm):
    start = day_field(_("First day of the new accord"))
    end = day_field(_("Last day"))


class ActsForm(WordsForm):
    """The three acts a version rests on."""

    def __init__(
        self, *args: Any, requests: Choices, invitations: Choices, decisions: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["request"] = one_of(_("Request of the host government"), requests, required=False)
        self.fields["invitation"] = one_of(_("Invitation"), invitations, required=False)
        self.fields["decision"] = one_of(_("Decision"), decisions, required=False)


class VersionForm(ActsForm):
    words: ClassVar = {"title": (_("Title"), 1), "summary": (_("Summary"), 3)}
    told: ClassVar = ("title",)

    def __init__(self, *args: Any, institutions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["add_institutions"] = some_of(
            _("Institutions this version adds"),
            institutions,
            help_text=_("Those of the version before stay."),
            required=False,
        )


class ClauseForm(WordsForm):
    words: ClassVar = {"text": (_("Text"), 3)}
    code = forms.RegexField(
        r"^[A-Z]{1,3}[0-9]{1,3}[a-z]?$",
        label=_("Clause"),
        help_text=_("As it is cited, for example S12a."),
        max_length=20,
    )


class StartForm(WordsForm):
    start = day_field(_("In force from"))


class InstrumentForm(WordsForm):
    words: ClassVar = {"title": (_("Title"), 1), "issued_by": (_("Issued by"), 1)}
    told: ClassVar = ("title", "issued_by")
    kind = radio(_("Kind"), InstrumentKind.choices)
    issued_on = day_field(_("Issued on"))
    date_precision = radio(
        _("How exactly is the day known?"),
        [("day", _("To the day")), ("month", _("Only the month: choose any day of it"))],
    )
    reference = forms.CharField(label=_("Reference"), max_length=200, required=False)
    document = forms.FileField(
        label=_("The document"),
        required=False,
        help_text=_("Accord keeps only its fingerprint (SHA-256), never the document."),
    )


class StatusForm(WordsForm):
    def __init__(self, *args: Any, institutions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["institution"] = one_of(_("Institution"), institutions)
        self.fields["status"] = radio(_("Control status"), ControlStatusKind.choices)
        self.fields["with_subordinates"] = forms.BooleanField(
            label=_("It also covers everything under the institution"), required=False
        )
        self.fields["start"] = day_field(_("First day"))
        self.fields["end"] = day_field(_("Last day"), help_text=_("Every key expires."))
        self.fields["reference"] = forms.CharField(label=_("Reference"), max_length=200, required=False)


class ConditionsForm(WordsForm):
    words: ClassVar = {"note": (_("Note"), 3)}

    def __init__(self, *args: Any, places: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"] = one_of(_("Place"), places, help_text=_("It holds for everything in it."))
        self.fields["rating"] = radio(_("Conditions"), Rating.choices)
        self.fields["start"] = day_field(_("First day"))
        self.fields["end"] = day_field(_("Last day"), help_text=_("Every key expires."))
        self.order_fields(["place", "rating", "start", "end"])


class PostureForm(WordsForm):
    words: ClassVar = {"reason": (_("Reason"), 2)}

    def __init__(self, *args: Any, places: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = radio(_("Posture"), PostureKind.choices)
        self.fields["headquarters"] = one_of(_("Headquarters"), places)
        self.fields["start"] = day_field(_("From"))
        self.order_fields(["kind", "headquarters", "start"])


class FlagForm(WordsForm):
    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = one_of(_("Institution or unit"), units)
        self.fields["start"] = day_field(_("First day"))
        self.fields["end"] = day_field(_("Last day"), help_text=_("Leave it open if it is not known."), required=False)


class BackForm(WordsForm):
    end = day_field(_("Back from operations on"), help_text=_("From this day on the unit can be met again."))


class ExpansionForm(WordsForm):
    words: ClassVar = {"title": (_("Title"), 1)}
    told: ClassVar = ("title",)

    def __init__(
        self, *args: Any, institutions: Choices, places: Choices, requests: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["request"] = one_of(_("The host’s request for it"), requests, required=False)
        self.fields["institutions"] = some_of(_("Institutions it adds"), institutions, required=False)
        self.fields["places"] = some_of(_("Places it adds"), places, required=False)
        self.fields["activity_types"] = some_of(_("Kinds of activity"), ActivityType.choices, required=False)
        self.fields["headcount_cap"] = forms.IntegerField(
            label=_("People of the mission at most"), min_value=1, required=False
        )
        self.fields["start"] = day_field(_("First day"), required=False)
        self.fields["end"] = day_field(_("Last day"), required=False)


class ReviewForm(WordsForm):
    words: ClassVar = {"review": (_("What the review found"), 6)}
    told: ClassVar = ("review",)
