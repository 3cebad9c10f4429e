from accord.mandate.services.accords import amend_accord, propose_accord, resume_accord, sign_accord, stop_accord
from accord.mandate.services.expansion import activate_expansion, propose_expansion, review_expansion
from accord.mandate.services.ground import (
    assess_conditions,
    end_operations_flag,
    flag_operations,
    set_posture,
    sign_control_status,
)
from accord.mandate.services.requests import decide_request, resubmit_request, submit_request
from accord.mandate.services.versions import (
    activate_version,
    complete_version,
    draft_version,
    record_instrument,
    word_clause,
)

__all__ = [
    "activate_expansion",
    "activate_version",
    "amend_accord",
    "assess_conditions",
    "complete_version",
    "decide_request",
    "draft_version",
    "end_operations_flag",
    "flag_operations",
    "propose_accord",
    "propose_expansion",
    "record_instrument",
    "resubmit_request",
    "resume_accord",
    "review_expansion",
    "set_posture",
    "sign_accord",
    "sign_control_status",
    "stop_accord",
    "submit_request",
    "word_clause",
]
