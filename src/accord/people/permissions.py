from enum import StrEnum


class Permission(StrEnum):
    READ_REGISTER = "people.read_register"
    READ_CONTACTS = "people.read_contacts"
    MANAGE_REGISTER = "people.manage_register"
    PAIR_POSITIONS = "people.pair_positions"
