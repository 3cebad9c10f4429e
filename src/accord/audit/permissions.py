from enum import StrEnum


class Permission(StrEnum):
    READ_TRAIL = "audit.read_trail"
