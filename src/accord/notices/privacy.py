from accord.kernel.privacy import Erase, Held, Keep, Kind, Purpose, Rule
from accord.kernel.text import noted as _

REGISTER = (
    Held(
        "notices.Notice",
        Rule(Purpose.NOTICE, Keep.MONTH, Erase.DELETE),
        _("Notices: their words and when read"),
        {Kind.TEXT: "text", Kind.ABOUT: "link urgent read_at"},
    ),
)
