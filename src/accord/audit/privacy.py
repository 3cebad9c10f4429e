from accord.kernel.privacy import Erase, Held, Keep, Kind, Purpose, Rule, impersonal
from accord.kernel.text import noted as _

REGISTER = (
    Held(
        "audit.Entry",
        Rule(Purpose.TRAIL, Keep.TRAIL, Erase.PSEUDONYM),
        _("The trail: everything somebody did, with name, roles, time, the record concerned, what changed and why"),
        {
            Kind.ABOUT: "actor_roles channel action",
            Kind.LINK: "object_id",
            Kind.TEXT: "object_name changes",
            Kind.ORGANISATIONAL: "object_type",
        },
    ),
    impersonal("audit.Seal", "number count total first last root previous key signature"),
    impersonal("audit.SealedEntry", "entry seal hash"),
)
