from django.db import models
from django.utils.translation import gettext_lazy as _


class Permission(models.TextChoices):
    """Each with what it lets its holder do, in plain words."""

    READ_MANDATE = "mandate.read", _("Read the mandate, the accords and the registers behind them")
    ASK_GATE = "mandate.ask_gate", _("Ask the gate whether an activity is allowed")
    SUBMIT_REQUEST = "mandate.submit_request", _("Submit requests of the host government")
    DECIDE_REQUEST = "mandate.decide_request", _("Accept, decline or return requests of the host government")
    DRAFT_MANDATE = "mandate.draft_version", _("Draft versions of the mandate")
    ACTIVATE_MANDATE = "mandate.activate_version", _("Bring a version of the mandate into force")
    PROPOSE_ACCORD = "mandate.propose_accord", _("Propose accords and their amendments")
    SIGN_FOR_HOST = "mandate.sign_for_host", _("Agree to accords for the host government")
    SIGN_FOR_MISSION = "mandate.sign_for_mission", _("Agree to accords for the mission")
    STOP_ACCORD = "mandate.stop_accord", _("Suspend, resume or withdraw consent at any time")
    SIGN_CONTROL_STATUS = (
        "mandate.sign_control_status",
        _("Sign whether an institution is under the government’s direct control"),
    )
    ASSESS_CONDITIONS = "mandate.assess_conditions", _("Rate the conditions on the ground")
    FLAG_OPERATIONS = (
        "mandate.flag_operations",
        _("Mark a host unit as being on operations, so that no activity with it takes place"),
    )
    SET_POSTURE = "mandate.set_posture", _("Set where the mission works from and how")
    EXPAND = "mandate.expand", _("Propose, start and review steps of expansion")
    RUN_CHECKS = "mandate.run_checks", _("Run the checks that let expired consents end")
