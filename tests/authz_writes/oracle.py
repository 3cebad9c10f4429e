"""Who may write what at which address: written by hand from the mission's rules, and nothing of Accord is read for it.

A line is an address, who may, and what the database may show afterwards: ``table+`` new rows, ``table-`` rows gone,
``table:column,column`` other values. Whoever is not named changes nothing there. An address that is in neither list
fails the build, and so does a person or a column that is not named.
"""

from dataclasses import dataclass

PERSONAS = (
        "anonymous", "advisor", "second-advisor", "chief", "second-chief", "legal", "commander", "press", "auditor",
        "administrator", "other-administrator", "officer", "outsider", "data-protection", "host", "second-host",
        "other-host", "partner", "no-role", "deactivated", "tour-over", "token",
)  # fmt: skip

GROUPS = {
    "advisors": "advisor second-advisor",
    "chiefs": "chief second-chief",
    "administrators": "administrator other-administrator",
    "hosts": "host second-host other-host",
    "planners": "advisors chiefs",
    "seconds": "legal commander data-protection",
    "mission": "planners legal commander press auditor officer outsider data-protection",
    "people": "mission administrators hosts partner",  # who may sign in
    "anybody": "people no-role deactivated tour-over anonymous",
}

# What every step may touch as well: its lines in the trail, and what the own session keeps (messages, challenges).
ALWAYS = ("audit_entry+", "access_session:data")

