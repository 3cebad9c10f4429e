"""What pydantic and PostgreSQL report, as sentences that say what to do."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from accord.notices.phrases import Phrase

_PLAIN: dict[str, Any] = {
    "missing": _("This field is missing. Write it."),
    "extra_forbidden": _("Nobody knows this field. Correct or remove it; docs/mission-files.md lists all."),
    "day_shape": _("Write the day as YEAR-MONTH-DAY, for example 2021-06-30."),
    "rough_day_shape": _("Write a day, a month or a year: 2021-06-30, 2021-06 or 2021."),
    "day_impossible": _("There is no such day in the calendar. Correct it."),
    "moment_shape": _("Write the moment as YEAR-MONTH-DAY HOUR:MINUTE in the mission’s own time zone."),
    "span_backwards": _("It ends before it starts. “until” is the first day it no longer holds."),
    "text_strange": _("This mission does not use the language %(languages)s. Remove it, or name it in mission.yaml."),
    "text_missing": _("Write this text in every language of the mission. Missing: %(languages)s."),
    "zone_unknown": _("There is no such time zone. Write an IANA name such as Asia/Baghdad."),
    "step_unknown": _("There is no step “%(step)s”. The steps are: %(known)s."),
    "step_order": _("The step “%(step)s” is dated before the one above it. Put the steps in the order of their days."),
    "step_impossible": _("The step “%(step)s” cannot be taken in the state “%(state)s”. Correct the steps before it."),
    "engagement_state": _("Only these states can be loaded: %(known)s."),
    "engagement_reason": _("A cancelled engagement needs a cancel_reason."),
    "engagement_history": _("What is planned is no history. Remove “history”, or say that it was conducted."),
    "bool_parsing": _("Write true or false."),
    "int_parsing": _("Write a whole number."),
    "float_parsing": _("Write a number."),
    "tuple_type": _("Write a list: one item a line, each starting with a dash."),
    "dict_type": _("Write named values here, one a line: name: value."),
    "model_type": _("Write named values here, one a line: name: value."),
    "model_attributes_type": _("Write named values here, one a line: name: value."),
    "string_type": _("Write a text here, not a list or named values."),
    "string_too_short": _("This must not be empty."),
    "too_short": _("This list must not be empty."),
}
_SHAPED: dict[str, Any] = {
    "enum": _("“%(input)s” is not in the closed list. Choose one of: %(expected)s."),
    "literal_error": _("“%(input)s” is not in the closed list. Choose one of: %(expected)s."),
    "string_pattern_mismatch": _("“%(input)s” does not have the right form (%(pattern)s)."),
    "string_too_long": _("This is too long: at most %(max_length)s characters."),
    "greater_than_equal": _("Write a number of at least %(ge)s."),
    "less_than_equal": _("Write a number of at most %(le)s."),
}
_NEAR = {
    "unknown_reference": (
        _("There is no %(kind)s “%(code)s”. Did you mean %(near)s?"),
        _("There is no %(kind)s “%(code)s” in this folder. Add it to its file, or correct the code."),
    ),
    "unknown_source": (
        _("sources.yaml does not list “%(code)s”. Did you mean %(near)s?"),
        _("sources.yaml does not list “%(code)s”. Add it there, or correct the reference."),
    ),
}
_KINDS = {
    "accord": _("accord"),
    "expansion": _("expansion step"),
    "focus_area": _("focus area"),
    "instrument": _("instrument"),
    "nation": _("nation"),
    "objective": _("objective"),
    "organisation": _("organisation"),
    "person": _("person"),
    "place": _("place"),
    "position": _("position"),
    "request": _("request"),
}


_FIELDS = {
    "engagement_state": "state",
    "engagement_reason": "cancel_reason",
    "engagement_history": "history",
}


def field_of(error: Mapping[str, Any]) -> tuple[str | int, ...]:
    """Where inside the value the trouble lies, when several fields were looked at together."""
    kind = error["type"]
    if kind.startswith("step_"):
        return ("steps", error["ctx"]["number"], "on" if kind == "step_order" else "do")
    return (_FIELDS[kind],) if kind in _FIELDS else ()


def shape_sentence(error: Mapping[str, Any]) -> Any:
    """A pydantic error in our words."""
    kind, context = error["type"], dict(error.get("ctx", {}))
    if kind in _NEAR:
        close, alone = _NEAR[kind]
        context["kind"] = _KINDS.get(context.get("kind", ""), context.get("kind", ""))
        return Phrase(close if context["near"] else alone, **context)
    if kind in _PLAIN:
        return Phrase(_PLAIN[kind], **context) if context else _PLAIN[kind]
    if kind in _SHAPED:
        return Phrase(_SHAPED[kind], input=error.get("input", ""), **context)
    return Phrase(_("This value cannot be used: %(trouble)s."), trouble=error["msg"])


# The database's own guards, by name: the field they speak of and what to do.
_GUARDS: dict[str, tuple[str, Any]] = {
    "nation_one_status_at_a_time": ("statuses", _("The nation has two statuses on one day. End one before the next.")),
    "contribution_no_overlap": (
        "contributions", _("The nation contributes twice on one day. End one before the next."),
    ),
    "organisation_one_parent_at_a_time": (
        "under", _("The organisation stands under two others on one day. End one before the next."),
    ),
    "organisation_not_its_own_parent": ("under", _("An organisation cannot stand under itself.")),
    "relation_no_overlap": ("period", _("The same relation is written twice for one day. End one before the next.")),
    "tour_one_incumbent_at_a_time": (
        "tours", _("Two people hold this position on one day. End one tour before the next starts."),
    ),
    "pairing_no_overlap": ("period", _("The same pair is written twice for one day. End one before the next.")),
    "version_in_force_has_all_three_acts": (
        "state", _("A version in force needs request, invitation, decision and period. Add what is missing."),
    ),
    "version_one_in_force_at_a_time": ("period", _("Two versions are in force on one day. End one before the next.")),
    "expansion_in_force_is_bounded": (
        "period", _("An expansion in force needs a request, a headcount_cap and a period that ends."),
    ),
    "expansion_reviewed_is_signed": ("review", _("A reviewed expansion needs reviewed_by and reviewed_on.")),
    "authority_no_overlap": ("period", _("The same authority is written twice for one day. End one before the next.")),
    "control_status_one_at_a_time": (
        "period", _("The institution has two control statuses on one day. End one before the next."),
    ),
    "control_status_expires": ("period", _("A control status expires. Write “until”.")),
    "area_names_what_set_it": ("instrument", _("Name the instrument or the expansion step that set this area.")),
    "posture_one_at_a_time": ("period", _("The mission has two postures on one day. End one before the next.")),
    "conditions_one_at_a_time": (
        "period", _("The place has two assessments of conditions on one day. End one before the next."),
    ),
    "conditions_expire": ("period", _("An assessment of conditions expires. Write “until”.")),
    "operations_flag_no_overlap": ("period", _("The unit is flagged twice on one day. End one before the next.")),
    "accord_in_force_is_signed_by_both": (
        "steps", _("An accord beyond proposal needs signed_for_host and signed_for_mission."),
    ),
    "accord_period_is_bounded": ("period", _("Consent ends some day. Write “until”.")),
    "objective_hangs_on_one_above": ("parent", _("An end has no parent; ways and means need one.")),
    "objective_not_its_own_parent": ("parent", _("An objective cannot hang on itself.")),
    "objective_open_is_owned": ("host_owner", _("An open way or means needs host_owner and exit_criterion.")),
    "indicator_baseline_is_dated": ("indicators", _("A baseline needs the day it was read: baseline_on.")),
    "diary_no_double_booking": (
        "time", _("A diary is already taken at this time. Choose another, or make it not firm."),
    ),
    "mission_only_one": ("code", _("This database holds another mission. Load this one into another database.")),
}  # fmt: skip


def guard_sentence(constraint: str, trouble: str) -> tuple[str, Any]:
    """Field and words for a refusal of the database."""
    if constraint in _GUARDS:
        return _GUARDS[constraint]
    if constraint.endswith(("_uniq", "_key")) or "_once" in constraint:
        return "", _("It is already in the database, made in Accord and not from a file. Choose another code.")
    return "", Phrase(_("The database refuses this entry: %(trouble)s."), trouble=constraint or trouble)
