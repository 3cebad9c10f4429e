"""The ledger of the mandate is open to both sides; what is in force of it, to everybody."""

from accord.mandate.models import (
    Accord,
    AccordInstitution,
    AccordPlace,
    AccordStep,
    Area,
    AreaPlace,
    Clause,
    ConditionsAssessment,
    ControlStatus,
    ExpansionInstitution,
    ExpansionPlace,
    ExpansionStep,
    HostRequest,
    Instrument,
    MandateVersion,
    Mission,
    OperationsFlag,
    Posture,
    RequestStep,
    SigningAuthority,
    VersionInstitution,
)
from accord.mandate.permissions import Permission
from accord.wall.rule import Anybody, Is, Marked, May, OnSide, Through

LEDGER = Marked() & May(Permission.READ_MANDATE)

RULES = {
    Mission: Anybody(),
    HostRequest: LEDGER,
    RequestStep: Through("request"),
    Instrument: Marked(),
    MandateVersion: Marked() & (Is("state", ("in_force",)) | OnSide(("mission", "host"))),
    Clause: Through("version"),
    VersionInstitution: Through("version"),
    ExpansionStep: LEDGER,
    ExpansionInstitution: Through("expansion"),
    ExpansionPlace: Through("expansion"),
    Accord: LEDGER,
    AccordInstitution: Through("accord"),
    AccordPlace: Through("accord"),
    AccordStep: Through("accord"),
    Area: Marked(),
    AreaPlace: Through("area"),
    Posture: LEDGER,
    SigningAuthority: LEDGER,
    ControlStatus: LEDGER,
    ConditionsAssessment: LEDGER,
    OperationsFlag: LEDGER,
}
