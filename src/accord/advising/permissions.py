from enum import StrEnum


class Permission(StrEnum):
    READ_ENGAGEMENTS = "advising.read_engagements"
    READ_REPORTS = "advising.read_reports"
    PLAN_ENGAGEMENT = "advising.plan_engagement"
    REPORT_ENGAGEMENT = "advising.report_engagement"
    JUDGE_REPORT = "advising.judge_report"
    CLEAR_WORDING = "advising.clear_wording"
    READ_COMMITMENTS = "advising.read_commitments"
    SETTLE_COMMITMENT = "advising.settle_commitment"
    REVIEW_HOLDS = "advising.review_holds"
