from accord.kernel.privacy import Erase, Held, Keep, Kind, Purpose, Rule, deeds, impersonal
from accord.kernel.text import noted as _


def _by_post(table: str, fields: dict[Kind, str]) -> Held:
    rule = Rule(Purpose.WORK, Keep.RECORDS, Erase.POST)
    return Held(table, rule, _("Which posts lead or attend an engagement or owe a commitment"), fields)


def _wording(table: str, fields: dict[Kind, str]) -> Held:
    rule = Rule(Purpose.WORK, Keep.RECORDS, Erase.BY_HAND)
    return Held(table, rule, _("Topics, reports and commitments in their authors' words"), fields)


REGISTER = (
    _by_post(
        "advising.Engagement",
        {
            Kind.LINK: "lead",
            Kind.ORGANISATIONAL: "type institution place mode starts_at ends_at objective interpreter state accord "
            "hold cancel_reason is_history concerns",
        },
    ),
    _wording("advising.Engagement", {Kind.TEXT: "topic"}),
    deeds("advising.Engagement", {Kind.LINK: "created_by", Kind.ABOUT: "created_at"}),
    _by_post("advising.Participant", {Kind.LINK: "position", Kind.ORGANISATIONAL: "engagement side"}),
    deeds("advising.EngagementStep", {Kind.ORGANISATIONAL: "engagement name verdict"}),
    _wording(
        "advising.Report",
        {
            Kind.TEXT: "discussed outcome",
            Kind.ABOUT: "atmosphere",
            Kind.ORGANISATIONAL: "engagement state wording_cleared",
        },
    ),
    deeds(
        "advising.Report", {Kind.LINK: "author", Kind.IDENTIFYING: "author_name", Kind.ABOUT: "created_at updated_at"}
    ),
    deeds("advising.ReportStep", {Kind.ORGANISATIONAL: "report name"}),
    _by_post(
        "advising.Commitment",
        {Kind.LINK: "owner", Kind.ABOUT: "due_on state settled_on", Kind.ORGANISATIONAL: "engagement side is_shared"},
    ),
    _wording("advising.Commitment", {Kind.TEXT: "text"}),
    impersonal("advising.EngagementFocus", "engagement focus_area"),
)
