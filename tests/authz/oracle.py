"""Who may see which row and who may open which address, written down a second time.

Read from the mission's policy, not from the software: this file imports nothing of it, so a mistake there is not
repeated here. People and rows have names; sets of names say everything.
"""

from collections.abc import Iterable
from typing import Protocol

ADVISORS = {"author", "teammate", "foreigner", "uncleared", "emergency", "gender"}
OFFICERS = {"member", "outsider", "lapsed"}  # vetting officers: one is let in, one is not, one is not any more
SECONDS = {"legal", "commander", "protection"}  # the second person for grants
STAFF = ADVISORS | OFFICERS | SECONDS | {"chief", "press", "auditor", "wide"}
TOKENS = {"wide", "narrow", "meetings"}  # of one holder: all scopes, objectives only, engagements only
MISSION = STAFF | TOKENS | {"administrator"}
HOSTS = {"defence", "interior", "college", "government"}
PARTNERS = {"union", "council"}
WORKING = MISSION | HOSTS | PARTNERS
OUT = {"anonymous", "unverified", "deactivated", "ended", "former", "expired"}  # all that is shown to them is public
EVERYBODY = WORKING | OUT | {"idle"}  # idle: signed in, but every role has ended
NOBODY: set[str] = set()
INSIDE = {"member", "emergency"}  # in the compartment for vetting; the administrator's grant there counts for nothing

LEDGER = (MISSION | HOSTS) - {"narrow", "meetings"}  # the mandate lies between the two sides
CONTACTS = {"chief", "administrator"}
GRANTERS = {"administrator"} | SECONDS
VERIFIERS = {"chief", "legal", "commander"}
TRAIL = {"auditor", "protection"}
REGISTER = STAFF | HOSTS | {"administrator"}
WATCHED = {"defence": {"defence", "government"}, "interior": {"interior", "government"},
           "college": {"college", "defence", "government"}, "union": {"union"}, "council": {"council"},
           "mission": NOBODY}  # fmt: skip
OWNERS = {"holder": TOKENS}  # whose tokens they are; everybody else owns what bears his name

MARKINGS = {
    "public": EVERYBODY,
    "host": MISSION | HOSTS,
    "partners": MISSION | PARTNERS,
    "all-sides": WORKING,
    "mission": MISSION,
    "mission-limited": MISSION - {"uncleared"},
    "vetting": INSIDE,
    "gender-protection": {"gender"},
    "nation-xyz": {"foreigner"},
    "organisation-union": {"union"},
}  # none, one that the mission does not know, and one of an unknown level: nobody

# Who may read rows of a table, by kind of row; ``*`` is any kind, ``own`` whoever the kind names.
ROWS: dict[str, dict[str, set[str]]] = {
    "access_account": {"own": {"administrator", "protection"} | VERIFIERS},
    "access_accountcontact": {"own": {"administrator"}},
    "access_grant": {"own": {"administrator", "protection"} | VERIFIERS},
    "access_invitation": {"*": {"administrator"}},
    "access_session": {"own": NOBODY},
    "access_passkey": {"own": NOBODY},
    "access_totp": {"own": NOBODY},
    "access_recoverycode": {"own": NOBODY},
    "access_token": {"own": {"administrator"}},
    "access_externalidentity": {"own": {"administrator"}},
    "access_attempt": {"*": NOBODY},
    "access_level": {"*": WORKING},
    "access_compartment": {"*": WORKING},
    "access_marking": {"*": WORKING},
    "access_compartmentgrant": {"own": GRANTERS},
    "access_breakglass": {"own": GRANTERS},
    "advising_engagement": {"draft": {"author"}, "former": NOBODY,
                            **{at: STAFF | {"meetings"} | WATCHED[at] for at in ("defence", "interior", "college")}},
    "advising_engagementfocus": {"*": EVERYBODY},
    "advising_engagementstep": {"*": EVERYBODY},
    "advising_participant": {"*": EVERYBODY},
    "advising_report": {"draft": {"author"}, "former": NOBODY, "*": STAFF},
    "advising_reportstep": {"*": EVERYBODY},
    "advising_commitment": {"shared": STAFF | HOSTS, "unshared": STAFF},
    "audit_entry": {"accounts": TRAIL | {"administrator"}, "work": TRAIL},
    "audit_seal": {"*": TRAIL | {"administrator"}},
    "audit_sealedentry": {"*": NOBODY},
    # The host reads what takes the time of its own, a partner what it plans itself, however it is marked.
    "coordination_booking": {f"{owner}-{at}": STAFF | (WATCHED[at] & HOSTS) | (WATCHED[owner] & PARTNERS)
                             for owner in WATCHED for at in WATCHED},
    "coordination_bookingclaim": {at: MISSION | WATCHED[at] for at in ("defence", "interior", "mission", "union")},
    "exchange_loadedrecord": {"*": NOBODY},
    "mandate_mission": {"*": EVERYBODY},
    "mandate_mandateversion": {"in_force": EVERYBODY, "draft": MISSION | HOSTS},
    **{table: {"*": LEDGER} for table in (
        "mandate_accord", "mandate_hostrequest", "mandate_expansionstep", "mandate_posture", "mandate_signingauthority",
        "mandate_controlstatus", "mandate_conditionsassessment", "mandate_operationsflag")},
    "notices_notice": {"own": NOBODY},
    "objectives_objective": {"*": STAFF | HOSTS | {"narrow"}},
    "people_identity": {"*": CONTACTS},
    "people_contact": {"*": CONTACTS},
    "publishing_edition": {"published": EVERYBODY, "corrected": EVERYBODY, "withdrawn": EVERYBODY, "draft": STAFF},
    "publishing_editionstep": {"*": EVERYBODY},
    "publishing_claimtemplate": {"*": STAFF},
    "vetting_vettingrequest": {"author": {"author"} | INSIDE, "chief": {"chief"} | INSIDE, "press": INSIDE},
    "vetting_vettingstep": {"*": INSIDE},
}  # fmt: skip
# Tables for which the marking alone, or the row they are part of, decides.
PLAIN = {
    "mandate_instrument", "mandate_requeststep", "mandate_clause", "mandate_versioninstitution",
    "mandate_expansioninstitution", "mandate_expansionplace", "mandate_accordinstitution", "mandate_accordplace",
    "mandate_accordstep", "mandate_area", "mandate_areaplace", "objectives_focusarea", "objectives_objectivefocus",
    "objectives_indicator", "objectives_objectivestep", "people_nation", "people_nationstatus", "people_contribution",
    "people_organisation", "people_organisationalias", "people_organisationtie", "people_relation", "people_person",
    "people_position", "people_tour", "people_pairing", "places_place", "places_placealias",
}  # fmt: skip
# Stewards read who is in what they keep, and who asked to be: by table and kind.
STEWARD = {("access_compartmentgrant", "press"): {"chief"}, ("access_compartmentgrant", "defence"): {"chief"},
           ("access_breakglass", "commander"): {"chief"}}  # fmt: skip
