from accord.kernel.privacy import Erase, Held, Keep, Kind, Purpose, Rule, impersonal
from accord.kernel.text import noted as _

NAMED = Rule(Purpose.PEOPLE, Keep.CONTACT, Erase.PSEUDONYM)
REACHED = Rule(Purpose.PEOPLE, Keep.CONTACT, Erase.DELETE)

REGISTER = (
    Held(
        "people.Person",
        NAMED,
        _("Person: the name that is shown, side, nation and account"),
        {Kind.IDENTIFYING: "code shown_name", Kind.ABOUT: "side nation is_fictional"},
    ),
    Held(
        "people.Identity",
        REACHED,
        _("Given and family names, in every script"),
        {Kind.IDENTIFYING: "given_names family_names"},
    ),
    Held("people.Contact", REACHED, _("E-mail address and telephone number"), {Kind.CONTACT: "email telephone"}),
    Held(
        "people.Tour",
        Rule(Purpose.PEOPLE, Keep.RECORDS, Erase.PSEUDONYM),
        _("Which post a person held, in which rank, from when to when"),
        {Kind.LINK: "position", Kind.ABOUT: "rank"},
    ),
    Held(
        "people.Pairing",
        Rule(Purpose.PEOPLE, Keep.RECORDS, Erase.POST),
        _("Which advisor's post and which counterpart's post work together"),
        {Kind.LINK: "advisor counterpart"},
    ),
    Held(
        "people.Organisation",
        Rule(Purpose.PEOPLE, Keep.IN_USE, Erase.DELETE),
        _("How to reach an organisation, perhaps by a person's address"),
        {Kind.CONTACT: "contact", Kind.ORGANISATIONAL: "code name short_name kind side place period"},
    ),
    impersonal("people.OrganisationAlias", "organisation text folded"),
    impersonal("people.OrganisationTie", "child parent"),
    impersonal("people.Relation", "subject kind target means"),
    impersonal("people.Position", "code title organisation rank_code nation duty is_public"),
    impersonal("people.Nation", "code name"),
    impersonal("people.NationStatus", "nation status"),
    impersonal("people.Contribution", "nation"),
)
