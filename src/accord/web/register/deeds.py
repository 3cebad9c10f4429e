"""What each use case did, in words for the trail. Written out, so that every language has its own."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accord.audit.usecase import REGISTRY

DEEDS = {
    "activate_expansion": _("Expansion step brought into force"),
    "activate_version": _("Version of the mandate brought into force"),
    "add_alias": _("Spelling added"),
    "add_indicator": _("Indicator added"),
    "add_organisation": _("Organisation added"),
    "amend_accord": _("Accord amended"),
    "assess_conditions": _("Conditions rated"),
    "assign_identity": _("Identity at a provider entered"),
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
    "decide_request": _("Host request decided"),
    "draft_version": _("Version of the mandate drafted"),
    "end_by_provider": _("Signed out by an identity provider"),
    "end_grant": _("Role ended"),
    "end_operations_flag": _("Unit back from operations"),
    "end_tour": _("Tour ended"),
    "enter_by_identity": _("Signed in by an identity provider"),
    "flag_operations": _("Unit marked as on operations"),
    "give_account": _("Account given to a person"),
    "grant_role": _("Role granted"),
    "judge_report": _("Report approved or returned"),
    "link_identity": _("Identity at a provider linked"),
    "load_mission": _("Mission folder loaded"),
    "mark_read": _("Notices marked as read"),
    "open_account": _("Account opened"),
    "open_objective": _("Objective opened"),
    "open_position": _("Position opened"),
    "pair_positions": _("Counterparts paired"),
    "place_organisation": _("Organisation placed in the tree"),
    "plan_engagement": _("Engagement planned"),
    "prepare_edition": _("Edition prepared"),
    "propose_accord": _("Accord proposed"),
    "propose_expansion": _("Expansion step proposed"),
    "propose_objective": _("Objective proposed"),
    "publish_edition": _("Edition published"),
    "publish_history": _("Earlier editions published"),
    "record_instrument": _("Instrument recorded"),
    "record_partner_plan": _("Partner’s plan entered"),
    "register_person": _("Person registered"),
    "rename_organisation": _("Organisation renamed"),
    "replan_engagement": _("Engagement changed"),
    "resubmit_request": _("Host request submitted again"),
    "resume_accord": _("Consent resumed"),
    "review_expansion": _("Expansion step reviewed"),
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
    "unpair_positions": _("Pairing ended"),
    "unlink_identity": _("Identity at a provider unlinked"),
    "withdraw_edition": _("Edition withdrawn"),
    "word_clause": _("Clause worded"),
}

CHANNELS = {
    "page": _("on a page"),
    "load": _("by the loader"),
    "demo": _("by the demonstration"),
    "worker": _("by the worker"),
}


def deed(action: str) -> str:
    """The words for an action; what is not known here speaks for itself."""
    if action in DEEDS:
        return str(DEEDS[action])
    known = next((use_case.summary for use_case in REGISTRY.values() if use_case.name == action), "")
    return gettext(known) if known else action.replace("_", " ")
