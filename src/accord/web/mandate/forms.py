"""The shape of the mandate's forms. Whether what was typed may happen is for the use cases to say."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.mandate.choices import (
    ActivityType,
    ControlStatusKind,
    InstrumentKind,
    PostureKind,
    Rating,
    RequestPurpose,
)
from accord.web.fields import LONGEST_TEXT, Choices, WordsForm, day_field, one_of, radio, some_of


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
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 3}),
    )


class AccordForm(WordsForm):
    words: ClassVar = {
        "title": (_("Title"), 1),
        "text": (_("Text"), 8),
        "conditions": (_("Conditions of the accord"), 3),
    }
    demanded: ClassVar = ("title", "text")

    def __init__(self, *args: Any, institutions: Choices, places: Choices, requests: Choices, **kwargs: Any) -> None:
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
        label=_("Reason"),
        help_text=_("A sentence; the mission reads it."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 3}),
    )


class ReasonForm(WordsForm):
    reason = forms.CharField(label=_("Reason"), max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 3}))


class AmendForm(ReasonForm):
    start = day_field(_("First day of the new accord"))
    end = day_field(_("Last day"))


class ActsForm(WordsForm):
    """The three acts a version rests on."""

    def __init__(self, *args: Any, requests: Choices, invitations: Choices, decisions: Choices, **kwargs: Any) -> None:
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

    def __init__(self, *args: Any, institutions: Choices, places: Choices, requests: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["request"] = one_of(_("The host’s request for it"), requests, required=False)
        self.fields["institutions"] = some_of(_("Institutions it adds"), institutions, required=False)
        self.fields["places"] = some_of(_("Places it adds"), places, required=False)
        self.fields["activity_types"] = some_of(_("Kinds of activity"), ActivityType.choices, required=False)
        self.fields["headcount_cap"] = forms.IntegerField(
            label=_("People of the mission at most"), min_value=1, max_value=100_000, required=False
        )
        self.fields["start"] = day_field(_("First day"), required=False)
        self.fields["end"] = day_field(_("Last day"), required=False)


class ReviewForm(WordsForm):
    words: ClassVar = {"review": (_("What the review found"), 6)}
    told: ClassVar = ("review",)
