from enum import StrEnum


class Permission(StrEnum):
    READ_NOTICES = "notices.read"
