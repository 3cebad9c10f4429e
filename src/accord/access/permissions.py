from enum import StrEnum


class Permission(StrEnum):
    MANAGE_ACCOUNTS = "access.manage_accounts"
    SIGN_IN = "access.sign_in"
