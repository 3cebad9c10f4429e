from enum import StrEnum


class Permission(StrEnum):
    READ_OBJECTIVES = "objectives.read"
    PROPOSE_OBJECTIVE = "objectives.propose"
    OPEN_OBJECTIVE = "objectives.open"
