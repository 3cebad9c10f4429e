"""Which role may do what: the only place that sees the permissions of every context."""

from accord.access.choices import Role
from accord.access.permissions import Permission as Access
from accord.advising.permissions import Permission as Advising
from accord.audit.permissions import Permission as Audit
from accord.coordination.permissions import Permission as Coordination
from accord.exchange.permissions import Permission as Exchange
from accord.mandate.permissions import Permission as Mandate
from accord.notices.permissions import Permission as Notices
from accord.objectives.permissions import Permission as Objectives
from accord.people.permissions import Permission as People
from accord.publishing.permissions import Permission as Publishing
from accord.vetting.permissions import Permission as Vetting

EVERYONE = {Access.SIGN_IN, Notices.READ_NOTICES, Mandate.READ_MANDATE, Mandate.ASK_GATE}

MISSION = EVERYONE | {
    People.READ_REGISTER,
    Objectives.READ_OBJECTIVES,
    Coordination.READ_CALENDAR,
    Advising.READ_ENGAGEMENTS,
    Advising.READ_REPORTS,
    Advising.READ_COMMITMENTS,
    Publishing.READ_DESK,
    Access.READ_COMPARTMENTS,
    Access.CONFIRM_GRANTS,
    Access.ASK_EMERGENCY,
    Vetting.READ_CASES,
}

ROLES: dict[str, frozenset[str]] = {
    Role.ADVISOR: frozenset(
        MISSION
        | {
            Advising.PLAN_ENGAGEMENT,
            Advising.REPORT_ENGAGEMENT,
            Advising.SETTLE_COMMITMENT,
            Mandate.PROPOSE_ACCORD,
            Objectives.PROPOSE_OBJECTIVE,
            Vetting.REQUEST_VETTING,
        }
    ),
    Role.CHIEF: frozenset(
        MISSION
        | {
            Advising.PLAN_ENGAGEMENT,
            Advising.REPORT_ENGAGEMENT,
            Advising.JUDGE_REPORT,
            Advising.SETTLE_COMMITMENT,
            People.PAIR_POSITIONS,
            People.READ_CONTACTS,
            People.MANAGE_REGISTER,
            Mandate.PROPOSE_ACCORD,
            Mandate.ASSESS_CONDITIONS,
            Mandate.FLAG_OPERATIONS,
            Objectives.PROPOSE_OBJECTIVE,
            Objectives.OPEN_OBJECTIVE,
            Coordination.RECORD_PARTNER_PLAN,
            Access.VERIFY_ACCOUNTS,
            Access.MARK_RECORDS,
            Vetting.REQUEST_VETTING,
        }
    ),
    Role.LEGAL: frozenset(
        MISSION
        | {
            Advising.CLEAR_WORDING,
            Mandate.DRAFT_MANDATE,
            Mandate.PROPOSE_ACCORD,
            Mandate.FLAG_OPERATIONS,
            Mandate.RUN_CHECKS,
            Access.VERIFY_ACCOUNTS,
            Access.SECOND_GRANTS,
            Access.SEE_READERS,
            Access.MARK_RECORDS,
        }
    ),
    Role.HOST: frozenset(
        EVERYONE
        | {
            Advising.READ_ENGAGEMENTS,
            Advising.READ_COMMITMENTS,
            Advising.SETTLE_COMMITMENT,
            Coordination.READ_CALENDAR,
            Objectives.READ_OBJECTIVES,
            People.READ_REGISTER,
            Mandate.SUBMIT_REQUEST,
            Mandate.SIGN_FOR_HOST,
            Mandate.STOP_ACCORD,
            Mandate.SIGN_CONTROL_STATUS,
            Mandate.FLAG_OPERATIONS,
        }
    ),
    Role.PUBLIC_AFFAIRS: frozenset(MISSION | {Publishing.PREPARE_EDITION, Publishing.PUBLISH_EDITION}),
    Role.COMMANDER: frozenset(
        MISSION
        | {
            Mandate.DECIDE_REQUEST,
            Mandate.SIGN_FOR_MISSION,
            Mandate.ACTIVATE_MANDATE,
            Mandate.EXPAND,
            Mandate.SET_POSTURE,
            Mandate.ASSESS_CONDITIONS,
            Objectives.OPEN_OBJECTIVE,
            Mandate.RUN_CHECKS,
            Access.VERIFY_ACCOUNTS,
            Access.SECOND_GRANTS,
            Access.MARK_RECORDS,
        }
    ),
    Role.AUDITOR: frozenset(MISSION | {Audit.READ_TRAIL, Audit.READ_WHOLE_TRAIL}),
    Role.ADMINISTRATOR: frozenset(
        EVERYONE
        | {
            Access.MANAGE_ACCOUNTS,
            Access.READ_COMPARTMENTS,
            Access.GRANT_COMPARTMENTS,
            Audit.READ_TRAIL,
            Exchange.LOAD_MISSION,
            People.READ_REGISTER,
            People.READ_CONTACTS,
            People.MANAGE_REGISTER,
        }
    ),
    Role.VETTING_OFFICER: frozenset(MISSION | {Vetting.DECIDE_VETTING}),
    Role.DATA_PROTECTION: frozenset(
        MISSION | {Audit.READ_TRAIL, Audit.READ_WHOLE_TRAIL, Access.SEE_READERS, Access.SECOND_GRANTS}
    ),
    Role.PARTNER: frozenset({Access.SIGN_IN, Notices.READ_NOTICES, Coordination.READ_CALENDAR}),
}

# Whoever is granted one of these has his account verified again by somebody else: no administrator makes alone an
# account that signs for a side, keeps accounts, or is itself the second pair of eyes.
TAKES_TWO: frozenset[str] = frozenset(
    {
        Access.MANAGE_ACCOUNTS,
        Access.VERIFY_ACCOUNTS,
        Access.SECOND_GRANTS,
        Mandate.SIGN_FOR_HOST,
        Mandate.SIGN_FOR_MISSION,
    }
)

# What a personal access token can be good for: reading, and no contact data, which stays with people at a screen.
SCOPES = (
    Mandate.READ_MANDATE,
    Mandate.ASK_GATE,
    Advising.READ_ENGAGEMENTS,
    Advising.READ_REPORTS,
    Advising.READ_COMMITMENTS,
    Coordination.READ_CALENDAR,
    Objectives.READ_OBJECTIVES,
    People.READ_REGISTER,
    Publishing.READ_DESK,
    Notices.READ_NOTICES,
    Audit.READ_TRAIL,
)
