from accord.kernel.privacy import Erase, Held, Keep, Kind, Purpose, Rule, deeds, impersonal
from accord.kernel.text import noted as _


def _by_post(table: str, fields: dict[Kind, str]) -> Held:
    rule = Rule(Purpose.CONSENT, Keep.RECORDS, Erase.POST)
    return Held(table, rule, _("Which posts asked, signed, assessed or may sign, and on which day"), fields)


def _wording(table: str, fields: dict[Kind, str]) -> Held:
    rule = Rule(Purpose.CONSENT, Keep.RECORDS, Erase.PROOF)
    return Held(table, rule, _("Wording of requests, accords, acts and reviews"), fields)


REGISTER = (
    _by_post(
        "mandate.HostRequest",
        {
            Kind.LINK: "submitted_by",
            Kind.ABOUT: "submitted_on",
            Kind.ORGANISATIONAL: "code purpose institution activity_types place state validity decided_on",
        },
    ),
    _wording("mandate.HostRequest", {Kind.TEXT: "title text"}),
    _by_post(
        "mandate.Accord",
        {
            Kind.LINK: "host_signatory mission_signatory",
            Kind.ABOUT: "host_signed_on mission_signed_on",
            Kind.ORGANISATIONAL: "code request amends activity_types period state",
        },
    ),
    _wording("mandate.Accord", {Kind.TEXT: "title text conditions"}),
    deeds("mandate.Accord", {Kind.IDENTIFYING: "proposed_by"}),
    _wording(
        "mandate.Instrument",
        {Kind.TEXT: "title issued_by reference", Kind.ORGANISATIONAL: "code kind issued_on date_precision digest"},
    ),
    _by_post("mandate.SigningAuthority", {Kind.LINK: "position", Kind.ABOUT: "matter"}),
    _by_post(
        "mandate.ControlStatus",
        {
            Kind.LINK: "signed_by",
            Kind.ABOUT: "signed_on",
            Kind.ORGANISATIONAL: "institution status with_subordinates period reference",
        },
    ),
    _by_post("mandate.ConditionsAssessment", {Kind.LINK: "assessed_by", Kind.ORGANISATIONAL: "place rating period"}),
    _wording("mandate.ConditionsAssessment", {Kind.TEXT: "note"}),
    deeds("mandate.OperationsFlag", {Kind.IDENTIFYING: "noted_by", Kind.ORGANISATIONAL: "unit period"}),
    deeds(
        "mandate.ExpansionStep",
        {
            Kind.IDENTIFYING: "reviewed_by",
            Kind.ABOUT: "reviewed_at",
            Kind.ORGANISATIONAL: "number title request activity_types headcount_cap period state",
        },
    ),
    _wording("mandate.ExpansionStep", {Kind.TEXT: "review"}),
    deeds("mandate.RequestStep", {Kind.ORGANISATIONAL: "request name effective_on"}),
    deeds("mandate.AccordStep", {Kind.ORGANISATIONAL: "accord name effective_on"}),
    Held(
        "mandate.Mission",
        Rule(Purpose.PUBLIC, Keep.IN_USE, Erase.DELETE),
        _("How the public reaches the mission, perhaps by a person's address"),
        {
            Kind.CONTACT: "contacts",
            Kind.ORGANISATIONAL: "only code name acronym organisation host_government host_nation languages time_zone "
            "established_on summary parameters sources digest",
        },
    ),
    impersonal("mandate.AccordInstitution", "accord institution with_subordinates"),
    impersonal("mandate.AccordPlace", "accord place"),
    impersonal("mandate.MandateVersion", "number title summary request invitation decision state"),
    impersonal("mandate.Clause", "version code order text"),
    impersonal("mandate.VersionInstitution", "version institution with_subordinates"),
    impersonal("mandate.ExpansionInstitution", "expansion institution with_subordinates"),
    impersonal("mandate.ExpansionPlace", "expansion place"),
    impersonal("mandate.Area", "code name instrument expansion"),
    impersonal("mandate.AreaPlace", "area place"),
    impersonal("mandate.Posture", "kind headquarters reason"),
)
