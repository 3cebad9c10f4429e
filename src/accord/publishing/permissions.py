from enum import StrEnum


class Permission(StrEnum):
    READ_DESK = "publishing.read_desk"
    PREPARE_EDITION = "publishing.prepare_edition"
    PUBLISH_EDITION = "publishing.publish_edition"
