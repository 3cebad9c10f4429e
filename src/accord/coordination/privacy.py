from accord.kernel.privacy import Erase, Held, Keep, Kind, Purpose, Rule
from accord.kernel.text import noted as _

REGISTER = (
    Held(
        "coordination.Booking",
        Rule(Purpose.WORK, Keep.RECORDS, Erase.BY_HAND),
        _("Titles of calendar entries"),
        {Kind.TEXT: "title", Kind.ORGANISATIONAL: "owner time subject_id is_firm link created_at"},
    ),
    Held(
        "coordination.BookingClaim",
        Rule(Purpose.WORK, Keep.RECORDS, Erase.POST),
        _("When the diary of a post is taken"),
        {Kind.LINK: "resource_id", Kind.ABOUT: "time", Kind.ORGANISATIONAL: "booking kind organisation is_firm"},
    ),
)
