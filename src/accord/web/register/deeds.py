"""What each use case did, in words for the trail. Written out, so that every language has its own."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accord.audit.usecase import REGISTRY

# Reading, checking and deciding alike: the trail does not tell a decision from a look.
HANDLED = _("Vetting handled")

DEEDS = {
    "accept_invitation": _("Invitation taken up"),
    "activate_expansion": _("Expansion step brought into force"),
    "activate_version": _("Version of the mandate brought into force"),
    "add_alias": _("Spelling added"),
    "add_indicator": _("Indicator added"),
    "add_organisation": _("Organisation added"),
    "answer_emergency": _("Emergency access answered"),
    "answer_grant": _("Grant answered by a second person"),
    "ask_emergency": _("Emergency access asked for"),
    "amend_accord": _("Accord amended"),
    "assess_conditions": _("Conditions rated"),
    "begin_tour": _("Position filled"),
    "cancel_engagement": _("Engagement cancelled"),
    "change_password": _("Password changed"),
    "choose_language": _("Language chosen"),
    "close_account": _("Account closed"),
    "close_objective": _("Objective closed"),
    "complete_objective": _("Objective completed"),
    "complete_version": _("Acts of a version recorded"),
    "conduct_engagement": _("Engagement recorded as held"),
    "correct_edition": _("Edition corrected"),
    "create_token": _("Token made"),
    "decide_request": _("Host request decided"),
    "decide_vetting": HANDLED,
    "draft_version": _("Version of the mandate drafted"),
    "end_compartment_grant": _("Taken out of a compartment"),
    "end_emergency": _("Emergency access ended"),
    "end_grant": _("Role ended"),
    "end_operations_flag": _("Unit back from operations"),
    "end_token": _("Token ended"),
    "end_tour": _("Tour ended"),
    "flag_operations": _("Unit marked as on operations"),
    "give_account": _("Account given to a person"),
    "grant_role": _("Role granted"),
    "invite": _("Person invited"),
    "handle_vetting": HANDLED,
    "judge_report": _("Report approved or returned"),
    "let_into_compartment": _("Let into a compartment"),
    "load_mission": _("Mission folder loaded"),
    "mark_read": _("Notices marked as read"),
    "open_account": _("Account opened"),
    "open_objective": _("Objective opened"),
    "open_position": _("Position opened"),
    "open_vetting_case": HANDLED,
    "open_vetting_desk": HANDLED,
    "pair_positions": _("Counterparts paired"),
    "place_organisation": _("Organisation placed in the tree"),
    "plan_engagement": _("Engagement planned"),
    "prepare_edition": _("Edition prepared"),
    "propose_accord": _("Accord proposed"),
    "propose_expansion": _("Expansion step proposed"),
    "propose_objective": _("Objective proposed"),
    "publish_edition": _("Edition published"),
    "publish_history": _("Earlier editions published"),
    "put_forward": _("Account put forward to be verified"),
    "record_instrument": _("Instrument recorded"),
    "record_partner_plan": _("Partner’s plan entered"),
    "register_person": _("Person registered"),
    "rename_organisation": _("Organisation renamed"),
    "renew_invitation": _("New invitation made"),
    "replan_engagement": _("Engagement changed"),
    "request_vetting": _("Vetting asked for"),
    "resubmit_request": _("Host request submitted again"),
    "resume_accord": _("Consent resumed"),
    "review_expansion": _("Expansion step reviewed"),
    "review_grant": _("Compartment confirmed by its steward"),
    "review_holds": _("Plans asked again at the gate"),
    "review_wording": _("Wording of a report reviewed"),
    "save_report": _("Report written"),
    "set_posture": _("Posture set"),
    "settle_commitment": _("Commitment settled"),
    "sign_accord": _("Accord signed"),
    "sign_control_status": _("Control status signed"),
    "stop_accord": _("Consent suspended or withdrawn"),
    "submit_report": _("Report submitted"),
    "submit_request": _("Host request submitted"),
    "take_into_check": HANDLED,
    "unpair_positions": _("Pairing ended"),
    "verify_account": _("Account verified"),
    "withdraw_edition": _("Edition withdrawn"),
    "word_clause": _("Clause worded"),
}

CHANNELS = {
    "page": _("on a page"),
    "load": _("by the loader"),
    "demo": _("by the demonstration"),
    "token": _("by a token"),
    "worker": _("by the worker"),
}


def deed(action: str) -> str:
    """The words for an action; what is not known here speaks for itself."""
    if action in DEEDS:
        return str(DEEDS[action])
    known = next((use_case.summary for use_case in REGISTRY.values() if use_case.name == action), "")
    return gettext(known) if known else action.replace("_", " ")
