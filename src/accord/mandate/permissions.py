from enum import StrEnum


class Permission(StrEnum):
    READ_MANDATE = "mandate.read"
    ASK_GATE = "mandate.ask_gate"
    SUBMIT_REQUEST = "mandate.submit_request"
    DECIDE_REQUEST = "mandate.decide_request"
    DRAFT_MANDATE = "mandate.draft_version"
    ACTIVATE_MANDATE = "mandate.activate_version"
    PROPOSE_ACCORD = "mandate.propose_accord"
    SIGN_FOR_HOST = "mandate.sign_for_host"
    SIGN_FOR_MISSION = "mandate.sign_for_mission"
    STOP_ACCORD = "mandate.stop_accord"
    SIGN_CONTROL_STATUS = "mandate.sign_control_status"
    ASSESS_CONDITIONS = "mandate.assess_conditions"
    FLAG_OPERATIONS = "mandate.flag_operations"
    SET_POSTURE = "mandate.set_posture"
    EXPAND = "mandate.expand"
    RUN_CHECKS = "mandate.run_checks"
