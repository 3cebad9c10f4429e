from accord.kernel.privacy import Erase, Held, Keep, Kind, Purpose, Rule, deeds, impersonal
from accord.kernel.text import noted as _

REGISTER = (
    Held(
        "objectives.Objective",
        Rule(Purpose.WORK, Keep.RECORDS, Erase.POST),
        _("Which post owns an objective"),
        {
            Kind.LINK: "host_owner",
            Kind.ORGANISATIONAL: "code level parent title exit_criterion self_reliance state period created_at",
        },
    ),
    deeds("objectives.ObjectiveStep", {Kind.ORGANISATIONAL: "objective name"}),
    impersonal("objectives.FocusArea", "code order name dac_codes"),
    impersonal("objectives.ObjectiveFocus", "objective focus_area"),
    impersonal("objectives.Indicator", "objective name unit baseline baseline_on target"),
)
