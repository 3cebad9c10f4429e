"""The shape of the register's forms. Whether what was typed may happen is for the use cases to say."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.objectives.choices import Level, SelfReliance
from accord.people.choices import OrganisationKind, Side
from accord.web.fields import Choices, WordsForm, day_field, one_of, some_of

OPEN_END = _("Leave it open if it is not known.")


def _line(label: Any, *, help_text: Any = "", required: bool = False, limit: int = 200) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=limit)


class NameForm(WordsForm):
    words: ClassVar = {"name": (_("Name"), 1), "short_name": (_("Short name"), 1)}
    told: ClassVar = ("name",)


class OrganisationForm(NameForm):
    def __init__(self, *args: Any, places: Choices, parents: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = one_of(_("What it is"), OrganisationKind.choices)
        self.fields["side"] = one_of(_("Side"), Side.choices)
        self.fields["parent"] = one_of(_("Stands under"), parents, required=False)
        self.fields["place"] = one_of(_("Place"), places, required=False)
        self.fields["start"] = day_field(_("From which day"))


class PlacementForm(WordsForm):
    def __init__(self, *args: Any, parents: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"] = one_of(
            _("Stands under"), parents, help_text=_("Choose none if it stands alone."), required=False
        )
        self.fields["start"] = day_field(_("From which day"))


class AliasForm(WordsForm):
    text = _line(_("Other spelling"), help_text=_("In any script, as people write it."), required=True)


class PositionForm(WordsForm):
    words: ClassVar = {"title": (_("Title"), 1)}
    told: ClassVar = ("title",)

    def __init__(self, *args: Any, nations: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rank_code"] = forms.RegexField(
            r"^(OF-(10|[1-9])|OR-[1-9])$", max_length=10,
            label=_("Rank code"), help_text=_("As in STANAG 2116, for example OF-4."),
            required=False,
        )  # fmt: skip
        self.fields["nation"] = one_of(_("Nation that fills it"), nations, required=False)
        self.fields["start"] = day_field(_("From which day"))


class TourForm(WordsForm):
    words: ClassVar = {"rank": (_("Rank as written"), 1)}

    def __init__(self, *args: Any, persons: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = one_of(_("Person"), persons, help_text=_("Somebody new is registered first."))
        self.fields["start"] = day_field(_("First day"))
        self.fields["end"] = day_field(_("Last day"), help_text=OPEN_END, required=False)
        self.order_fields(["person", "start", "end"])


class EndForm(WordsForm):
    end = day_field(_("Last day"))
    reason = _line(_("Reason"))


class PairingForm(WordsForm):
    def __init__(self, *args: Any, others: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"] = one_of(_("Pair it with"), others)
        self.fields["start"] = day_field(_("First day"))
        self.fields["end"] = day_field(_("Last day"), help_text=OPEN_END, required=False)


class PersonForm(WordsForm):
    words: ClassVar = {
        "shown_name": (_("Name to be shown"), 1),
        "given_names": (_("Given names"), 1),
        "family_names": (_("Family names"), 1),
    }
    told: ClassVar = ("shown_name",)

    def __init__(self, *args: Any, nations: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["side"] = one_of(_("Side"), Side.choices)
        self.fields["nation"] = one_of(_("Nation"), nations, required=False)
        self.fields["email"] = forms.EmailField(label=_("E-mail"), required=False)
        self.fields["telephone"] = _line(_("Telephone"), limit=60)
        self.order_fields([*(f"shown_name_{code}" for code in self.languages), "side", "nation"])


class ObjectiveForm(WordsForm):
    words: ClassVar = {
        "title": (_("What shall be reached"), 2),
        "exit_criterion": (_("Exit criterion: how both sides know that it is done"), 2),
    }
    told: ClassVar = ("title",)

    def __init__(self, *args: Any, owners: Choices, areas: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["focus_areas"] = some_of(_("Focus areas it serves"), areas)
        self.fields["host_owner"] = one_of(
            _("Owner on the host’s side"), owners, help_text=_("Needed before it can open."), required=False
        )
        self.fields["self_reliance"] = one_of(_("Who does the work"), SelfReliance.choices, required=False)
        self.order_fields([*(f"title_{code}" for code in self.languages), "focus_areas", "host_owner", "self_reliance"])


class IndicatorForm(WordsForm):
    words: ClassVar = {"name": (_("What is read"), 1)}
    told: ClassVar = ("name",)
    unit = _line(_("Unit"), help_text=_("For example: percent, courses, posts."), limit=60)
    baseline = _line(_("Baseline"), help_text=_("Where things stand before the work begins."))
    baseline_on = day_field(_("Baseline read on"), required=False)
    target = _line(_("Value to be reached"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([f"name_{code}" for code in self.languages])


class PartnerPlanForm(WordsForm):
    words: ClassVar = {"title": (_("What the partner plans"), 1)}
    told: ClassVar = ("title",)

    def __init__(self, *args: Any, partners: Choices, organisations: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"] = one_of(_("Partner organisation"), partners)
        self.fields["organisations"] = some_of(_("With which institutions"), organisations)
        self.fields["day"] = day_field(_("Day"))
        for name, label in (("start", _("From")), ("end", _("Until"))):
            self.fields[name] = forms.TimeField(
                label=label, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
            )
        self.order_fields(["partner", *(f"title_{code}" for code in self.languages)])


LEVEL_BELOW: dict[str, str] = {Level.END: Level.WAY, Level.WAY: Level.MEANS}
