from accord.advising.plans import Plan
from accord.advising.services.commitments import settle_commitment
from accord.advising.services.engagements import (
    cancel_engagement,
    conduct_engagement,
    plan_engagement,
    replan_engagement,
    review_holds,
)
from accord.advising.services.reports import Promise, judge_report, review_wording, save_report, submit_report

__all__ = [
    "Plan",
    "Promise",
    "cancel_engagement",
    "conduct_engagement",
    "judge_report",
    "plan_engagement",
    "replan_engagement",
    "review_holds",
    "review_wording",
    "save_report",
    "settle_commitment",
    "submit_report",
]
