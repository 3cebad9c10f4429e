from enum import StrEnum


class Permission(StrEnum):
    READ_CALENDAR = "coordination.read_calendar"
    RECORD_PARTNER_PLAN = "coordination.record_partner_plan"
