from accord.mandate.models.accords import Accord, AccordInstitution, AccordPlace, AccordStep
from accord.mandate.models.ground import (
    Area,
    AreaPlace,
    ConditionsAssessment,
    ControlStatus,
    OperationsFlag,
    Posture,
    SigningAuthority,
)
from accord.mandate.models.mission import Mission
from accord.mandate.models.requests import HostRequest, Instrument, RequestStep
from accord.mandate.models.versions import (
    Clause,
    ExpansionInstitution,
    ExpansionPlace,
    ExpansionStep,
    MandateVersion,
    VersionInstitution,
)

__all__ = [
    "Accord",
    "AccordInstitution",
    "AccordPlace",
    "AccordStep",
    "Area",
    "AreaPlace",
    "Clause",
    "ConditionsAssessment",
    "ControlStatus",
    "ExpansionInstitution",
    "ExpansionPlace",
    "ExpansionStep",
    "HostRequest",
    "Instrument",
    "MandateVersion",
    "Mission",
    "OperationsFlag",
    "Posture",
    "RequestStep",
    "SigningAuthority",
    "VersionInstitution",
]