WRITES = """
sign-in | anybody | access_account:last_login access_session+ access_session- access_attempt+
passkey-challenge | anonymous | access_session+
prove | people -second-chief | access_session:digest,stepped_up_at
sign-out | anybody | access_session+ access_session-
language | people | access_account:language
notices | people | notices_notice:read_at
passkey-options | people |
remove-passkey | second-chief | access_passkey- access_session-
code-app | press | access_totp:confirmed_at,last_step access_session-
prepare-code-app | people | access_totp+ access_totp:sealed_seed,created_at
remove-code-app | people |
remove-code-app | press | access_totp-
recovery-codes | nobody |
end-other-sessions | people | access_session-
end-session | advisor | access_session-

new-account | administrators | access_account+ access_accountcontact+ access_invitation+ access_grant+
new-account | administrators | people_person:account_id
renew-invitation | administrators | access_invitation+ access_invitation-
renew-invitation | administrators | access_account:invited_by,verified_by,verified_at
verify-account | chiefs legal commander | access_account:verified_at,verified_by access_invitation-
grant-role | administrators | access_grant+ access_account:invited_by,verified_by,verified_at
end-role | administrators | access_grant- access_grant:period
lost-device | administrators | access_passkey- access_totp- access_recoverycode- access_session-
close-account | administrators | access_account:is_active access_session-
invitation | anybody | access_invitation:accepted_at access_token:ended_at
invitation | anybody | access_account:password,verified_by,verified_at
change-password | people | access_account:password access_session- access_session:digest
new-token | people | access_token+
end-token | advisor administrators | access_token:ended_at
unlink-identity | advisor administrators | access_externalidentity- access_session-
assign-identity | administrators | access_externalidentity+

grant-compartment | administrators | access_compartmentgrant+
ask-emergency | mission -second-advisor | access_breakglass+ notices_notice+
answer-grant | seconds | access_compartmentgrant:state,confirmed_on,seconded_by,seconded_by_name
answer-grant | seconds | access_compartmentgrant:ended_at
confirm-grant | chiefs | access_compartmentgrant:confirmed_on
end-compartment-grant | administrators | access_compartmentgrant:state,ended_at
answer-emergency | seconds | access_breakglass:allowed_by,allowed_by_name,starts_at,ends_at notices_notice+
end-emergency | seconds second-advisor | access_breakglass:ends_at
mark-record | chiefs legal commander | people_organisation:marking

new-version | legal | mandate_mandateversion+ mandate_versioninstitution+ mandate_clause+
complete-version | legal | mandate_mandateversion:request_id,invitation_id,decision_id
word-clause | legal | mandate_clause+ mandate_clause:text,source
activate-version | commander | mandate_mandateversion:state,period
new-instrument | legal | mandate_instrument+
new-request | host | mandate_hostrequest+ mandate_requeststep+ notices_notice+
decide-request | commander | mandate_hostrequest:state,decided_on,validity mandate_requeststep+ notices_notice+
complete-request | host | mandate_hostrequest:title,text,institution_id,activity_types,place_id,state
complete-request | host | mandate_hostrequest:decided_on mandate_requeststep+ notices_notice+
sign-control-status | host | mandate_controlstatus+ mandate_controlstatus:period mandate_controlstatus-
rate-conditions | chief commander | mandate_conditionsassessment+ mandate_conditionsassessment:period
change-posture | commander | mandate_posture+ mandate_posture:period notices_notice+
change-posture | commander | advising_engagement:state,hold advising_engagementstep+
flag-operations | chiefs legal hosts | mandate_operationsflag+
unflag-operations | host second-host | mandate_operationsflag:period
propose-expansion | commander | mandate_expansionstep+ mandate_expansioninstitution+ mandate_expansionplace+
activate-expansion | commander | mandate_expansionstep:state,period mandate_area+ mandate_areaplace+
review-expansion | commander | mandate_expansionstep:state,review,reviewed_by,reviewed_at
new-accord | planners legal | mandate_accord+ mandate_accordinstitution+ mandate_accordplace+ mandate_accordstep+
new-accord | planners legal | notices_notice+
amend-accord | planners legal | mandate_accord+ mandate_accordinstitution+ mandate_accordplace+ mandate_accordstep+
amend-accord | planners legal | notices_notice+
sign-accord | host | mandate_accord:host_signatory_id,host_signed_on mandate_accordstep+
sign-accord | commander | mandate_accord:mission_signatory_id,mission_signed_on mandate_accordstep+
suspend-accord | hosts | mandate_accord:state mandate_accordstep+ notices_notice+
suspend-accord | hosts | advising_engagement:state,hold advising_engagementstep+
resume-accord | host | mandate_accord:state mandate_accordstep+
withdraw-accord | hosts | mandate_accord:state mandate_accordstep+ notices_notice+
withdraw-accord | hosts | advising_engagement:state,hold advising_engagementstep+

plan-engagement | planners | advising_engagement+ advising_engagementfocus+ advising_engagementstep+
plan-engagement | planners | advising_participant+ coordination_booking+ coordination_bookingclaim+ notices_notice+
change-engagement | advisor chiefs | advising_engagement:starts_at,ends_at,topic,interpreter advising_engagementstep+
change-engagement | advisor chiefs | advising_engagementfocus+ advising_engagementfocus- coordination_booking+
change-engagement | advisor chiefs | advising_participant+ advising_participant- coordination_booking-
change-engagement | advisor chiefs | coordination_bookingclaim+ coordination_bookingclaim- notices_notice+
held-engagement | advisor chiefs | advising_engagement:state advising_engagementstep+
cancel-engagement | advisor chiefs | advising_engagement:state,cancel_reason advising_engagementstep+ notices_notice+
cancel-engagement | advisor chiefs | coordination_booking- coordination_bookingclaim-
write-report | advisor chiefs | advising_report+ advising_commitment+
judge-report | chiefs | advising_report:state advising_reportstep+ notices_notice+
settle-commitment | planners | advising_commitment:state,settled_on

new-organisation | chiefs administrators | people_organisation+ people_organisationalias+ people_organisationtie+
rename-organisation | chiefs administrators | people_organisation:name,short_name people_organisationalias+
move-organisation | chiefs administrators | people_organisationtie+ people_organisationtie:period
move-organisation | chiefs administrators | people_organisationtie-
add-spelling | chiefs administrators | people_organisationalias+
new-position | chiefs administrators | people_position+
begin-tour | chiefs administrators | people_tour+
end-tour | chiefs administrators | people_tour:period access_compartmentgrant:period,state,ended_at
pair-position | chiefs | people_pairing+
end-pairing | chiefs | people_pairing:period
new-person | chiefs administrators | people_person+ people_identity+ people_contact+
propose-objective | planners | objectives_objective+ objectives_objectivefocus+ objectives_objectivestep+
complete-objective | planners | objectives_objective:title,exit_criterion,self_reliance,host_owner_id
complete-objective | planners | objectives_objectivefocus+ objectives_objectivefocus-
add-indicator | planners | objectives_indicator+
open-objective | chiefs commander | objectives_objective:state objectives_objectivestep+
close-objective | chiefs commander | objectives_objective:state objectives_objectivestep+
new-partner-plan | chiefs | coordination_booking+ coordination_bookingclaim+

prepare-edition | press | publishing_edition+
publish-history | press | publishing_edition+ publishing_editionstep+
publish-edition | press | publishing_edition:state,published_at,published_by publishing_editionstep+
correct-edition | press | publishing_edition+ publishing_edition:state publishing_editionstep+
withdraw-edition | press | publishing_edition:state publishing_editionstep+

vet-person | planners | vetting_vettingrequest+ notices_notice+
vet-unit | planners | vetting_vettingrequest+ notices_notice+
check-vetting | officer | vetting_vettingstep+
decide-vetting | officer | vetting_vettingstep+
vetting-desk | officer outsider |
vetting-case | officer outsider |
"""

