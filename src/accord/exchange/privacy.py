from accord.kernel.privacy import Erase, Held, Keep, Kind, Purpose, Rule
from accord.kernel.text import noted as _

REGISTER = (
    Held(
        "exchange.LoadedRecord",
        Rule(Purpose.RUNNING, Keep.IN_USE, Erase.DELETE),
        _("What the mission's files last said, names among it, so that the next load finds what changed"),
        {Kind.IDENTIFYING: "key columns parts", Kind.LINK: "object_id", Kind.ORGANISATIONAL: "kind"},
    ),
)
