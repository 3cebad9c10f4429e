from accord.kernel.privacy import Erase, Held, Keep, Kind, Purpose, Rule, impersonal
from accord.kernel.text import noted as _

ACCOUNT = Rule(Purpose.SIGN_IN, Keep.ACCOUNT, Erase.PSEUDONYM)
PROOF = Rule(Purpose.SIGN_IN, Keep.IN_USE, Erase.DELETE)
GRANTED = Rule(Purpose.ACCESS, Keep.ACCOUNT, Erase.PSEUDONYM)
NEED_TO_KNOW = Rule(Purpose.ACCESS, Keep.TRAIL, Erase.PSEUDONYM)

REGISTER = (
    Held(
        "access.Account",
        ACCOUNT,
        _("Account: user name, name, language, what level may be read, who invited and verified it, the last sign-in"),
        {
            Kind.IDENTIFYING: "username display_name",
            Kind.ABOUT: "last_login language is_active clearance verified_at",
            Kind.LINK: "invited_by verified_by",
        },
    ),
    Held(
        "access.Account",
        PROOF,
        _("Password, only as a hash from which nobody can read it"),
        {Kind.CREDENTIAL: "password"},
    ),
    Held(
        "access.AccountContact",
        Rule(Purpose.SIGN_IN, Keep.ACCOUNT, Erase.DELETE),
        _("Address for the invitation and for messages about security"),
        {Kind.CONTACT: "email"},
    ),
    Held(
        "access.Invitation",
        PROOF,
        _("Invitation: a hash of its link, when it was sent, accepted or expires"),
        {Kind.CREDENTIAL: "digest", Kind.ABOUT: "expires_at accepted_at"},
    ),
    Held(
        "access.Session",
        Rule(Purpose.SIGN_IN, Keep.SESSION, Erase.DELETE),
        _("Sessions: when and how somebody signed in, with which browser, and when it was last used"),
        {Kind.CREDENTIAL: "digest", Kind.ABOUT: "data expires_at method browser seen_at stepped_up_at"},
    ),
    Held(
        "access.Passkey",
        PROOF,
        _("Passkeys: the name they were given, the public key, the last use"),
        {Kind.CREDENTIAL: "credential_id public_key signatures", Kind.ABOUT: "name used_at"},
    ),
    Held(
        "access.Totp",
        PROOF,
        _("The sealed secret from which a telephone makes codes"),
        {Kind.CREDENTIAL: "sealed_seed last_step", Kind.ABOUT: "confirmed_at"},
    ),
    Held(
        "access.RecoveryCode",
        PROOF,
        _("Recovery codes, only as hashes"),
        {Kind.CREDENTIAL: "digest", Kind.ABOUT: "used_at"},
    ),
    Held(
        "access.Token",
        PROOF,
        _("Access tokens for programs: a hash, the name given, what they open, the last use"),
        {Kind.CREDENTIAL: "digest", Kind.ABOUT: "name scopes expires_at used_at ended_at"},
    ),
    Held(
        "access.ExternalIdentity",
        PROOF,
        _("The account's number at another sign-in service"),
        {Kind.IDENTIFYING: "issuer subject", Kind.ABOUT: "linked_at used_at"},
    ),
    Held(
        "access.Attempt",
        Rule(Purpose.SIGN_IN, Keep.DAY, Erase.DELETE),
        _("Failed tries to sign in: hashes of the name typed and of the network"),
        {Kind.LINK: "subject network"},
    ),
    Held(
        "access.Grant",
        GRANTED,
        _("Roles: which, from when to when, and who granted them"),
        {Kind.ABOUT: "role", Kind.IDENTIFYING: "granted_by"},
    ),
    Held(
        "access.CompartmentGrant",
        NEED_TO_KNOW,
        _("Who was let into a circle of need-to-know, for what purpose, by whom and until when"),
        {
            Kind.ABOUT: "compartment state confirmed_on ended_at",
            Kind.TEXT: "purpose",
            Kind.LINK: "granted_by seconded_by",
            Kind.IDENTIFYING: "granted_by_name seconded_by_name",
        },
    ),
    Held(
        "access.BreakGlass",
        NEED_TO_KNOW,
        _("Emergency access: who asked, why, who allowed it and for how long"),
        {
            Kind.ABOUT: "compartment asked_at starts_at ends_at",
            Kind.LINK: "allowed_by",
            Kind.IDENTIFYING: "allowed_by_name",
        },
    ),
    impersonal("access.Level", "code rank name ordinary_for"),
    impersonal("access.Compartment", "code name purpose steward_role needs_two"),
    impersonal("access.Marking", "code order name policy level releasable_to compartments"),
)