# Whatever is sent there changes nothing; what takes a device, a provider or a step before has tests of its own.
READS = """
home second-step passkey-sign-in theme as-of roles security add-passkey sessions accounts verify-accounts
account-tokens account tokens federated-sign-in federated-return back-channel-logout identities link-identity
confirm-identity compartments compartment access-waiting emergency why mandate mandate-timeline compare-versions version
requests request control-status authorities areas conditions posture operations expansions accords accord gate
engagements plan-verdict engagement commitments people people-mission partners nations organisation position person
objectives coverage objective calendar trail privacy trail-checkpoint factsheet editions compare-editions edition
factsheet-json factsheet-pdf publishing desk-edition proof-edition vetting
"""

# A row may name what its writer cannot read only here: who is told, whom one lets in, what the mission has promised.
MAY_NAME_UNSEEN = {
    "notices_notice.account_id",
    "notices_notice.link",  # its reader may open it
    "advising_engagementstep.engagement_id",  # what is held up when consent is taken back, whoever planned it
}


@dataclass(frozen=True)
class Allowed:
    who: frozenset[str]
    writes: frozenset[str]


def named(text: str) -> frozenset[str]:
    """The personas of a list of names and groups; ``-name`` takes one out."""
    found: set[str] = set()
    for word in text.split():
        if word in GROUPS:
            found |= named(GROUPS[word])
        elif word.startswith("-"):
            found.discard(word[1:])
        elif word != "nobody":
            found.add(word)
    assert found <= set(PERSONAS), found - set(PERSONAS)
    return frozenset(found)


def allowed() -> dict[str, list[Allowed]]:
    """By address, its lines."""
    found: dict[str, list[Allowed]] = {name: [] for name in READS.split()}
    for line in filter(str.strip, WRITES.splitlines()):
        route, who, writes = (part.strip() for part in line.split("|"))
        found.setdefault(route, []).append(Allowed(named(who), frozenset(_each(writes))))
    return found


def may_write(route: str, persona: str) -> frozenset[str] | None:
    """What this persona may write there, each column by itself; None if nothing at all."""
    lines = [line for line in allowed()[route] if persona in line.who]
    return frozenset(_each(" ".join(ALWAYS))).union(*(line.writes for line in lines)) if lines else None


def _each(writes: str) -> list[str]:
    found = []
    for part in writes.split():
        table, _, columns = part.partition(":")
        found += [f"{table}:{column}" for column in columns.split(",")] if columns else [table]
    return found
