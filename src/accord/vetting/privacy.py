from accord.kernel.privacy import Erase, Held, Keep, Kind, Purpose, Rule
from accord.kernel.text import noted as _

REGISTER = (
    Held(
        "vetting.VettingRequest",
        Rule(Purpose.VETTING, Keep.CHECK, Erase.PSEUDONYM),
        _("Who asked for the vetting of which person or unit, and for what"),
        {
            Kind.LINK: "requested_by",
            Kind.IDENTIFYING: "requested_by_name",
            Kind.ABOUT: "requested_on serving_in",
            Kind.TEXT: "purpose course course_key",
            Kind.ORGANISATIONAL: "unit",
        },
    ),
    Held(
        "vetting.VettingStep",
        Rule(Purpose.VETTING, Keep.CHECK, Erase.PSEUDONYM),
        _("What came of a vetting request, until when it holds; never why"),
        {Kind.SENSITIVE: "name effective_on valid_until", Kind.ORGANISATIONAL: "request"},
    ),
    Held(
        "vetting.VettingStep",
        Rule(Purpose.VETTING, Keep.CHECK_SOURCE, Erase.DELETE),
        _("The number of the file elsewhere in which the reasons are kept"),
        {Kind.SENSITIVE: "reference"},
    ),
)
