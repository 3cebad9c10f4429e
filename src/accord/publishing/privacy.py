from accord.kernel.privacy import Erase, Held, Keep, Kind, Purpose, Rule, deeds, impersonal
from accord.kernel.text import noted as _

REGISTER = (
    Held(
        "publishing.Edition",
        Rule(Purpose.PUBLIC, Keep.RECORDS, Erase.PROOF),
        _("Fact sheets as they were published, with the names of those who hold public posts"),
        {Kind.TEXT: "content correction_note", Kind.ORGANISATIONAL: "number as_of state digest corrects"},
    ),
    deeds("publishing.Edition", {Kind.IDENTIFYING: "prepared_by published_by", Kind.ABOUT: "prepared_at published_at"}),
    deeds("publishing.EditionStep", {Kind.ORGANISATIONAL: "edition name"}),
    impersonal("publishing.ClaimTemplate", "code claim section order binding options sentence clause"),
)