# Nobody in the cast holds such a combination, but a mission may shape its roles: judged on these tables alone.
BENT = {
    "watcher": {"access_compartmentgrant": True, "access_breakglass": True},  # sees who reads what, and nothing else
    "liaison": {"advising_engagement": False},  # has the reach of the ministry, but stands on the side of a partner
    "insider": {"people_identity": False, "people_contact": False},  # reads contacts, but is of the host's side
}
OPEN_TO_THE_PUBLIC = {"published", "corrected", "withdrawn"}  # whatever an edition was marked with before


class Row(Protocol):
    """A row with its canaries. ``parents`` are the rows it is part of; ``owner`` whose post or person it is."""

    @property
    def table(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def marking(self) -> str | None: ...
    @property
    def is_marked(self) -> bool: ...
    @property
    def owner(self) -> str: ...
    @property
    def parents(self) -> "Iterable[Row]": ...


def own(name: str) -> set[str]:
    return OWNERS.get(name, {name}) & (WORKING | {"idle"})


def readers(row: Row) -> set[str]:
    """Everybody of the cast who may read the row."""
    if row.table in PLAIN:
        found = set(EVERYBODY)
    else:
        kinds = ROWS[row.table]
        found = kinds["own"] | own(row.kind) if "own" in kinds else kinds[row.kind if row.kind in kinds else "*"]
    if row.is_marked and row.kind not in OPEN_TO_THE_PUBLIC:
        found = found & MARKINGS.get(row.marking or "", NOBODY)
    found = found | STEWARD.get((row.table, row.kind), NOBODY)
    for parent in row.parents:
        found = found & readers(parent)
    bent = {name for name, tables in BENT.items() if tables.get(row.table)}
    return found | bent | (own(row.owner) if row.owner else NOBODY)


# --- Addresses: who opens each, by name. Whether a row in the address is readable is asked apart.
BROWSING = WORKING - TOKENS  # a token opens none of what is its owner's alone
ADVISING = ADVISORS | {"chief"}
PROPOSING = ADVISING | {"legal"}
HOLDS = {"chief", "legal", "commander"}  # may change markings
OPENS: dict[str, set[str]] = {
    "home account roles privacy why security sessions end-session end-other-sessions passkey-options add-passkey "
    "remove-passkey prepare-code-app code-app remove-code-app recovery-codes tokens new-token end-token "
    "change-password identities link-identity confirm-identity unlink-identity prove": BROWSING,
    "notices": BROWSING | {"wide"},
    "mandate mandate-timeline version compare-versions requests request control-status authorities areas conditions "
    "posture operations expansions accords accord gate": LEDGER,
    "sign-accord": LEDGER,
    "new-version complete-version word-clause new-instrument": {"legal"},
    "activate-version decide-request change-posture propose-expansion activate-expansion review-expansion": {
        "commander"
    },
    "new-request complete-request sign-control-status suspend-accord resume-accord withdraw-accord": HOSTS,
    "rate-conditions": {"chief", "commander"},
    "flag-operations unflag-operations": {"chief", "legal"} | HOSTS,
    "new-accord amend-accord": PROPOSING,
    "engagements engagement coverage": STAFF | HOSTS | {"meetings"},
    "commitments": STAFF | HOSTS,
    "settle-commitment": ADVISING | HOSTS,
    "plan-engagement plan-verdict change-engagement cancel-engagement held-engagement write-report": ADVISING,
    "judge-report": STAFF,
    "people people-mission nations organisation position person": REGISTER,
    "partners": REGISTER - HOSTS,  # how the mission works with others is not the host's to see
    "new-organisation rename-organisation move-organisation add-spelling new-position begin-tour end-tour "
    "new-person": CONTACTS,
    "pair-position end-pairing": {"chief"},
    "objectives objective": STAFF | HOSTS | {"narrow"},
    "propose-objective complete-objective add-indicator": ADVISING,
    "open-objective close-objective": {"chief", "commander"},
    "calendar": STAFF | HOSTS | PARTNERS,
    "new-partner-plan": {"chief"},
    "trail trail-checkpoint": TRAIL | {"administrator"},
    "publishing desk-edition proof-edition": STAFF,
    "prepare-edition publish-history publish-edition correct-edition withdraw-edition": {"press"},
    "accounts new-account renew-invitation grant-role lost-device close-account account-tokens end-role "
    "assign-identity": {"administrator"},
    "verify-accounts verify-account": VERIFIERS,
    "compartments compartment access-waiting": (STAFF | {"administrator"}) - {"wide"},
    "grant-compartment end-compartment-grant": {"administrator"},
    "answer-grant answer-emergency": SECONDS,
    "ask-emergency confirm-grant emergency end-emergency": STAFF - {"wide"},
    "mark-record": HOLDS,
    "vetting vet-person vet-unit": ADVISING,
    "vetting-desk vetting-case": INSIDE,
    "check-vetting decide-vetting": INSIDE & OFFICERS,
}
PUBLIC = {
    "factsheet", "editions", "compare-editions", "edition", "factsheet-json", "factsheet-pdf", "invitation",
    "sign-in", "second-step", "passkey-sign-in", "passkey-challenge", "sign-out", "language", "theme", "as-of",
    "federated-sign-in", "federated-return", "back-channel-logout",
}  # fmt: skip
# What changes something dangerous: whoever has not shown lately who he is does so first.
PROVEN = {
    "passkey-options", "add-passkey", "remove-passkey", "prepare-code-app", "code-app", "remove-code-app",
    "recovery-codes", "sign-accord", "publish-history", "publish-edition", "correct-edition", "check-vetting",
    "decide-vetting", "lost-device", "grant-compartment", "answer-grant", "answer-emergency", "mark-record",
}  # fmt: skip

# What a GET answers whoever opens the address and may read its row; 200 or on to another page where nothing is said.
ANSWERS = {
    "back-channel-logout": {405},  # for providers, who post
    "confirm-identity": {404}, "link-identity": {404}, "federated-sign-in": {404, 405},
    "federated-return": {404, 405},
    "invitation": {404},  # there is no such provider or link
    "passkey-challenge": {400, 409}, "passkey-options": {400, 409},  # the host of the tests is no address for passkeys
    "edition": {200, 404, 410},  # in preparation, withdrawn
}  # fmt: skip

# These only take what is posted; to a GET they answer with where to go, whatever row is named.
LOOK_AT_NO_ROW = {"end-session", "judge-report", "remove-passkey", "sign-accord"}


# The register shows a host official his own side, whatever is marked public of others.
OWN_SIDE = {"organisation", "position", "person"}


def answers(name: str, route: str) -> set[int]:
    """What a GET answers whoever opens the address and may read its row."""
    return ANSWERS.get(route, {200, 302}) | ({404} if name in HOSTS and route in OWN_SIDE else set())


def opens(route: str) -> set[str]:
    """Everybody who opens an address; a LookupError for one that nobody has declared."""
    return EVERYBODY - {"expired"} if route in PUBLIC else _OPENS[route]


def at_the_door(name: str, route: str) -> set[int]:
    """What a GET answers whoever does not open the address: to the sign-in, the token is no good, or a refusal."""
    return {401 if name == "expired" else 302 if name in OUT else 403} | (ANSWERS.get(route, set()) & {405})


_OPENS = {route: who for routes, who in OPENS.items() for route in routes.split()}
ROUTES = PUBLIC | _OPENS.keys()


def shown_anyway(name: str, row: Row) -> bool:
    """Whoever holds no role is told the names of those to ask."""
    return name == "idle" and (row.table, row.kind) == ("access_account", "administrator")
