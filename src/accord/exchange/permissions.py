from enum import StrEnum


class Permission(StrEnum):
    LOAD_MISSION = "exchange.load_mission"
